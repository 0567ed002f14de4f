import type { Interval } from "./interval.ts";
import { z975 } from "./normalQuantile.ts";
import { wilsonInterval } from "./wilson.ts";

/** Something that was born, and either died at this age or was last seen alive at it. */
export interface Lifetime {
  readonly days: number;
  readonly died: boolean;
  /** How many of them there are; 1 where nothing is said. */
  readonly count?: number;
}

export interface SurvivalStep extends Interval {
  readonly days: number;
  readonly atRisk: number;
  readonly deaths: number;
  /** The share that lives longer than `days`. */
  readonly share: number;
  readonly standardError: number;
}

/**
 * Kaplan and Meier's survival, one step for each age at which something died, with Greenwood's standard error. The
 * interval is taken on the log(−log) scale, so that it never leaves 0 to 1. Who was last seen at an age still counts
 * as at risk for those who died at it.
 */
export function survivalCurve(lifetimes: readonly Lifetime[]): SurvivalStep[] {
  const ages = new Map<number, { deaths: number; leaves: number }>();
  let atRisk = 0;
  for (const { days, died, count = 1 } of lifetimes) {
    if (!(count > 0) || !Number.isFinite(days)) continue;
    const age = ages.get(days) ?? { deaths: 0, leaves: 0 };
    if (died) age.deaths += count;
    else age.leaves += count;
    ages.set(days, age);
    atRisk += count;
  }
  const steps: SurvivalStep[] = [];
  let share = 1;
  let greenwood = 0;
  for (const [days, { deaths, leaves }] of [...ages].sort(([one], [other]) => one - other)) {
    if (deaths > 0) {
      share = deaths >= atRisk ? 0 : share * (1 - deaths / atRisk);
      if (share > 0) greenwood += deaths / (atRisk * (atRisk - deaths));
      const bounds = share > 0 ? logLogInterval(share, greenwood) : wilsonInterval(0, atRisk);
      steps.push({ days, atRisk, deaths, share, standardError: share * Math.sqrt(greenwood), ...bounds });
    }
    atRisk -= deaths + leaves;
  }
  return steps;
}

export interface SurvivalAt extends Interval {
  readonly share: number;
  /** How many were watched for at least that long, or died before. */
  readonly observed: number;
}

/** What survives to an age. Undefined where nobody was watched for so long: the curve does not go there. */
export function survivalAt(lifetimes: readonly Lifetime[], days: number): SurvivalAt | undefined {
  let observed = 0;
  let reaches = false;
  for (const { days: age, died, count = 1 } of lifetimes) {
    if (!(count > 0)) continue;
    if (age >= days) reaches = true;
    if (age >= days || died) observed += count;
  }
  const curve = survivalCurve(lifetimes);
  const last = curve.filter((step) => step.days <= days).at(-1);
  if (!reaches && last?.share !== 0) return undefined;
  if (!last) return { share: 1, ...wilsonInterval(1, observed), observed };
  return { share: last.share, low: last.low, high: last.high, observed };
}

/** The age at which half is gone, or undefined while more than half is alive at the end of what was watched. */
export function halfLife(curve: readonly SurvivalStep[]): number | undefined {
  return curve.find(({ share }) => share <= 0.5)?.days;
}

function logLogInterval(share: number, greenwood: number): Interval {
  const spread = (z975 * Math.sqrt(greenwood)) / Math.abs(Math.log(share));
  return { low: share ** Math.exp(spread), high: share ** Math.exp(-spread) };
}
