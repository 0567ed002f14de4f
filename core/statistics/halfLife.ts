import { agesAtRisk, isCounted, placesUpTo, worthOf, type ClusteredLifetime } from "./clusteredLifetimes.ts";
import { studentT975 } from "./normalQuantile.ts";

/** When half is gone, with the bounds of its 95 % interval; null for what was not reached while it was watched. */
export interface HalfLife {
  readonly days: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The age at which Kaplan and Meier's curve crosses a half, and the ages at which the bounds of its interval do, after
 * Brookmeyer and Crowley, on the log(−log) scale. What belongs together counts as one. `wideness` is how many standard
 * errors the interval has to each side.
 */
export function halfLifeOf(
  lifetimes: readonly ClusteredLifetime[],
  wideness: (worth: number) => number = widenessOf,
): HalfLife {
  const { days, groups } = agesAtRisk([lifetimes]);
  const ages = groups[0]!;
  let share = 1;
  const shares = ages.map(({ atRisk, deaths }) => (share *= 1 - deaths / atRisk));
  const own = lifetimes.filter(isCounted);
  const width = wideness(worthOf(own));
  const hazards = [0];
  for (const { atRisk, deaths } of ages) hazards.push(hazards.at(-1)! + deaths / atRisk ** 2);
  /** The bounds of the curve at one of its ages. */
  const bounds = (place: number) => {
    const at = shares[place]!;
    if (!(at > 0)) return { low: 0, high: 0 };
    const scores = new Map<number, number>();
    for (const { cluster, days: age, died, count = 1 } of own) {
      const reached = Math.min(placesUpTo(days, age), place + 1);
      const dies = died && age <= days[place]! ? 1 / ages[reached - 1]!.atRisk : 0;
      scores.set(cluster, (scores.get(cluster) ?? 0) + count * (dies - hazards[reached]!));
    }
    const squares = [...scores.values()].reduce((sum, score) => sum + score ** 2, 0);
    const spread = (width * Math.sqrt(squares)) / Math.abs(Math.log(at));
    return { low: at ** Math.exp(spread), high: at ** Math.exp(-spread) };
  };
  return {
    days: days[shares.findIndex((each) => each <= 0.5)] ?? null,
    low: firstAge(days, (place) => bounds(place).low <= 0.5),
    high: firstAge(days, (place) => bounds(place).high <= 0.5),
  };
}

/** Of bounds that fall with age: after halving, not after going through all. */
function firstAge(days: readonly number[], isReached: (place: number) => boolean): number | null {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return days[low] ?? null;
}

function widenessOf(worth: number): number {
  return worth < 2 ? Infinity : studentT975(worth - 1) * Math.sqrt(worth / (worth - 1));
}
