import type { Cluster } from "../statistics/clusterBootstrap.ts";
import type { Interval } from "../statistics/interval.ts";
import { linearisedRatio } from "../statistics/linearisedRatio.ts";
import { studentT975, z975 } from "../statistics/normalQuantile.ts";

/** Steps of a doubling: a bucket is nine per cent wide, which is as exact as a median of waiting has to be. */
const stepsOfDoubling = 8;
/** A day: longer is a clock that was set. */
const longestMs = 86_400_000;
/** Of fewer nobody knows how far days differ. */
const leastDays = 5;

/** Requests by how long they took, in buckets of growing width. */
export type LatencyBuckets = ReadonlyMap<number, number>;

/** The bucket of a duration in milliseconds; undefined for what can be none. */
export function latencyBucket(ms: number): number | undefined {
  if (!(ms >= 0) || ms > longestMs) return undefined;
  return Math.floor(Math.log2(ms + 1) * stepsOfDoubling);
}

/** The duration that a share of the requests stayed below: the middle of its bucket, in whole milliseconds. */
export function latencyQuantile(buckets: LatencyBuckets, share: number): number | undefined {
  const bucket = bucketOf(buckets, share);
  return bucket === undefined ? undefined : Math.round(msOf(bucket + 0.5));
}

/**
 * The 95 % interval of the median: the times between which it lies by rank, to the edges of their buckets. Requests of one
 * day are alike, so the ranks are as far apart as the days differ, and never nearer than for as many requests that know
 * nothing of each other. Undefined for fewer than five days.
 */
export function latencyInterval(days: readonly LatencyBuckets[]): Interval | undefined {
  const all = new Map<number, number>();
  for (const [bucket, count] of days.flatMap((day) => [...day]))
    all.set(bucket, (all.get(bucket) ?? 0) + count);
  const middle = bucketOf(all, 0.5);
  const clusters = days.map((day) => sharesBelow(day, middle ?? 0)).filter(({ whole }) => whole > 0);
  const between = linearisedRatio(clusters);
  if (clusters.length < leastDays || !between) return undefined;
  const requests = clusters.reduce((sum, { whole }) => sum + whole, 0);
  const byDays = (((between.high - between.low) / 2) * studentT975(clusters.length - 1)) / z975;
  const reach = Math.max(byDays, z975 / (2 * Math.sqrt(requests)));
  const [low, high] = [bucketOf(all, Math.max(0, 0.5 - reach))!, bucketOf(all, Math.min(1, 0.5 + reach))!];
  return { low: msOf(low), high: msOf(high + 1) };
}

/** Those of the middle bucket lie below its middle by half. */
function sharesBelow(day: LatencyBuckets, middle: number): Cluster {
  let [part, whole] = [0, 0];
  for (const [bucket, count] of day) {
    whole += count;
    part += bucket < middle ? count : bucket === middle ? count / 2 : 0;
  }
  return { part, whole };
}

function msOf(bucket: number): number {
  return 2 ** (bucket / stepsOfDoubling) - 1;
}

function bucketOf(buckets: LatencyBuckets, share: number): number | undefined {
  const sorted = [...buckets].filter(([, count]) => count > 0).sort(([one], [other]) => one - other);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  for (const [bucket, count] of sorted) {
    below += count;
    if (below >= all * share) return bucket;
  }
  return undefined;
}
