import type { RequestSummary } from "../protocol/requestSummary.ts";
import { medianInterval } from "./statistics/medianInterval.ts";
import { medianOf } from "./statistics/quantile.ts";

const minute = 60_000;
/** A longer pause is no work at the task. */
const longestPauseMs = 15 * minute;
/** What is still there then was kept. */
export const settledAfterMs = 24 * 60 * minute;
/** The newest of a period: more say no more of a median. */
export const mostTimedTasks = 200;

/** How long a task was worked at, by the moments of its requests and edits, the earliest first. */
export function workedMs(moments: readonly number[]): number {
  return moments
    .slice(1)
    .reduce((sum, at, index) => sum + Math.min(longestPauseMs, Math.max(0, at - moments[index]!)), 0);
}

/** How long tasks took that kept something: the median, with its interval. */
export function timeToKept(workedOf: readonly number[]): RequestSummary["tasks"]["timeToKept"] {
  const found = medianInterval(workedOf);
  return {
    medianMs: medianOf(workedOf) ?? null,
    low: found?.low ?? null,
    high: found?.high ?? null,
    n: workedOf.length,
  };
}
