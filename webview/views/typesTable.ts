import { css, html, nothing } from "lit";
import type { TaskMode, ToolType, ToolUse } from "../../protocol/toolUse.ts";
import { leastTasks } from "../../core/requests/taskGroups.ts";
import { shareLine, shareLineHead, shareLineStyles } from "../charts/shareLine.ts";
import { isSure } from "../charts/whisker.ts";
import type { Language } from "../language.ts";
import { properName } from "../origins.ts";
import { fillingNames, NumberGrid } from "../parts/numberGrid.ts";
import { ToolDefinitions } from "../parts/toolDefinitions.ts";
import { typeName } from "./costTables.ts";

/** More rows than this are more than can be compared. */
const mostRows = 8;
/** Of a list, where each is a row. */
const mostCells = 12;
/** From this width on kinds of task are columns; below, each is a row of its own. */
const leastWidthForColumns = 760;
/** Of a line in a column, and where the words of its axis have room. */
const widestLine = 220;
const leastHead = 96;

interface Row {
  readonly tool: string;
  /** Mode and model. */
  readonly detail: string;
  readonly cells: readonly ToolType[];
}

/** What is kept of each tool's edits in each mode, by kind of task: a matrix, or a list where it is narrow. */
export class TypesTable extends NumberGrid {
  static override styles = [
    NumberGrid.styles,
    fillingNames,
    shareLineStyles,
    css`
      /* In a fixed layout the first row says how wide columns are. */
      .wide thead th:first-child {
        inline-size: 22%;
      }
      .wide {
        table-layout: fixed;
      }
      .wide thead th {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .wide td {
        vertical-align: top;
      }
      .wide svg {
        margin-inline-start: auto;
      }
    `,
  ];

  protected override get columns(): number {
    return this.#isWide() ? typesIn(this.#use()).length : 1;
  }

  protected override render() {
    const use = this.#use();
    const rows = rowsOf(use, this.language);
    if (!this.#isWide()) return this.#list(rows);
    const beyond = rows.length - mostRows;
    return html`${this.#matrix(rows.slice(0, mostRows), typesIn(use))} ${this.#more(beyond, "typesMore")}`;
  }

  #more(beyond: number, words: "typesMore" | "typesMoreTasks") {
    const { plural, text } = this.language;
    return beyond > 0 ? html`<p class="small">${plural(text.tools[words], beyond)}</p>` : nothing;
  }

  #matrix(rows: readonly Row[], types: readonly string[]) {
    const { language } = this;
    const { tools } = language.text;
    const width = Math.min(widestLine, Math.floor((this.width * 0.78) / Math.max(1, types.length)) - 14);
    const head = html`<tr>
      <th scope="col">${tools.typesHead}</th>
      ${types.map((type) => html`<th scope="col">${typeName(language, type)}${width < leastHead ? nothing : shareLineHead(language, width)}</th>`)}
    </tr>`;
    return this.grid(
      { caption: tools.types, look: "wide", count: rows.length * types.length },
      head,
      (stop) =>
        rows.map(
          (row, line) =>
            html`<tr>
              ${this.#rowHead(row.tool, row.detail)}
              ${types.map((type, column) => {
                const cell = row.cells.find((each) => each.type === type) ?? emptyCell(row, type);
                return html`<td>
                  ${this.#share(cell, row, line * types.length + column, stop)}
                  ${cell.changes === 0 ? nothing : shareLine(cell.kept, { width })}
                </td>`;
              })}
            </tr>`,
        ),
    );
  }

  #list(rows: readonly Row[]) {
    const { language } = this;
    const { tools } = language.text;
    const all = rows.flatMap((row) => row.cells.map((cell) => ({ row, cell })));
    // Those with enough tasks to say something come first.
    const cells = all.sort((one, other) => other.cell.kept.n - one.cell.kept.n).slice(0, mostCells);
    const { width } = this;
    const head = html`<tr>
      <th scope="col">${tools.typesHead}${shareLineHead(language, width)}</th>
      <th scope="col">${tools.kept}</th>
    </tr>`;
    const grid = this.grid({ caption: tools.types, count: cells.length }, head, (stop) =>
      cells.map(
        ({ row, cell }, index) =>
          html`<tr>
            ${this.#rowHead(row.tool, `${row.detail} · ${typeName(language, cell.type)}`, shareLine(cell.kept, { width }))}
            <td>${this.#share(cell, row, index, stop)}</td>
          </tr>`,
      ),
    );
    return html`${grid} ${this.#more(all.length - cells.length, "typesMoreTasks")}`;
  }

  #rowHead(tool: string, detail: string, line: unknown = nothing) {
    return html`<th scope="row">
      <span class="clip" dir="auto" title=${tool}>${tool}</span>
      <span class="clip small" dir="auto" title=${detail}>${detail}</span>
      ${line}
    </th>`;
  }

  #share(cell: ToolType, row: Row, index: number, stop: number) {
    const { language, summary } = this;
    const text =
      cell.changes === 0
        ? language.text.nothing
        : isSure(cell.kept)
          ? language.percent(cell.kept.value)
          : language.text.kept.mark;
    const name = `${row.tool}, ${row.detail}`;
    return this.number(text, new ToolDefinitions(language, summary).type(cell, name), index, stop);
  }

  #use(): ToolUse | null {
    return this.summary.toolUse;
  }

  #isWide(): boolean {
    return this.width >= leastWidthForColumns;
  }
}

export function taskModeName({ text }: Language, mode: TaskMode | null): string {
  if (mode === null) return text.tools.noMode;
  return mode === "several" ? text.tools.severalModes : text.modes[mode];
}

/** Those that occur, most edits first. */
function typesIn(use: ToolUse | null): readonly string[] {
  return [...new Set((use?.byType ?? []).map(({ type }) => type))];
}

function rowsOf(use: ToolUse | null, language: Language): readonly Row[] {
  const rows = new Map<string, Row & { cells: ToolType[] }>();
  for (const cell of use?.byType ?? []) {
    const key = JSON.stringify([cell.tool, cell.model, cell.mode]);
    const row = rows.get(key) ?? {
      tool: properName(cell.tool),
      detail: [taskModeName(language, cell.mode), cell.model ?? language.text.tools.severalModels].join(
        " · ",
      ),
      cells: [],
    };
    row.cells.push(cell);
    rows.set(key, row);
  }
  const editsIn = ({ cells }: Row) => cells.reduce((sum, { changes }) => sum + changes, 0);
  return [...rows.values()].sort((one, other) => editsIn(other) - editsIn(one));
}

function emptyCell({ cells }: Row, type: string): ToolType {
  const { tool, model, mode } = cells[0]!;
  const kept = { value: null, low: null, high: null, n: 0, needsMore: leastTasks };
  return { tool, model, mode, type, changes: 0, kept };
}

customElements.define("kept-types-table", TypesTable);
