import { countOf } from "../countOf.ts";
import type { BeforeKept } from "../../protocol/history.ts";
import { titleOfTool } from "../tools/toolTitle.ts";
import { percent } from "../percent.ts";

const states: Readonly<Record<BeforeKept["state"], string>> = {
  reading: ", still being read",
  done: "",
  stopped: ", read in part: it was stopped",
  failed: ", read in part: it failed",
};

/** What was there before Kept watched, for reports. It is marked as such; its edits are in no other number. */
export function beforeLines(before: BeforeKept | null): string[] {
  if (!before) return [];
  const { from, to, state, tools, baseline } = before;
  return [
    "",
    `Before Kept watched, ${from} to ${to}, as the tools recorded it${states[state]} (its requests are in the cost above, its edits are not counted again):`,
    "",
    ...(tools.length === 0 ? ["- no tool's records were found"] : []),
    ...tools.map(({ tool, tasks, requests, edits, linesAdded, days, costUsd, unpricedRequests }) => {
      const cost = costUsd === null ? "no price known" : `$${costUsd.toFixed(2)} by list prices`;
      const unpriced = unpricedRequests > 0 ? ` (${countOf(unpricedRequests, "request")} unpriced)` : "";
      return `- ${titleOfTool(tool)}: ${countOf(tasks, "task")} on ${countOf(days, "day")}, ${countOf(requests, "request")}, ${countOf(edits, "edit")} of ${countOf(linesAdded, "line")}, ${cost}${unpriced}`;
    }),
    ...(baseline
      ? [
          `- the repositories before any AI that is known, ${baseline.from} to ${baseline.to}: ${countOf(baseline.commits, "commit")} on ${countOf(baseline.days, "day")}, ${countOf(baseline.linesPerCommit, "line")} each in the middle, ${reworkWords(baseline.rework21)}`,
        ]
      : []),
  ];
}

function reworkWords(rework: NonNullable<BeforeKept["baseline"]>["rework21"]): string {
  if (!rework) return "rework not watched long enough";
  const { value, low, high } = rework;
  return `${percent(value)} reworked in 21 days (${percent(low)} to ${percent(high)})`;
}
