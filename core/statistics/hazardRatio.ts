import { agesAtRisk, isCounted, placesUpTo, worthOf, type ClusteredLifetime } from "./clusteredLifetimes.ts";
import type { Interval } from "./interval.ts";
import { studentT975 } from "./normalQuantile.ts";

/** An interval that is wider says nothing. */
const mostFactor = 1_000;
/** Below that there is no telling how far clusters differ. */
const leastWorth = 3;

export interface HazardRatio extends Interval {
  readonly value: number;
}

/**
 * How much sooner one group dies than the other: Mantel and Haenszel's form of the log-rank test, over all ages at which
 * something died. Its 95 % interval takes what belongs together as one. Undefined while one of the two lost nothing.
 */
export function hazardRatio(
  one: readonly ClusteredLifetime[],
  other: readonly ClusteredLifetime[],
): HazardRatio | undefined {
  const { days, groups } = agesAtRisk([one, other]);
  const [ofOne, ofOther] = groups as [(typeof groups)[number], (typeof groups)[number]];
  let observed = 0;
  let against = 0;
  days.forEach((_, place) => {
    const { atRisk, deaths } = ofOne[place]!;
    const { atRisk: risk, deaths: died } = ofOther[place]!;
    observed += (deaths * risk) / (atRisk + risk);
    against += (died * atRisk) / (atRisk + risk);
  });
  if (!(observed > 0) || !(against > 0)) return undefined;
  const value = observed / against;
  const scores = new Map<number, number>();
  addScores(scores, one, days, ofOne, ofOther, 1);
  addScores(scores, other, days, ofOther, ofOne, -value);
  const count = Math.min(worthOf(one), worthOf(other));
  if (!(count > leastWorth)) return undefined;
  const squares = [...scores.values()].reduce((sum, score) => sum + score ** 2, 0);
  const standardError = Math.sqrt((squares * count) / (count - 1)) / observed;
  const factor = Math.exp(studentT975(count - 1) * standardError);
  return factor > mostFactor ? undefined : { value, low: value / factor, high: value * factor };
}

type Ages = ReturnType<typeof agesAtRisk>["groups"][number];

/** What each adds to the difference of the two sums: its own death, less the deaths that were to be expected of it. */
function addScores(
  scores: Map<number, number>,
  lifetimes: readonly ClusteredLifetime[],
  days: readonly number[],
  own: Ages,
  others: Ages,
  weight: number,
): void {
  let sum = 0;
  const expected = [0];
  const shares = own.map(({ atRisk, deaths }, place) => {
    const share = others[place]!.atRisk / (atRisk + others[place]!.atRisk);
    sum += atRisk === 0 ? 0 : (share * deaths) / atRisk;
    expected.push(sum);
    return share;
  });
  for (const lifetime of lifetimes) {
    if (!isCounted(lifetime)) continue;
    const { cluster, died, count = 1 } = lifetime;
    const reached = placesUpTo(days, lifetime.days);
    const score = (died ? shares[reached - 1]! : 0) - expected[reached]!;
    scores.set(cluster, (scores.get(cluster) ?? 0) + weight * score * count);
  }
}
