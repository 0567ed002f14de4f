/** Steps of a doubling: a bucket is nine per cent wide, which is as exact as a median of waiting has to be. */
const stepsOfDoubling = 8;
/** A day: longer is a clock that was set. */
const longestMs = 86_400_000;

/** Requests by how long they took, in buckets of growing width. */
export type LatencyBuckets = ReadonlyMap<number, number>;

/** The bucket of a duration in milliseconds; undefined for what can be none. */
export function latencyBucket(ms: number): number | undefined {
  if (!(ms >= 0) || ms > longestMs) return undefined;
  return Math.floor(Math.log2(ms + 1) * stepsOfDoubling);
}

/** The duration that a share of the requests stayed below: the middle of its bucket, in whole milliseconds. */
export function latencyQuantile(buckets: LatencyBuckets, share: number): number | undefined {
  const sorted = [...buckets].filter(([, count]) => count > 0).sort(([one], [other]) => one - other);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  for (const [bucket, count] of sorted) {
    below += count;
    if (below >= all * share) return Math.round(2 ** ((bucket + 0.5) / stepsOfDoubling) - 1);
  }
  return undefined;
}
