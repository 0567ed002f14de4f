import { html } from "lit";
import type { MeasuredShare } from "../../protocol/share.ts";
import { isSure } from "../charts/whisker.ts";
import type { Language } from "../language.ts";

export interface NamedShare {
  readonly name: string;
  readonly share: MeasuredShare;
}

/** Dots on whiskers as numbers: each share with its interval and its sample. */
export function sharesTable(language: Language, caption: string, head: string, rows: readonly NamedShare[]) {
  const { text, percent, interval, count } = language;
  const { quality } = text;
  return html`<table>
    <caption class="unseen">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${head}</th>
        <th scope="col">${quality.retentionLeft}</th>
        <th scope="col">${quality.retentionInterval}</th>
        <th scope="col">${text.explained.sample}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, share }) =>
          html`<tr>
            <th scope="row" dir="auto">${name}</th>
            <td>${isSure(share) ? percent(share.value) : text.kept.mark}</td>
            <td>
              ${share.low === null || share.high === null ? text.nothing : interval(share.low, share.high)}
            </td>
            <td>${count(share.n)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
