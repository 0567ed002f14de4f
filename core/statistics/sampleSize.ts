import type { Interval } from "./interval.ts";
import { z80, z95, z975 } from "./normalQuantile.ts";
import { wilsonInterval } from "./wilson.ts";

/** Nobody waits for more than that: the share and the target cannot be told apart. */
const mostUnits = 100_000;

/**
 * How many units it takes until a share as observed is surely on its side of a target. Undefined where the share is
 * the target, or so near that no sample that can be had will tell.
 */
export function unitsToTell(share: number, target: number): number | undefined {
  if (share === target) return undefined;
  const tells = (n: number): boolean => {
    const { low, high } = wilsonInterval(share, n);
    return share < target ? high < target : low > target;
  };
  if (!tells(mostUnits)) return undefined;
  let tooFew = 0;
  let enough = mostUnits;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (tells(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/**
 * How many more units it takes until an interval ends before the target that it holds: it narrows with the square root of
 * their number, whatever they are measured in. Undefined where no sample that can be had will tell.
 */
export function moreOfInterval(
  value: number,
  { low, high }: Interval,
  target: number,
  units: number,
): number | undefined {
  const reach = target > value ? high - value : value - low;
  const needed = Math.ceil(units * (reach / (target - value)) ** 2);
  return needed <= mostUnits ? Math.max(1, needed - units) : undefined;
}

/**
 * Units on each side to show that one share is not worse than the other by more than a margin, where both are `share`
 * in truth: one-sided at 5 %, with 80 % power.
 */
export function unitsForNonInferiority(share: number, margin: number): number | undefined {
  if (!(margin > 0)) return undefined;
  return Math.ceil(((z95 + z80) ** 2 * 2 * share * (1 - share)) / (margin * margin));
}

/**
 * The smallest lift (a part of a duration saved) that so many units on each side would show with 80 % power, where
 * the logarithms of durations spread by `logDeviation`. It stands beside every lift that is shown.
 */
export function smallestLift(unitsOnEachSide: number, logDeviation: number): number | undefined {
  if (!(unitsOnEachSide > 0) || !(logDeviation >= 0)) return undefined;
  return 1 - Math.exp(-(z975 + z80) * logDeviation * Math.sqrt(2 / unitsOnEachSide));
}
