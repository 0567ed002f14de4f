import { z975 } from "./normalQuantile.ts";
import { twoSidedTail } from "./normalTail.ts";
import type { Interval } from "./interval.ts";

export interface Estimated extends Interval {
  readonly value: number;
}

/** How likely such a difference of two values is without there being one, from the widths of their 95 % intervals. */
export function likelihoodOfDifference(one: Estimated, other: Estimated): number {
  const spread = Math.hypot(one.high - one.low, other.high - other.low) / (2 * z975);
  return spread === 0 ? 1 : twoSidedTail((one.value - other.value) / spread);
}

/** Whether the two intervals have nothing in common. */
export function areApart(one: Interval, other: Interval): boolean {
  return one.low > other.high || other.low > one.high;
}
