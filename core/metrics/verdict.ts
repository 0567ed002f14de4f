import type { Interval } from "../statistics/interval.ts";
import type { Direction } from "./metric.ts";

export type Verdict = "meets" | "misses" | "notEnoughData";

/**
 * Nothing is claimed that the whole interval does not carry: a metric meets its target when even its worse bound does,
 * and misses it when even its better bound does. Null where there is nothing to be judged by.
 */
export function verdictOf(
  direction: Direction,
  target: number | undefined,
  interval: Interval | undefined,
): Verdict | null {
  if (direction === "none" || target === undefined) return null;
  if (!interval) return "notEnoughData";
  const [above, below] =
    direction === "higher" ? (["meets", "misses"] as const) : (["misses", "meets"] as const);
  if (interval.low > target) return above;
  if (interval.high < target) return below;
  return "notEnoughData";
}
