import type { Interval } from "./interval.ts";
import { z975 } from "./normalQuantile.ts";

/**
 * Wilson's 95 % interval of a share. `n` counts independent units (tasks, commits, edits; never lines) and may be
 * fractional: what a clustered sample is worth. Without a sample everything is possible.
 */
export function wilsonInterval(share: number, n: number): Interval {
  if (!(n > 0)) return { low: 0, high: 1 };
  const denominator = 1 + (z975 * z975) / n;
  const centre = share + (z975 * z975) / (2 * n);
  const half = z975 * Math.sqrt((share * (1 - share)) / n + (z975 * z975) / (4 * n * n));
  return {
    low: Math.max(0, Math.min(share, (centre - half) / denominator)),
    high: Math.min(1, Math.max(share, (centre + half) / denominator)),
  };
}
