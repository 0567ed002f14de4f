import { css, html, LitElement, nothing, svg } from "lit";
import type { Summary } from "../../protocol/summary.ts";
import { layOutAmount } from "../charts/bar.ts";
import { paint, patterns, swatch } from "../charts/textures.ts";
import type { Language } from "../language.ts";
import { originRows, type OriginRow } from "../origins.ts";
import { Definitions } from "../parts/definitions.ts";
import "../parts/explained.ts";
import type { Definition, Explained } from "../parts/explained.ts";
import { nextStop } from "../parts/roving.ts";
import { WidthObserver } from "../parts/width.ts";
import { base, tables, textures } from "../styles/base.ts";

const barHeight = 12;
/** The bars' part of the table's width, and the narrowest table that has room for them. */
const barShare = 0.34;
const leastWidthForBars = 600;
/** Numbers in a row: edits, inserted, kept. */
const numbersInRow = 3;

/** Every origin with its edits, what they inserted and how much of it is left. One stop for Tab; arrows walk it. */
export class Origins extends LitElement {
  static override properties = {
    language: { attribute: false },
    summary: { attribute: false },
    stop: { state: true },
  };
  static override styles = [
    base,
    textures,
    tables,
    css`
      .origin {
        display: grid;
        grid-template-columns: 12px 1fr;
        align-items: baseline;
        gap: 0 8px;
        min-inline-size: 0;
      }
      .name {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        overflow-wrap: anywhere;
        text-align: -webkit-match-parent;
        text-align: match-parent;
      }
      .detail {
        grid-column: 2;
      }
      td.bar {
        padding-block: 8px 0;
        text-align: start;
        vertical-align: top;
      }
      .gone,
      .missing {
        fill: none;
        stroke: var(--vscode-descriptionForeground);
        stroke-dasharray: 2 2;
      }
    `,
  ];

  declare language: Language;
  declare summary: Summary;
  declare private stop: number;
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.stop = 0;
  }

  protected override render() {
    const { language, summary } = this;
    const { origins } = language.text;
    const rows = originRows(summary.origins, language);
    const most = Math.max(0, ...rows.map(({ insertedChars }) => insertedChars));
    const stop = Math.min(this.stop, rows.length * numbersInRow - 1);
    return html`<table role="grid" @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
      <caption class="unseen">
        ${origins.title}
      </caption>
      <thead>
        <tr>
          <th scope="col">${origins.head}</th>
          ${
            this.#barWidth() > 0
              ? html`<th scope="col"><span class="unseen">${origins.amounts}</span></th>`
              : nothing
          }
          <th scope="col">${origins.edits}</th>
          <th scope="col">${origins.inserted}</th>
          <th scope="col">${origins.kept}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row, index) => this.#row(row, index * numbersInRow, most, stop))}
      </tbody>
    </table>`;
  }

  #row(row: OriginRow, first: number, most: number, stop: number) {
    const { language } = this;
    const definitions = new Definitions(language, this.summary);
    const kept = row.keptShare === undefined ? language.text.kept.mark : language.percent(row.keptShare);
    return html`<tr>
      <th scope="row">
        <div class="origin">
          ${swatch(row.kind)}
          <span class="name" dir="auto" title=${row.name}>${row.name}</span>
          ${
            row.detail === ""
              ? ""
              : html`<span class="name detail small" dir="auto" title=${row.detail}>${row.detail}</span>`
          }
        </div>
      </th>
      ${this.#bar(row, most)}
      ${this.#number(language.short(row.edits), definitions.editsOf(row), first, stop)}
      ${this.#number(language.short(row.insertedChars), definitions.insertedOf(row), first + 1, stop)}
      ${this.#number(kept, definitions.keptOf(row), first + 2, stop)}
    </tr>`;
  }

  #number(text: string, definition: Definition, index: number, stop: number) {
    return html`<td>
      <kept-explained
        .spoken=${text === this.language.text.kept.mark ? this.language.text.kept.notEnough : undefined}
        .language=${this.language}
        .definition=${definition}
        .stop=${index === stop ? 0 : -1}
        text=${text}
        @focusin=${() => (this.stop = index)}
      ></kept-explained>
    </td>`;
  }

  /** What was inserted, on a common scale: what is left in the origin's texture, what went as a broken line. */
  #bar({ kind, insertedChars, keptChars, keptShare }: OriginRow, most: number) {
    const width = this.#barWidth();
    if (width === 0) return nothing;
    const { whole, left } = layOutAmount(insertedChars, keptChars, most, width);
    // Too few edits to say how much of them stays: the amount is an outline.
    const outline = svg`<rect class="missing" x="0.5" y="0.5" width=${Math.max(0, whole - 1)} height=${barHeight - 1}></rect>`;
    const gone = svg`<path class="gone" d=${`M${left} ${barHeight / 2}H${whole}`}></path>`;
    return html`<td class="bar">
      <svg width=${width} height=${barHeight} aria-hidden="true">
        ${patterns()} ${keptShare === undefined ? outline : gone}
        ${keptShare === undefined || left === 0 ? nothing : paint(kind, 0, 0, left, barHeight)}
      </svg>
    </td>`;
  }

  #barWidth(): number {
    const { width } = this.#width;
    return width < leastWidthForBars ? 0 : Math.round(width * barShare);
  }

  #onKey(event: KeyboardEvent): void {
    const numbers = [...this.renderRoot.querySelectorAll<Explained>("kept-explained")];
    const next = nextStop(event.key, this.stop, numbers.length, numbersInRow);
    if (next === undefined) return;
    event.preventDefault();
    numbers[next]?.focus();
  }
}

customElements.define("kept-origins", Origins);
