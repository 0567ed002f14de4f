import { css, html, nothing, type TemplateResult } from "lit";
import type { Definition } from "./explained.ts";
import { fillingNames, NumberGrid } from "./numberGrid.ts";
import { textures } from "../styles/base.ts";

export interface NumbersRow {
  /** Before the name. */
  readonly mark?: TemplateResult;
  readonly name: string;
  /** What the name means; the name itself where nothing is said. */
  readonly title?: string;
  /** Under the name, smaller. */
  readonly detail?: string;
  /** Part of the row above. */
  readonly isPart?: boolean;
  /** One for each column; undefined where there is no number. */
  readonly numbers: readonly ({ readonly text: string; readonly definition: Definition } | undefined)[];
}

/** A table of which every number opens what is behind it, and that is no picture of its own. */
export class NumbersTable extends NumberGrid {
  static override properties = {
    ...NumberGrid.properties,
    rows: { attribute: false },
    heads: { attribute: false },
    heading: {},
  };
  static override styles = [
    NumberGrid.styles,
    fillingNames,
    textures,
    css`
      .kind {
        display: inline-flex;
        align-items: baseline;
        gap: 8px;
      }
      th.part:first-child {
        padding-inline-start: 12px;
      }
    `,
  ];

  declare rows: readonly NumbersRow[];
  /** Of the names first, then of each column. */
  declare heads: readonly string[];
  declare heading: string;

  protected override get columns(): number {
    return this.heads.length - 1;
  }

  protected override render() {
    const { rows, heads, heading } = this;
    const head = html`<tr>
      ${heads.map((name) => html`<th scope="col">${name}</th>`)}
    </tr>`;
    const count = rows.flatMap(({ numbers }) => numbers.filter((each) => each !== undefined)).length;
    return this.grid({ caption: heading, count }, head, (stop) => {
      let place = 0;
      return rows.map(
        ({ mark, name, title = name, detail, isPart, numbers }) =>
          html`<tr>
            <th scope="row" class=${isPart ? "part" : ""}>
              ${
                mark
                  ? html`<span class="kind" title=${title}>${mark} ${name}</span>`
                  : html`<span class="clip" dir="auto" title=${title}>${name}</span>`
              }
              ${
                detail === undefined
                  ? nothing
                  : html`<span class="clip small" dir="auto" title=${detail}>${detail}</span>`
              }
            </th>
            ${numbers.map(
              (each) =>
                html`<td>
                  ${
                    each ? this.number(each.text, each.definition, place++, stop) : this.language.text.nothing
                  }
                </td>`,
            )}
          </tr>`,
      );
    });
  }
}

customElements.define("kept-numbers", NumbersTable);
