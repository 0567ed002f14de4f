import { css, html, LitElement, nothing, svg } from "lit";
import { patterns } from "../charts/textures.ts";
import { leastEdits } from "../../core/summary/ratio.ts";
import type { Language } from "../language.ts";
import type { ViewId } from "../memory.ts";
import type { Summary } from "../../protocol/summary.ts";
import { base, textures } from "../styles/base.ts";
import { act } from "./act.ts";
import { Definitions } from "./definitions.ts";
import "./explained.ts";
import { WidthObserver } from "./width.ts";

const barHeight = 4;

/** The thin bar under the title: how much of the text has a known origin, and what is missing. */
export class Coverage extends LitElement {
  static override properties = {
    language: { attribute: false },
    summary: { attribute: false },
    view: {},
    open: { state: true },
  };
  static override styles = [
    base,
    textures,
    css`
      /* As wide as it was told to be, and never what keeps the page from becoming narrower. */
      :host {
        display: block;
        min-inline-size: 0;
      }
      svg {
        display: block;
        max-inline-size: 100%;
      }
      .known {
        fill: var(--vscode-descriptionForeground);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 8px;
        margin-block-start: 4px;
      }
      .line button {
        margin-inline-end: -4px;
      }
      .why {
        display: grid;
        gap: 8px;
        max-inline-size: 72ch;
        margin-block: 4px 8px;
        padding: 8px 12px;
        border-inline-start: 2px solid var(--kept-line);
      }
      .why button {
        justify-self: start;
        margin-inline-start: -4px;
      }
    `,
  ];

  declare language: Language;
  declare summary: Summary;
  /** The view it stands on. */
  declare view: ViewId;
  declare private open: boolean;
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.view = "today";
    this.open = false;
  }

  protected override render() {
    const { text, fill, percent, count } = this.language;
    const { value, knownChars, allChars } = this.summary.coverage;
    if (value === null) return html`<p class="small">${text.coverage.none}</p>`;
    return html`
      ${this.#bar(value)}
      <div class="line small">
        <kept-explained
          .language=${this.language}
          .definition=${new Definitions(this.language, this.summary).coverage()}
          text=${fill(text.coverage.known, {
            share:
              this.summary.edits < leastEdits
                ? fill(text.coverage.few, { known: count(knownChars), all: count(allChars) })
                : percent(value),
          })}
        ></kept-explained>
        ${this.#others()} ${value === 1 ? nothing : this.#missing()}
      </div>
      <div id="why" class="why" ?hidden=${!this.open || value === 1}>${this.#why(value)}</div>
    `;
  }

  #bar(value: number) {
    const width = this.#width.width;
    const known = Math.round(width * value);
    return html`<svg width=${width} height=${barHeight} aria-hidden="true">
      ${patterns()}
      <rect class="known" width=${known} height=${barHeight}></rect>
      ${
        known < width
          ? svg`<rect fill="url(#dots)" x=${known} width=${width - known} height=${barHeight}></rect>`
          : nothing
      }
    </svg>`;
  }

  #others() {
    const { text, plural } = this.language;
    const machines = this.summary.otherMachines?.machines ?? 0;
    return machines === 0 ? nothing : html`<span>${plural(text.coverage.others, machines)}</span>`;
  }

  #missing() {
    return html`<button
      class="quiet"
      aria-expanded=${this.open ? "true" : "false"}
      aria-controls="why"
      @click=${() => (this.open = !this.open)}
    >
      ${this.language.text.coverage.missing}
    </button>`;
  }

  #why(value: number) {
    const { text, fill, percent, plural } = this.language;
    const { knownChars, allChars } = this.summary.coverage;
    const chars = plural(text.counts.chars, allChars - knownChars);
    return html`
      <p>${fill(text.coverage.why, { share: percent(1 - value), chars })}</p>
      <p>${text.coverage.howToGet}</p>
      ${
        this.view === "data"
          ? nothing
          : html`<button class="quiet" @click=${() => act(this, { type: "viewChosen", view: "data" })}>
              ${text.coverage.toData}
            </button>`
      }
    `;
  }
}

customElements.define("kept-coverage", Coverage);
