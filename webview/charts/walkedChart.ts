import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Language } from "../language.ts";
import type { Behind } from "../memory.ts";
import { act } from "../parts/act.ts";
import "../parts/explained.ts";
import type { Definition } from "../parts/explained.ts";
import { isComeBackTo, leaveFrom } from "../parts/wayBack.ts";
import { nextPlace } from "../parts/roving.ts";
import { WidthObserver } from "../parts/width.ts";
import { base, textures } from "../styles/base.ts";
import { walkedChart } from "../styles/charts.ts";

/** One value of the readout, with what it is drawn with. */
export interface Reading {
  readonly swatch: TemplateResult;
  readonly name: string;
  readonly value: string;
  /** What the value opens. */
  readonly definition?: Definition | undefined;
}

export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/**
 * A chart along an axis. Its legend is the readout: it follows the pointer and the arrow keys. A place that is clicked, or
 * where Enter is pressed, opens what is behind it.
 */
export abstract class WalkedChart extends LitElement {
  static override properties: PropertyDeclarations = {
    language: { attribute: false },
    heading: {},
    behind: { attribute: false },
    pointed: { state: true },
    focused: { state: true },
  };
  static override styles = [base, textures, walkedChart];

  declare language: Language;
  declare heading: string;
  /** What is behind the chart as a whole; a place opens the part that is of its days. */
  declare behind: Behind | undefined;
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

  /** Which days a place is of. */
  protected withinOf?(place: number): Stretch | undefined;

  protected abstract draw(width: number): TemplateResult;

  protected override updated(): void {
    if (this.behind && isComeBackTo(this.#self(), this))
      this.renderRoot.querySelector<HTMLElement>(".plot")?.focus();
  }

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
      aria-description=${this.behind ? this.language.text.chart.opens : nothing}
      @click=${(event: PointerEvent) => this.#open(this.#placeUnder(event))}
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
    return html`<ul class="readout">
      <li class="of">${head}</li>
      ${readings.map(
        ({ swatch, name, value, definition }) =>
          html`<li>
            ${swatch}<span>${name}</span>${
              definition
                ? html`<kept-explained
                    class="number"
                    .language=${this.language}
                    .definition=${definition}
                    text=${value}
                  ></kept-explained>`
                : html`<span class="number">${value}</span>`
            }
          </li>`,
      )}
    </ul>`;
  }

  #onFocus(event: FocusEvent): void {
    if ((event.target as HTMLElement).matches(":focus-visible")) this.focused = this.firstStop;
  }

  #onKey(event: KeyboardEvent): void {
    const next = nextPlace(event.key, this.focused ?? this.firstStop, this.lastPlace);
    if (event.key === "Escape") this.focused = undefined;
    if (event.key !== "Enter" && next === undefined) return;
    // Whatever gets the focus in the list must not take the same key.
    event.preventDefault();
    if (next === undefined) return this.#open(this.focused ?? this.firstStop);
    this.pointed = undefined;
    this.focused = next;
  }

  #onPointer(event: PointerEvent): void {
    this.pointed = this.#placeUnder(event);
  }

  #placeUnder(event: PointerEvent): number | undefined {
    const plot = event.currentTarget as HTMLElement;
    return this.placeAt(event.clientX - plot.getBoundingClientRect().left);
  }

  #open(place: number | undefined): void {
    const within = place === undefined ? undefined : this.withinOf?.(place);
    if (!this.behind || !within) return;
    leaveFrom(this.#self(), this);
    act(this, { type: "behindOpened", behind: { ...this.behind, within } });
  }

  #self(): string {
    return JSON.stringify([this.behind, this.heading]);
  }
}
