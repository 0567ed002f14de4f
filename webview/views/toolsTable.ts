import { css, html, nothing } from "lit";
import { shareLine, shareLineHead, shareLineStyles } from "../charts/shareLine.ts";
import { isSure } from "../charts/whisker.ts";
import { Definitions } from "../parts/definitions.ts";
import { fillingNames, NumberGrid } from "../parts/numberGrid.ts";
import { toolRows, type ToolRow } from "./toolRows.ts";

/** From this width on the axis has a column of its own; below, it lies under the name and the numbers. */
const leastWidthForColumn = 560;
/** Edits, kept. */
const numbersInRow = 2;

/** What is kept of each tool in each mode, on one axis with typed text behind. */
export class ToolsTable extends NumberGrid {
  static override styles = [
    NumberGrid.styles,
    fillingNames,
    shareLineStyles,
    css`
      th[scope="row"] {
        inline-size: 40%;
      }
      .narrow th[scope="row"] {
        inline-size: 100%;
      }
      tbody tr:not(.first) .tool {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      td.axis,
      th.axis {
        text-align: start;
        vertical-align: middle;
        padding-block: 0;
      }
    `,
  ];

  protected override get columns(): number {
    return numbersInRow;
  }

  protected override render() {
    const { language, summary } = this;
    const { text, plural } = language;
    const { tools } = text;
    const { rows, more } = toolRows(summary, language);
    const human: ToolRow = {
      tool: tools.human,
      detail: "",
      origin: { kind: "human" },
      name: tools.human,
      edits: summary.keptHuman.n,
      insertedChars: 0,
      kept: summary.keptHuman,
    };
    const axis = shareLineHead(language, this.#axisWidth());
    const head = html`<tr>
      <th scope="col">${tools.head}${this.#hasColumn() ? nothing : axis}</th>
      ${
        this.#hasColumn()
          ? html`<th scope="col" class="axis"><span class="unseen">${tools.axis}</span>${axis}</th>`
          : nothing
      }
      <th scope="col">${tools.edits}</th>
      <th scope="col">${tools.kept}</th>
    </tr>`;
    const look = this.#hasColumn() ? "wide" : "narrow";
    const count = (rows.length + 1) * numbersInRow;
    return html`${this.grid(
      { caption: tools.title, look, count },
      head,
      (stop) =>
        html`${rows.map((row, index) =>
          this.#row(row, rows[index - 1]?.tool !== row.tool, "ai", index * numbersInRow, stop),
        )}
        ${this.#row(human, true, "human", rows.length * numbersInRow, stop)}`,
    )}
    ${more > 0 ? html`<p class="small">${plural(tools.more, more)}</p>` : nothing}`;
  }

  #row(row: ToolRow, isFirst: boolean, kind: "ai" | "human", first: number, stop: number) {
    const { language, summary } = this;
    const definitions = new Definitions(language, summary);
    const kept = isSure(row.kept) ? language.percent(row.kept.value) : language.text.kept.mark;
    const axis = shareLine(row.kept, { width: this.#axisWidth(), kind, compared: summary.keptHuman });
    return html`<tr class=${isFirst ? "first" : ""}>
      <th scope="row">
        <span class="tool clip" dir="auto" title=${row.tool}>${row.tool}</span>
        ${
          row.detail === ""
            ? nothing
            : html`<span class="clip small" dir="auto" title=${row.detail}>${row.detail}</span>`
        }
        ${this.#hasColumn() ? nothing : axis}
      </th>
      ${this.#hasColumn() ? html`<td class="axis">${axis}</td>` : nothing}
      <td>${this.number(language.short(row.edits), definitions.editsOfTool(row), first, stop)}</td>
      <td>${this.number(kept, definitions.keptOfTool(row), first + 1, stop)}</td>
    </tr>`;
  }

  #hasColumn(): boolean {
    return this.width >= leastWidthForColumn;
  }

  #axisWidth(): number {
    return Math.max(0, Math.floor(this.#hasColumn() ? this.width * 0.4 : this.width));
  }
}

customElements.define("kept-tools-table", ToolsTable);
