import type { Lifetime } from "./kaplanMeier.ts";

/** A lifetime with what it belongs together with: lines of one commit go together. */
export interface ClusteredLifetime extends Lifetime {
  readonly cluster: number;
}

/** So many were at risk at an age, and so many died at it. */
export interface AgeAtRisk {
  readonly days: number;
  readonly atRisk: number;
  readonly deaths: number;
}

/** The ages at which something died in any of some groups, with what each group had then. */
export function agesAtRisk(groups: readonly (readonly Lifetime[])[]): {
  readonly days: readonly number[];
  readonly groups: readonly (readonly AgeAtRisk[])[];
} {
  const known = groups.map((group) => group.filter(isCounted));
  const days = [...new Set(known.flat().flatMap((each) => (each.died ? [each.days] : [])))].sort(
    (one, other) => one - other,
  );
  return { days, groups: known.map((group) => atRiskOf(group, days)) };
}

export function isCounted({ days, count = 1 }: Lifetime): boolean {
  return count > 0 && Number.isFinite(days);
}

/** How many of some ages in order are not after one. */
export function placesUpTo(ages: readonly number[], days: number): number {
  let low = 0;
  let high = ages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ages[middle]! <= days) low = middle + 1;
    else high = middle;
  }
  return low;
}

function atRiskOf(group: readonly Lifetime[], ages: readonly number[]): AgeAtRisk[] {
  const deaths = new Map<number, number>();
  /** Who leaves before an age is at risk no more at it: by the place of the last age that was reached. */
  const leaving = new Array<number>(ages.length + 1).fill(0);
  let atRisk = 0;
  for (const { days, died, count = 1 } of group) {
    atRisk += count;
    leaving[placesUpTo(ages, days)]! += count;
    if (died) deaths.set(days, (deaths.get(days) ?? 0) + count);
  }
  return ages.map((days, place) => {
    atRisk -= leaving[place]!;
    return { days, atRisk, deaths: deaths.get(days) ?? 0 };
  });
}

/** So many clusters of one size would tell as much: few large ones among many small ones tell less than they are many. */
export function worthOf(lifetimes: readonly ClusteredLifetime[]): number {
  const sizes = new Map<number, number>();
  for (const { cluster, count = 1 } of lifetimes.filter(isCounted))
    sizes.set(cluster, (sizes.get(cluster) ?? 0) + count);
  const all = [...sizes.values()];
  const sum = all.reduce((total, size) => total + size, 0);
  return sum === 0 ? 0 : sum ** 2 / all.reduce((total, size) => total + size ** 2, 0);
}
