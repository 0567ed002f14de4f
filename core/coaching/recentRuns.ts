import type { MeasuredShare } from "../../protocol/share.ts";
import { proportionOf } from "../summary/ratio.ts";
import { grouped } from "../grouped.ts";
import { isLook, isPlanned, isRun, type RecentStep, type ToolActivity } from "./recentSteps.ts";

/** From so many files on a change wants a plan. */
export const filesToPlan = 4;

/** Shares of what tools' own records tell, by which it is told whether a tip helped. */
export const activityMeasures = {
  failedRuns: ({ steps }: ToolActivity) => {
    const runs = steps.filter(isRun);
    return proportionOf(runs.filter(({ kind }) => kind === "failed").length, runs.length);
  },
  planned: (activity: ToolActivity) => {
    const telling = new Set(activity.steps.flatMap((step) => (isLook(step) ? step.tool : [])));
    const large = [...grouped(activity.edits, ({ taskKey }) => taskKey)].filter(([, own]) => {
      const files = new Set(own.flatMap(({ uri }) => (uri === "" ? [] : uri)));
      return files.size >= filesToPlan && telling.has(own[0]!.tool);
    });
    return proportionOf(large.filter(([task]) => isPlanned(activity, task)).length, large.length);
  },
  briefed: ({ steps }: ToolActivity) => tasksWith(steps, "opening"),
  serverTasks: ({ steps }: ToolActivity) => tasksWith(steps, "server"),
  secretReads: ({ steps }: ToolActivity) => {
    const looks = steps.filter(isLook);
    return proportionOf(looks.filter(({ kind }) => kind === "secret").length, looks.length);
  },
} as const satisfies Record<string, (activity: ToolActivity) => MeasuredShare>;

function tasksWith(steps: readonly RecentStep[], kind: RecentStep["kind"]): MeasuredShare {
  const tasks = [
    ...grouped(
      steps.filter(({ taskKey }) => taskKey !== null),
      ({ taskKey }) => taskKey!,
    ).values(),
  ];
  return proportionOf(tasks.filter((own) => own.some((step) => step.kind === kind)).length, tasks.length);
}
