import type { RetentionPoint } from "../../protocol/retentionCurve.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import { grouped } from "../grouped.ts";
import { measureShare, measureShareOver, type RatioSums } from "../summary/ratio.ts";
import { sampleTimes } from "./sampleTimes.ts";

/** Sums over samples of edits at one time after each. */
export interface RetentionSums {
  readonly samples: number;
  readonly arc: number;
  readonly insertedChars: number;
  readonly arcSquared: number;
  readonly insertedSquared: number;
  readonly arcTimesInserted: number;
  /** Samples that say whether the edit was taken back. */
  readonly judged: number;
  /** Those of them that say it was. */
  readonly reverted: number;
  /** Their scores, added up, in millionths. */
  readonly noRevert: number;
  /** Samples that have a 4-gram score, and these scores, added up, in millionths. */
  readonly fourGrams: number;
  readonly fourGram: number;
  /** Samples that are in none of the other sums: taken too late, or on another branch. */
  readonly apart: number;
}

/** Nearer than this to what had been there before, an edit was taken back: half way. */
export const revertedBelow = 0.5;

/** What one sample adds. */
export function sumsOfSample(sample: {
  readonly arc: number;
  readonly insertedChars: number;
  readonly fourGram: number | null;
  readonly noRevert: number | null;
  readonly late: boolean;
  readonly otherBranch: boolean | null;
}): RetentionSums {
  const { arc, insertedChars: inserted, fourGram, noRevert } = sample;
  if (sample.late || sample.otherBranch === true) return { ...noSamples, apart: 1 };
  return {
    samples: 1,
    arc,
    insertedChars: inserted,
    arcSquared: arc * arc,
    insertedSquared: inserted * inserted,
    arcTimesInserted: arc * inserted,
    judged: noRevert === null ? 0 : 1,
    reverted: noRevert !== null && noRevert < revertedBelow ? 1 : 0,
    noRevert: millionths(noRevert),
    fourGrams: fourGram === null ? 0 : 1,
    fourGram: millionths(fourGram),
    apart: 0,
  };
}

/** Whole numbers: what is added can be taken away again and leaves nothing. */
function millionths(score: number | null): number {
  return Math.round((score ?? 0) * 1_000_000);
}

export const noSamples: RetentionSums = {
  samples: 0,
  arc: 0,
  insertedChars: 0,
  arcSquared: 0,
  insertedSquared: 0,
  arcTimesInserted: 0,
  judged: 0,
  reverted: 0,
  noRevert: 0,
  fourGrams: 0,
  fourGram: 0,
  apart: 0,
};

export function addRetention(one: RetentionSums, other: RetentionSums, sign: 1 | -1 = 1): RetentionSums {
  return {
    samples: one.samples + sign * other.samples,
    arc: one.arc + sign * other.arc,
    insertedChars: one.insertedChars + sign * other.insertedChars,
    arcSquared: one.arcSquared + sign * other.arcSquared,
    insertedSquared: one.insertedSquared + sign * other.insertedSquared,
    arcTimesInserted: one.arcTimesInserted + sign * other.arcTimesInserted,
    judged: one.judged + sign * other.judged,
    reverted: one.reverted + sign * other.reverted,
    noRevert: one.noRevert + sign * other.noRevert,
    fourGrams: one.fourGrams + sign * other.fourGrams,
    fourGram: one.fourGram + sign * other.fourGram,
    apart: one.apart + sign * other.apart,
  };
}

type Rows<More> = readonly (RetentionSums & { readonly kind: string } & More)[];

/**
 * How much of AI edits is left at each of the sample times. What one day holds is alike: all intervals are so much wider as
 * `days`, which are of one of these times, say that days differ.
 */
export function retentionCurve(
  rows: Rows<{ readonly dueMs: number }>,
  days: Rows<{ readonly day?: string }> = [],
): RetentionPoint[] {
  const widened = widenedBy(days);
  return sampleTimes.map((dueMs) => {
    const sums = addedUp(rows.filter((row) => row.dueMs === dueMs));
    return {
      dueMs,
      left: widened(measureShare(ratioOf(sums))),
      judged: sums.judged,
      reverted: sums.reverted,
      apart: sums.apart,
    };
  });
}

function addedUp(rows: Rows<object>): RetentionSums {
  return rows
    .filter(({ kind }) => kind === "ai")
    .reduce<RetentionSums>((all, row) => addRetention(all, row), noSamples);
}

function ratioOf(sums: RetentionSums): RatioSums {
  return {
    n: sums.samples,
    part: sums.arc,
    whole: sums.insertedChars,
    partSquared: sums.arcSquared,
    wholeSquared: sums.insertedSquared,
    partTimesWhole: sums.arcTimesInserted,
  };
}

function widenedBy(days: Rows<{ readonly day?: string }>): (share: MeasuredShare) => MeasuredShare {
  const alone = measureShare(ratioOf(addedUp(days)));
  const over = measureShareOver(
    [...grouped(days, ({ day }) => day).values()].map((own) => ratioOf(addedUp(own))),
  );
  const [below, above] = [timesAsFar(over, alone, "low"), timesAsFar(over, alone, "high")];
  return (share) => {
    const { value, low, high } = share;
    if (value === null || low === null || high === null) return share;
    const [lower, upper] = [value - below * (value - low), value + above * (high - value)];
    return { ...share, low: Math.max(0, lower), high: Math.min(1, upper) };
  };
}

/** How many times as far from its value a bound lies; 1 where there is nothing to compare. */
function timesAsFar(one: MeasuredShare, other: MeasuredShare, bound: "low" | "high"): number {
  const [far, near] = [one, other].map(({ value, [bound]: at }) =>
    value === null || at === null ? 0 : Math.abs(at - value),
  ) as [number, number];
  return near > 0 ? Math.max(1, far / near) : 1;
}
