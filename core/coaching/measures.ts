import { grouped } from "../grouped.ts";
import { measures, type Measure } from "../../protocol/coaching.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Summary } from "../../protocol/summary.ts";
import { measureShare, proportionOf as proportion } from "../summary/ratio.ts";
import { outcomesOf } from "../requests/taskGroups.ts";
import { isMostlyAi, type ToldCommit } from "./recentBranch.ts";
import { isHeavy, isSmall, type RecentTask } from "./recentTasks.ts";
import { activityMeasures } from "./recentRuns.ts";
import type { ToolActivity } from "./recentSteps.ts";
import { isApproved, policyOf, type ApprovedTools } from "./recentTools.ts";
import { isSourceFile, isTestFile } from "./fileKinds.ts";
import {
  dayOf,
  isAi,
  isReadableBlock,
  largeCommit,
  muchSource,
  undoneBelow,
  type CommittedLines,
  type RecentEdit,
} from "./recentEdits.ts";

/** What a time looked like. */
export interface Span {
  readonly summary: Pick<Summary, "keptAi" | "funnel" | "requests">;
  /** Those of the time alone. */
  readonly edits: readonly RecentEdit[];
  readonly commits: readonly CommittedLines[];
  /** Those that ended in it. */
  readonly tasks: readonly RecentTask[];
  /** All of the checked out branch. */
  readonly told: readonly ToldCommit[];
  readonly approved: readonly ApprovedTools[];
  readonly activity: ToolActivity;
  readonly now: number;
}

const measuresOfEdits = [
  "survival",
  "undone",
  "unseenBlocks",
  "tested",
  "largeCommits",
] as const satisfies readonly Measure[];
type MeasureOfEdits = (typeof measuresOfEdits)[number];

export function isOfEdits(measure: Measure): measure is MeasureOfEdits {
  return (measuresOfEdits as readonly Measure[]).includes(measure);
}

/** The share by which it is told whether a tip helped. */
export function measureOf(measure: Measure, span: Span): MeasuredShare {
  if (isOfEdits(measure)) return measureOfEdits(measure, span);
  const { summary } = span;
  const ai = span.edits.filter(isAi);
  switch (measure) {
    case "kept":
      return summary.keptAi;
    case "keptAt15": {
      const found = summary.funnel.stages.find(({ stage }) => stage === "keptAt15");
      const reached = found?.reached ?? 0;
      return proportion(reached, reached + (found?.left ?? 0));
    }
    case "cached":
      return summary.requests.cacheShare;
    case "heavyLight": {
      const light = span.tasks.filter(isSmall);
      return proportion(light.filter(isHeavy).length, light.length);
    }
    case "lostTasks": {
      const { kept, nothing } = outcomesOf(span.tasks);
      return proportion(nothing, kept + nothing);
    }
    case "explained": {
      const mostlyAi = span.told.filter(isMostlyAi);
      return proportion(mostlyAi.filter(({ isExplained }) => isExplained).length, mostlyAi.length);
    }
    case "approved": {
      const judged = ai.flatMap((edit) => {
        const policy = policyOf(edit, span.approved);
        return policy ? [isApproved(edit, policy)] : [];
      });
      return proportion(judged.filter(Boolean).length, judged.length);
    }
    default:
      return activityMeasures[measure](span.activity);
  }
}

/** What edits and commits alone tell. */
export function measureOfEdits(
  measure: MeasureOfEdits,
  { edits, commits, now }: Pick<Span, "edits" | "commits" | "now">,
): MeasuredShare {
  const ai = edits.filter(isAi);
  switch (measure) {
    case "survival":
      return meanShare(ai.flatMap(({ survival }) => survival ?? []));
    case "undone": {
      const told = ai.flatMap(({ noRevert }) => noRevert ?? []);
      return proportion(told.filter((value) => value < undoneBelow).length, told.length);
    }
    case "unseenBlocks": {
      const blocks = ai.filter((edit) => isReadableBlock(edit, now));
      return proportion(blocks.filter(({ isSeen }) => !isSeen).length, blocks.length);
    }
    case "tested": {
      const days = daysOfMuchSource(edits);
      return proportion(days.filter(({ isTested }) => isTested).length, days.length);
    }
    case "largeCommits": {
      const withAi = commits.filter(({ aiLines }) => aiLines > 0);
      return proportion(withAi.filter(({ aiLines }) => aiLines > largeCommit).length, withAi.length);
    }
  }
}

/** Days on which AI wrote much source code, and whether anybody edited a test on them. */
export function daysOfMuchSource(
  edits: readonly RecentEdit[],
): { readonly day: string; readonly isTested: boolean }[] {
  return [...grouped(edits, dayOf)].flatMap(([day, own]) => {
    const lines = own
      .filter((edit) => isAi(edit) && isSourceFile(edit.path))
      .reduce((sum, edit) => sum + (edit.lines ?? 0), 0);
    return lines >= muchSource ? [{ day, isTested: own.some(({ path }) => isTestFile(path)) }] : [];
  });
}

/** What is measured, as it goes on after "it is". */
export function measureWords(measure: Measure): string {
  return measures[measure];
}

function meanShare(values: readonly number[]): MeasuredShare {
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  const n = values.length;
  return measureShare({ n, part: sum, whole: n, partSquared: squares, wholeSquared: n, partTimesWhole: sum });
}
