import { html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Language } from "../language.ts";
import { nextPlace } from "../parts/roving.ts";
import { WidthObserver } from "../parts/width.ts";
import { base, textures } from "../styles/base.ts";
import { walkedChart } from "../styles/charts.ts";

/** One value of the readout, with what it is drawn with. */
export interface Reading {
  readonly swatch: TemplateResult;
  readonly name: string;
  readonly value: string;
}

/** A chart along an axis. Its legend is the readout: it follows the pointer and the arrow keys. */
export abstract class WalkedChart extends LitElement {
  static override properties: PropertyDeclarations = {
    language: { attribute: false },
    heading: {},
    pointed: { state: true },
    focused: { state: true },
  };
  static override styles = [base, textures, walkedChart];

  declare language: Language;
  declare heading: string;
  declare private pointed: number | undefined;
  declare private focused: number | undefined;
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.heading = "";
  }

  /** The place pointed at, or else the one that the keys went to. */
  protected get chosen(): number | undefined {
    return this.pointed ?? this.focused;
  }

  /** Kept free until the width is known, so that nothing below jumps. */
  protected abstract get plotHeight(): number;

  protected abstract get lastPlace(): number;

  /** Where the keys start. */
  protected get firstStop(): number {
    return this.lastPlace;
  }

  /** Which place lies that far from the left of the plot. */
  protected abstract placeAt(x: number): number | undefined;

  protected abstract draw(width: number): TemplateResult;

  /** `words` says for who cannot see the chart what the readout says. */
  protected plot(place: number, words: string): TemplateResult {
    const { width } = this.#width;
    return html`<div
      class="plot"
      role="slider"
      tabindex="0"
      aria-label=${this.heading}
      aria-valuemin="0"
      aria-valuemax=${this.lastPlace}
      aria-valuenow=${place}
      aria-valuetext=${words}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      @focus=${(event: FocusEvent) => this.#onFocus(event)}
      @blur=${() => (this.focused = undefined)}
      @pointermove=${(event: PointerEvent) => this.#onPointer(event)}
      @pointerleave=${() => (this.pointed = undefined)}
    >
      ${width === 0 ? html`<svg width="0" height=${this.plotHeight}></svg>` : this.draw(width)}
    </div>`;
  }

  protected readout(head: string, readings: readonly Reading[]): TemplateResult {
    return html`<ul class="readout" aria-hidden="true">
      <li class="of">${head}</li>
      ${readings.map(
        ({ swatch, name, value }) =>
          html`<li>${swatch}<span>${name}</span><span class="number">${value}</span></li>`,
      )}
    </ul>`;
  }

  #onFocus(event: FocusEvent): void {
    if ((event.target as HTMLElement).matches(":focus-visible")) this.focused = this.firstStop;
  }

  #onKey(event: KeyboardEvent): void {
    const next = nextPlace(event.key, this.focused ?? this.firstStop, this.lastPlace);
    if (event.key === "Escape") this.focused = undefined;
    if (next === undefined) return;
    event.preventDefault();
    this.pointed = undefined;
    this.focused = next;
  }

  #onPointer(event: PointerEvent): void {
    const plot = event.currentTarget as HTMLElement;
    this.pointed = this.placeAt(event.clientX - plot.getBoundingClientRect().left);
  }
}
