import { html } from "lit";
import type { DetectorQuality } from "../../protocol/provenance.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import { isSure } from "../charts/whisker.ts";
import type { Language } from "../language.ts";

/** How often the evidence says what the person says: precision and recall, each with its sample. */
export function detectorTable(language: Language, { ai, human, n, edits, withoutEvidence }: DetectorQuality) {
  const { text, fill, plural } = language;
  const { detector } = text;
  if (n === 0) {
    return html`<p>${detector.none}</p>
      <p class="small">${detector.how}</p>`;
  }
  const rows = [
    [detector.aiPrecision, ai.precision],
    [detector.aiRecall, ai.recall],
    [detector.humanPrecision, human.precision],
    [detector.humanRecall, human.recall],
  ] as const;
  return html`<table class="stacks">
      <caption class="unseen">
        ${detector.title}
      </caption>
      <thead>
        <tr>
          <th scope="col">${detector.head}</th>
          <th scope="col">${detector.share}</th>
          <th scope="col">${detector.sample}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, share]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td data-head=${detector.share}>${shareWords(language, share)}</td>
              <td data-head=${detector.sample}>${language.count(share.n)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="small">
      ${fill(detector.behind, { judgements: plural(detector.judgements, n), edits: plural(text.counts.edits, edits) })}
      ${withoutEvidence > 0 ? plural(detector.withoutEvidence, withoutEvidence) : ""}
    </p>
    <p class="small">${detector.how}</p>`;
}

function shareWords({ text, percent, interval, plural }: Language, share: MeasuredShare): string {
  if (!isSure(share)) return `${text.kept.notEnough}, ${plural(text.kept.needs, share.needsMore)}`;
  const { value, low, high } = share;
  return low === null || high === null ? percent(value) : `${percent(value)} (${interval(low, high)})`;
}
