import { html } from "lit";
import type { NamedColumn } from "../charts/columns.ts";
import { addUp, kindsToName } from "../charts/kinds.ts";
import type { Language } from "../language.ts";

/** The numbers of a column chart as a table. */
export function amountsTable(
  { text, short }: Language,
  caption: string,
  head: string,
  columns: readonly NamedColumn[],
) {
  const kinds = kindsToName(addUp(columns.map(({ inserted }) => inserted)));
  return html`<table>
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
      ${columns.map(
        ({ name, inserted }) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${kinds.map((kind) => html`<td>${short(inserted[kind])}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
