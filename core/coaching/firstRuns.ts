import type { Part } from "./part.ts";
import { isAi, type RecentEdit } from "./recentEdits.ts";
import { isRun, type RecentStep } from "./recentSteps.ts";

const lookedAt = 5;
/** AI edits so long before its first test run are of that branch. */
const beforeMs = 86_400_000;

/** How the first test run of the last branches with AI edits ended: of the editor's own test task, not of agents' tries. */
export function firstRun(steps: readonly RecentStep[], edits: readonly RecentEdit[]): Part {
  const first = new Map<string, RecentStep>();
  for (const step of steps) {
    if (isRun(step) && step.taskKey === null && step.subject !== null && !first.has(step.subject))
      first.set(step.subject, step);
  }
  const last = [...first.values()]
    .filter(({ at }) => edits.some((edit) => isAi(edit) && edit.at <= at && edit.at > at - beforeMs))
    .slice(-lookedAt);
  if (last.length === 0) return { values: {} };
  const failed = last.filter(({ kind }) => kind === "failed").length;
  return { values: { "firstRun.failed": failed, "firstRun.of": last.length } };
}
