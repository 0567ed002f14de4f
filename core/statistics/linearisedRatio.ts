import { ratioOf, type Cluster } from "./clusterBootstrap.ts";
import type { Interval } from "./interval.ts";
import { z975 } from "./normalQuantile.ts";

/**
 * The 95 % interval of part ÷ whole summed over many clusters, by how far each cluster lies from the ratio: what the
 * bootstrap comes to once there are hundreds, at one pass over them. Undefined where `bootstrapRatio` is.
 */
export function linearisedRatio(all: readonly Cluster[]): Interval | undefined {
  const clusters = all.filter(({ whole }) => whole > 0);
  const value = ratioOf(clusters);
  const count = clusters.length;
  if (value === undefined || count < 2) return undefined;
  let squares = 0;
  let sum = 0;
  for (const { part, whole } of clusters) {
    squares += (part - value * whole) ** 2;
    sum += whole;
  }
  const spread = (z975 * Math.sqrt((squares * count) / (count - 1))) / sum;
  return { low: value - spread, high: value + spread };
}
