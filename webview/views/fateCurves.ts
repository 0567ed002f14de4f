import type { FateOfOrigin, Fates } from "../../protocol/fates.ts";
import type { MeasuredShare } from "../../protocol/share.ts";

/** Commits without which nothing is claimed of lines: they are what is drawn, not the lines. */
export const leastCommits = 20;

/** The days at which survival is read off, as far as anything was watched. */
export const survivalDays: readonly number[] = [1, 3, 7, 14, 21, 30, 45, 60, 75, 90];

/** The share that lives longer than each of the days; undefined where nothing was watched for so long. */
export function survivalShares(fate: FateOfOrigin | undefined): readonly (MeasuredShare | undefined)[] {
  const points = fate?.survival ?? [];
  const last = points.at(-1)?.days ?? -1;
  const needsMore = Math.max(0, leastCommits - (fate?.commits ?? 0));
  return survivalDays.map((day) => {
    const point = day <= last ? points.findLast(({ days }) => days <= day) : undefined;
    if (!point) return undefined;
    const { value, low, high } = point;
    const bounds = needsMore === 0 ? { low, high } : { low: null, high: null };
    return { value, ...bounds, n: point.atRisk, needsMore };
  });
}

/** The share of lines taken away within so many days of their commit. */
export function reworkedShare(fate: FateOfOrigin | undefined, days: number): MeasuredShare {
  const found = fate?.rework.find((each) => each.days === days);
  const commits = found?.commits ?? 0;
  const needsMore = Math.max(0, leastCommits - commits);
  if (!found?.share) return { value: null, low: null, high: null, n: commits, needsMore: leastCommits };
  const { value, low, high } = found.share;
  return needsMore === 0
    ? { value, low, high, n: commits, needsMore }
    : { value, low: null, high: null, n: commits, needsMore };
}

/** A fate by its kind alone. */
export function fateOf(fates: Fates, kind: "ai" | "human"): FateOfOrigin | undefined {
  return fates.kinds.find(({ origin }) => origin.kind === kind);
}
