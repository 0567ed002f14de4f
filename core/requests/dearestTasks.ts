import type { RequestSummary } from "../../protocol/requestSummary.ts";
import { outcomeOf, type SummaryTask } from "./taskGroups.ts";

/** A task that can be told from others. */
export interface NamedTask extends SummaryTask {
  readonly key: string;
  readonly tool: string;
  readonly models: readonly string[];
  readonly day: string;
}

const most = 5;

/** The tasks that cost most of those that wrote something and of which nothing is left. */
export function dearestTasks(tasks: readonly SummaryTask[]): RequestSummary["dearest"] {
  return tasks
    .filter(isNamed)
    .filter((task) => outcomeOf(task) === "nothing" && task.costNano > 0)
    .sort((one, other) => other.costNano - one.costNano || (one.key < other.key ? -1 : 1))
    .slice(0, most)
    .map(({ key, tool, models, day, type, requests, changes, costNano }) => ({
      task: key,
      tool,
      model: models.length === 1 ? models[0]! : null,
      day,
      type,
      requests,
      changes,
      nanoUsd: costNano,
    }));
}

function isNamed(task: SummaryTask): task is NamedTask {
  return "key" in task;
}
