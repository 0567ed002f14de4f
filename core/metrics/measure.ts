import type { PastMetric } from "../../protocol/past.ts";
import type { Target } from "../../protocol/targets.ts";
import { equalClusters, shareInterval } from "../statistics/shareInterval.ts";
import { bootstrapRatio, ratioOf, type Cluster } from "../statistics/clusterBootstrap.ts";
import { hullOf, type Interval } from "../statistics/interval.ts";
import { moreOfInterval, unitsToTell } from "../statistics/sampleSize.ts";
import { wilsonInterval } from "../statistics/wilson.ts";
import { worthOfDays } from "../statistics/worthOfDays.ts";
import { inputs, type Metric } from "./metric.ts";
import type { Sample } from "./sample.ts";
import { sampleWords } from "./sampleWords.ts";
import type { Trend } from "./trend.ts";
import { verdictOf, type Verdict } from "./verdict.ts";

export interface Measured {
  readonly id: string;
  /** Null while there is not enough data. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Units in the sample: days, edits, tasks, commits. */
  readonly n: number;
  /** The share of what it counts of which enough is known: `extentOf` says of what. */
  readonly coverage: number | null;
  /** What has to be reached. */
  readonly target: number | null;
  /** What it was before, and the best that can be had; null where nobody says. */
  readonly baseline: number | null;
  readonly ceiling: number | null;
  /** Null where there is no target to meet. */
  readonly verdict: Verdict | null;
  /** Null where there is nothing to compare with. */
  readonly trend: Trend | null;
  /** What it was in as long a time before. */
  readonly past: Omit<PastMetric, "id"> | null;
  /** About how many more units would give a number, or a verdict; null where no sample that can be had will. */
  readonly needsMore: number | null;
  /** Why there is no number. */
  readonly reason: string | null;
}

export interface MeasureOptions {
  readonly seed: number;
  readonly coverage: number | null;
  /** Its requirement in place of the default target. */
  readonly target?: Target | undefined;
  /** Where the target names no baseline. */
  readonly baseline?: number | undefined;
}

/** A metric from its sample; without one it says what is missing. */
export function measure(metric: Metric, sample: Sample | undefined, options: MeasureOptions): Measured {
  const coverage = sample?.kind === "cases" ? (sample.coverage ?? options.coverage) : options.coverage;
  const target = metric.direction === "none" ? undefined : (options.target?.requirement ?? metric.target);
  const read = sample && readSample(sample, options.seed);
  const n = read?.n ?? 0;
  const common = {
    ...{ id: metric.id, n, coverage, target: target ?? null, trend: null, past: null },
    baseline: options.target?.baseline ?? options.baseline ?? null,
    ceiling: options.target?.ceiling ?? null,
  };
  if (!read || read.value === undefined || n < metric.leastSample) {
    return {
      ...common,
      value: null,
      low: null,
      high: null,
      verdict: verdictOf(metric.direction, target, undefined),
      needsMore: sample ? Math.max(0, metric.leastSample - n) : null,
      reason: sample ? tooFew(metric, n) : `needs ${inputs[metric.input].words}`,
    };
  }
  const { value, interval } = read;
  const verdict = verdictOf(metric.direction, target, interval);
  return {
    ...common,
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    verdict,
    needsMore: verdict === "notEnoughData" ? moreToTell(metric, read, target!) : 0,
    reason: null,
  };
}

interface Reading {
  readonly n: number;
  readonly value: number | undefined;
  readonly interval: Interval | undefined;
  /** What the sample is worth in units that know nothing of each other. */
  readonly worth: number;
}

function readSample(sample: Sample, seed: number): Reading {
  switch (sample.kind) {
    case "clusters":
      return readClusters(sample.clusters, seed);
    case "cases": {
      const { of } = sample;
      const value = of > 0 ? Math.min(1, Math.max(0, sample.cases / of)) : undefined;
      const interval =
        value === undefined ? undefined : intervalOfCases(value, of, sample.groups ?? [], seed);
      return {
        n: of,
        value,
        interval,
        worth: interval ? worthOf(value!, interval, of) : of,
      };
    }
    case "estimate": {
      const { value, interval, of } = sample;
      return { n: of, value, interval, worth: interval ? worthOf(value, interval, of) : of };
    }
    case "without":
      return { n: sample.of, value: undefined, interval: undefined, worth: 0 };
    case "count":
      return { n: sample.of, value: sample.count, interval: undefined, worth: sample.of };
  }
}

/** Units that know nothing of each other and would give a share the interval that is shown. */
function worthOf(value: number, { low, high }: Interval, of: number): number {
  if (!(of > 0) || !(high > low) || value < 0 || value > 1) return of;
  const alone = wilsonInterval(value, of);
  return Math.min(of, of * ((alone.high - alone.low) / (high - low)) ** 2);
}

/** Cases that come in groups say less than as many that know nothing of each other. */
function intervalOfCases(value: number, of: number, groups: readonly Cluster[], seed: number): Interval {
  const alone = wilsonInterval(value, worthOfDays(of, groups));
  const drawn = bootstrapRatio(groups, { seed });
  if (!drawn) return alone;
  const { low, high } = hullOf(alone, drawn);
  return { low: Math.max(0, low), high: Math.min(1, high) };
}

function readClusters(all: readonly Cluster[], seed: number): Reading {
  const clusters = all.filter(({ whole }) => whole > 0);
  const value = ratioOf(clusters);
  const interval = value === undefined ? undefined : shareInterval(clusters, { seed });
  return { n: clusters.length, value, interval, worth: equalClusters(clusters) };
}

function tooFew({ leastSample, sampleOf }: Metric, n: number): string {
  if (n >= leastSample) return `not enough data: ${sampleWords(n, sampleOf)} come to no number yet`;
  return leastSample === 1
    ? `not enough data: no ${sampleOf} yet`
    : `not enough data: ${sampleWords(n, sampleOf)} of the ${leastSample} it takes`;
}

/** Null where waiting does not tell: of the month's forecast it is the days that are left that do. */
function moreToTell({ unit, input }: Metric, read: Reading, target: number): number | null {
  const { n, worth, value, interval } = read;
  if (value === undefined || !interval || input === "budget") return null;
  if (unit !== "share") return moreOfInterval(value, interval, target, n) ?? null;
  const units = unitsToTell(value, target);
  if (units === undefined || !(worth > 0)) return null;
  return Math.max(1, Math.ceil((units * n) / worth) - n);
}
