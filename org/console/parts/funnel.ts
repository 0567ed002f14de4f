import {
  axisHead,
  count,
  head,
  moreThanShown,
  numberHead,
  partBar,
  shareWords,
  table,
  waiting,
  whisker,
} from "../charts.ts";
import { html, type Html } from "../html.ts";
import { percent } from "../../../core/percent.ts";
import {
  byKey,
  hiddenWords,
  shareOf,
  telling,
  total,
  totalWords,
  type TallyReading,
  type TallyRow,
} from "../tallyReading.ts";
import { toolWords } from "../toolWords.ts";

const applied = ["accepted", "partly", "unasked", "undone", "untold"] as const;
const looked = ["kept", "gone"] as const;

/** What became of AI edits, from being applied to being committed. */
export function funnelPart(reading: TallyReading): Html {
  const { rows } = reading;
  if (rows.length === 0) {
    return waiting(
      "funnel",
      "From the edit to the commit",
      "It is drawn from the first published week in which five people or more share how AI edits were accepted.",
    );
  }
  return html`<section aria-labelledby="funnel">
    <h2 id="funnel">From the edit to the commit</h2>
    <p class="quiet">
      AI edits that were applied, of ${reading.weeks} ${reading.weeks === 1 ? "week" : "weeks"}. What was
      proposed and not taken is not sent.
    </p>
    ${table(
      "funnel",
      [head("Step"), head("Part"), numberHead("Edits"), numberHead("Share")],
      stepsOf(rows).map(
        ({ step, edits, of, isHidden }) =>
          html`<tr>
            <th scope="row">${step}</th>
            ${
              of === 0
                ? html`<td class="axis"></td>
                    <td class="number">${isHidden ? "hidden" : "–"}</td>
                    <td class="number">${isHidden ? "hidden" : "–"}</td>`
                : html`<td class="axis">${partBar(edits, of)}</td>
                    <td class="number">${count(edits)}</td>
                    <td class="number">${percent(edits / of)} of ${count(of)}</td>`
            }
          </tr>`,
      ),
    )}
    ${byTool(rows)} ${moreThanShown(hiddenWords(reading))}
  </section>`;
}

interface Step {
  readonly step: string;
  readonly edits: number;
  readonly of: number;
  /** Whether nobody is told: else there were none where there are none. */
  readonly isHidden: boolean;
}

/** Each step with what it is a part of, where both are told: not of every edit is known what was left after 15 minutes. */
export function stepsOf(rows: readonly TallyRow[]): readonly Step[] {
  const told = telling(rows, ...applied);
  const all = total(told, ...applied);
  const after = telling(rows, ...looked);
  const committed = telling(told, "committed");
  const isHidden = told.length === 0;
  return [
    { step: "applied", edits: all, of: all, isHidden },
    { step: "not rejected afterwards", edits: all - total(told, "undone"), of: all, isHidden },
    {
      step: "something left after 15 minutes",
      edits: total(after, "kept"),
      of: total(after, ...looked),
      isHidden: after.length === 0,
    },
    {
      step: "something in a commit by then",
      edits: total(committed, "committed"),
      of: total(committed, ...applied),
      isHidden: committed.length === 0,
    },
  ];
}

function byTool(rows: readonly TallyRow[]): Html {
  return html`<h3 id="funnel-tools">Something left after 15 minutes, by tool</h3>
    ${table(
      "funnel-tools",
      [head("Tool"), axisHead, head("Kept"), numberHead("Looked at")],
      byKey(rows, "tool", ...applied).map(({ value, rows: own }) => {
        const share = shareOf(own, ["kept"], looked);
        return html`<tr>
          <th scope="row">${toolWords(value)}</th>
          <td class="axis">${whisker(share)}</td>
          <td>${shareWords(share)}</td>
          <td class="number">${totalWords(own, ...looked)}</td>
        </tr>`;
      }),
    )}`;
}
