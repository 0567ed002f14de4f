import { html, nothing } from "lit";
import type { Overwrite } from "../../protocol/overwrites.ts";
import { nameOf } from "../origins.ts";
import { fillingNames, NumberGrid } from "../parts/numberGrid.ts";
import { ToolDefinitions } from "../parts/toolDefinitions.ts";

/** More rows than this are more than anybody reads. */
const mostRows = 10;
/** Characters, pairs of edits. */
const numbersInRow = 2;

/** Which tool, or person, took out whose text. */
export class OverwritesTable extends NumberGrid {
  static override styles = [NumberGrid.styles, fillingNames];

  protected override get columns(): number {
    return numbersInRow;
  }

  protected override render() {
    const { language, summary } = this;
    const { tools } = language.text;
    const rows = summary.overwrites.slice(0, mostRows);
    const more = summary.overwrites.length - rows.length;
    const head = html`<tr>
      <th scope="col">${tools.overwriteHead}</th>
      <th scope="col">${tools.overwriteChars}</th>
      <th scope="col">${tools.overwriteEdits}</th>
    </tr>`;
    return html`${this.grid({ caption: tools.overwrites, count: rows.length * numbersInRow }, head, (stop) =>
      rows.map((row, index) => this.#row(row, index * numbersInRow, stop)),
    )}
    ${more > 0 ? html`<p class="small">${language.plural(tools.more, more)}</p>` : nothing}`;
  }

  #row(row: Overwrite, first: number, stop: number) {
    const { language, summary } = this;
    const { text, fill, short } = language;
    const [by, of] = [nameOf(row.by, language), nameOf(row.of, language)];
    const isOwn = JSON.stringify(row.by) === JSON.stringify(row.of);
    const detail = isOwn ? text.tools.overwriteOwn : fill(text.tools.overwriteOf, { of });
    const definition = new ToolDefinitions(language, summary).overwrite(row, by, of);
    return html`<tr>
      <th scope="row">
        <span class="clip" dir="auto" title=${by}>${by}</span>
        <span class="clip small" dir="auto" title=${detail}>${detail}</span>
      </th>
      <td>${this.number(short(row.chars), definition, first, stop)}</td>
      <td>${this.number(short(row.edits), definition, first + 1, stop)}</td>
    </tr>`;
  }
}

customElements.define("kept-overwrites-table", OverwritesTable);
