import type { Cluster } from "./clusterBootstrap.ts";
import type { Interval } from "./interval.ts";
import { studentT975 } from "./normalQuantile.ts";

/**
 * The 95 % interval of part ÷ whole summed over clusters of which some have only a part or only a whole, as days do on
 * which money was spent and nothing committed: linearised, on the scale of the logarithm, so that no bound is below
 * nothing. Undefined for fewer than five clusters, or where one of the sums is nothing.
 */
export function ratioOfSums(all: readonly Cluster[]): (Interval & { readonly value: number }) | undefined {
  const clusters = all.filter(({ part, whole }) => part > 0 || whole > 0);
  const count = clusters.length;
  const part = clusters.reduce((sum, cluster) => sum + cluster.part, 0);
  const whole = clusters.reduce((sum, cluster) => sum + cluster.whole, 0);
  if (count < leastClusters || !(part > 0) || !(whole > 0)) return undefined;
  const value = part / whole;
  const squares = clusters.reduce((sum, cluster) => sum + (cluster.part - value * cluster.whole) ** 2, 0);
  const standardError = Math.sqrt((squares * count) / (count - 1)) / whole;
  const factor = Math.exp((studentT975(count - 1) * standardError) / value);
  return { value, low: value / factor, high: value * factor };
}

const leastClusters = 5;
