import type { Cluster } from "./clusterBootstrap.ts";
import type { Interval } from "./interval.ts";
import { studentT975 } from "./normalQuantile.ts";
import { unseenTail } from "./unseenTail.ts";

/** Clusters below which no interval is made: a few tasks are a story, no sample. */
export const leastCosts = 20;
/** An interval that is wider says nothing. */
const mostFactor = 1_000;

/**
 * The 95 % interval of cost ÷ what it was paid for, summed over clusters, of which some may have cost alone: linearised on
 * the scale of the logarithm, and as wide as a tail asks for that was not met yet. A bootstrap draws what was met alone,
 * and takes costs that differ much for lower than they are in twice as many worlds as it says.
 */
export function costRatio(all: readonly Cluster[]): Interval | undefined {
  const clusters = all.filter(({ part, whole }) => part > 0 || whole > 0);
  const count = clusters.length;
  const cost = clusters.reduce((sum, { part }) => sum + part, 0);
  const paidFor = clusters.reduce((sum, { whole }) => sum + whole, 0);
  if (count < leastCosts || !(cost > 0) || !(paidFor > 0)) return undefined;
  const value = cost / paidFor;
  const squares = clusters.reduce((sum, { part, whole }) => sum + (part - value * whole) ** 2, 0);
  const seen = (squares * count) / (count - 1) / cost ** 2;
  const tail = unseenTail(clusters.map(({ part }) => part));
  const factor = Math.exp(studentT975(count - 1) * Math.sqrt(seen * tail));
  return factor > mostFactor ? undefined : { low: value / factor, high: value * factor };
}
