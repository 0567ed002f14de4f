import { css, html, nothing, svg } from "lit";
import { layOutAmount } from "../charts/bar.ts";
import { paint, patterns, swatch } from "../charts/textures.ts";
import { originRows, type OriginRow } from "../origins.ts";
import { Definitions } from "../parts/definitions.ts";
import { NumberGrid } from "../parts/numberGrid.ts";
import { textures } from "../styles/base.ts";

const barHeight = 12;
/** The bars' part of the table's width, and the narrowest table that has room for them. */
const barShare = 0.34;
const leastWidthForBars = 600;
/** Numbers in a row: edits, inserted, kept. */
const numbersInRow = 3;

/** Every origin with its edits, what they inserted and how much of it is left. */
export class Origins extends NumberGrid {
  static override styles = [
    NumberGrid.styles,
    textures,
    css`
      .origin {
        display: grid;
        grid-template-columns: 12px 1fr;
        align-items: baseline;
        gap: 0 8px;
        min-inline-size: 0;
      }
      .detail {
        grid-column: 2;
      }
      :host {
        container-type: inline-size;
      }
      @container (max-width: 440px) {
        th[scope="row"] {
          max-inline-size: 0;
          inline-size: 100%;
        }
        .detail {
          inline-size: calc(100cqi - 20px);
        }
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

  protected override get columns(): number {
    return numbersInRow;
  }

  protected override render() {
    const { language, summary } = this;
    const { origins } = language.text;
    const rows = originRows(summary.origins, language);
    const most = Math.max(0, ...rows.map(({ insertedChars }) => insertedChars));
    const head = html`<tr>
      <th scope="col">${origins.head}</th>
      ${
        this.#barWidth() > 0
          ? html`<th scope="col"><span class="unseen">${origins.amounts}</span></th>`
          : nothing
      }
      <th scope="col">${origins.edits}</th>
      <th scope="col">${origins.inserted}</th>
      <th scope="col">${origins.kept}</th>
    </tr>`;
    return this.grid({ caption: origins.title, count: rows.length * numbersInRow }, head, (stop) =>
      rows.map((row, index) => this.#row(row, index * numbersInRow, most, stop)),
    );
  }

  #row(row: OriginRow, first: number, most: number, stop: number) {
    const { language } = this;
    const definitions = new Definitions(language, this.summary);
    const kept = row.keptShare === undefined ? language.text.kept.mark : language.percent(row.keptShare);
    return html`<tr>
      <th scope="row">
        <div class="origin">
          ${swatch(row.kind)}
          <span class="clip" dir="auto" title=${row.name}>${row.name}</span>
          ${
            row.detail === ""
              ? ""
              : html`<span class="clip detail small" dir="auto" title=${row.detail}>${row.detail}</span>`
          }
        </div>
      </th>
      ${this.#bar(row, most)}
      <td>${this.number(language.short(row.edits), definitions.editsOf(row), first, stop)}</td>
      <td>${this.number(language.short(row.insertedChars), definitions.insertedOf(row), first + 1, stop)}</td>
      <td>${this.number(kept, definitions.keptOf(row), first + 2, stop)}</td>
    </tr>`;
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
    return this.width < leastWidthForBars ? 0 : Math.round(this.width * barShare);
  }
}

customElements.define("kept-origins", Origins);
