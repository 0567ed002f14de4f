import type { MeasuredShare } from "../protocol/share.ts";
import { benjaminiHochberg } from "./statistics/benjaminiHochberg.ts";
import { z975 } from "./statistics/normalQuantile.ts";
import { twoSidedTail } from "./statistics/normalTail.ts";

/** Two of several shares that may be called different: the first lies above. */
export interface DifferingPair {
  readonly above: number;
  readonly below: number;
  readonly points: number;
}

/** Of those called different, so many may be so by chance. */
const falseRate = 0.05;

/**
 * Which of several shares differ, by index, the widest apart first. Every pair is compared, so that the more there are
 * the more it takes; and two whose intervals overlap are never called different.
 */
export function differingShares(shares: readonly MeasuredShare[]): {
  readonly compared: number;
  readonly pairs: readonly DifferingPair[];
} {
  const bounds = shares.flatMap(({ value, low, high, needsMore }, index) =>
    value === null || low === null || high === null || needsMore > 0 ? [] : [{ index, value, low, high }],
  );
  const compared = bounds.flatMap((one, place) => bounds.slice(place + 1).map((other) => ({ one, other })));
  const called = benjaminiHochberg(
    compared.map(({ one, other }) => likelihood(one, other)),
    falseRate,
  );
  const pairs = compared
    .filter(({ one, other }, index) => called[index] && (one.low > other.high || other.low > one.high))
    .map(({ one, other }): DifferingPair => {
      const [above, below] = one.value > other.value ? [one, other] : [other, one];
      return {
        above: above.index,
        below: below.index,
        points: Math.round((above.value - below.value) * 100),
      };
    })
    .sort((one, other) => other.points - one.points);
  return { compared: compared.length, pairs };
}

interface Bounds {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How likely such a difference is without there being one, from the widths of the two intervals. */
function likelihood(one: Bounds, other: Bounds): number {
  const spread = Math.hypot(one.high - one.low, other.high - other.low) / (2 * z975);
  return spread === 0 ? 1 : twoSidedTail((one.value - other.value) / spread);
}
