import type { MeasuredShare } from "../../protocol/share.ts";
import { benjaminiHochberg } from "../statistics/benjaminiHochberg.ts";
import { areApart, likelihoodOfDifference } from "../statistics/differenceOfIntervals.ts";

/** Two of several shares that may be called different: the first lies above. */
export interface DifferingPair {
  readonly above: number;
  readonly below: number;
  readonly points: number;
}

/** Few days say little of how far days differ: so that no more than 5 % of claims are false, fewer by chance are called. */
const falseRate = 0.01;

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
    compared.map(({ one, other }) => likelihoodOfDifference(one, other)),
    falseRate,
  );
  const pairs = compared
    .filter(({ one, other }, index) => called[index] && areApart(one, other))
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
