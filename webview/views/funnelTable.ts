import { html } from "lit";
import type { Funnel } from "../../protocol/funnel.ts";
import type { Language } from "../language.ts";

/** The steps of the way as numbers. */
export function funnelTable({ text, count }: Language, { way }: Funnel) {
  const { funnel } = text;
  return html`<table class="amounts">
    <caption class="unseen">
      ${funnel.title}
    </caption>
    <thead>
      <tr>
        <th scope="col">${funnel.head}</th>
        ${Object.values(funnel.heads).map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${way.map(({ stage, reached, left, pending, unseen }) => {
        const unknown = unseen.reduce((sum, { edits }) => sum + edits, 0);
        return html`<tr>
          <th scope="row">${funnel[stage]}</th>
          ${[reached, left, pending, unknown].map((edits) => html`<td>${count(edits)}</td>`)}
        </tr>`;
      })}
    </tbody>
  </table>`;
}
