import { html } from "lit";
import type { NamedColumn } from "../charts/columns.ts";
import { addUp, kindsToName, totalOf } from "../charts/kinds.ts";
import type { Language } from "../language.ts";

/** The numbers of a column chart as a table. Columns in which nothing was written are left out. */
export function amountsTable(
  { text, short }: Language,
  caption: string,
  head: string,
  columns: readonly NamedColumn[],
) {
  const kinds = kindsToName(addUp(columns.map(({ inserted }) => inserted)));
  const filled = columns.filter(({ inserted }) => totalOf(inserted) > 0);
  return html`<table class="amounts">
    <caption class="unseen">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${head}</th>
        ${kinds.map((kind) => html`<th scope="col">${text.kinds[kind]}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${filled.map(
        ({ row, inserted }) =>
          html`<tr>
            <th scope="row">${row}</th>
            ${kinds.map((kind) => html`<td>${short(inserted[kind])}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
