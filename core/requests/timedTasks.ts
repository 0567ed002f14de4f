import type { Median } from "../../protocol/practice.ts";
import { medianInterval } from "../statistics/medianInterval.ts";
import { medianOf } from "../statistics/quantile.ts";

const minute = 60_000;
/** A longer pause is no work at the task. */
const longestPauseMs = 15 * minute;
/** What is still there then was kept. */
const settledAfterMs = 24 * 60 * minute;
/** The newest of a period that edit: more say no more of a median. */
const mostTimedTasks = 200;

/** When the requests and edits of a task were made, the earliest first, and its first edit that was applied. */
export interface TaskMoments {
  readonly moments: readonly number[];
  readonly firstEdit: number | null;
}

/** How long a task was worked at. */
export interface TimedTask {
  /** On which it began. */
  readonly day: string;
  readonly workedMs: number;
  /** Until its first edit; null where none was applied. */
  readonly firstEditMs: number | null;
  /** Something is left of it a day later. */
  readonly isKept: boolean;
  /** Its edits that were applied, and how often the agent looked at something; null where its tool tells nothing of that. */
  readonly edits: number;
  readonly reads: number | null;
}

interface Task {
  readonly key: string;
  readonly tool: string;
  readonly day: string;
  readonly endedAt: number;
  readonly applied: number;
  readonly keptChanges: number;
}

/** The tasks whose times say something: the newest that edit, in the order in which they began. */
export function tasksToTime<Each extends Pick<Task, "applied" | "keptChanges">>(
  tasks: readonly Each[],
): Each[] {
  return tasks.filter(({ applied, keptChanges }) => applied + keptChanges > 0).slice(-mostTimedTasks);
}

/** How long tasks were worked at, of those of which all moments are known. */
export function timedTasks(
  tasks: readonly Task[],
  momentsOf: ReadonlyMap<string, TaskMoments>,
  readsOf: ReadonlyMap<string, number>,
  now: number,
): (TimedTask & { readonly key: string })[] {
  const telling = new Set(tasks.flatMap(({ key, tool }) => (readsOf.has(key) ? [tool] : [])));
  return tasks.flatMap(({ key, tool, day, endedAt, applied, keptChanges }) => {
    const found = momentsOf.get(key);
    if (!found) return [];
    const { moments, firstEdit } = found;
    return [
      {
        key,
        day,
        workedMs: workedMs(moments),
        firstEditMs: firstEdit === null ? null : workedMs(moments.filter((at) => at <= firstEdit)),
        edits: applied,
        reads: telling.has(tool) ? (readsOf.get(key) ?? 0) : null,
        isKept: keptChanges > 0 && endedAt <= now - settledAfterMs,
      },
    ];
  });
}

export function workedMs(moments: readonly number[]): number {
  return moments
    .slice(1)
    .reduce((sum, at, index) => sum + Math.min(longestPauseMs, Math.max(0, at - moments[index]!)), 0);
}

/** How long tasks took that kept something, in milliseconds. */
export function timeToKept(tasks: readonly TimedTask[]): Median {
  const worked = tasks.flatMap(({ isKept, workedMs: ms }) => (isKept ? [ms] : []));
  const found = medianInterval(worked);
  return {
    value: medianOf(worked) ?? null,
    low: found?.low ?? null,
    high: found?.high ?? null,
    n: worked.length,
  };
}
