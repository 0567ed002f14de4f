import type { Cluster } from "./clusterBootstrap.ts";
import { equalClusters } from "./shareInterval.ts";

/** Two of one day are taken to be as alike as that at least: a few days do not show how alike they are. */
const leastLikeness = 0.3;

/** How many cases that know nothing of each other so many are worth that come in days. What one day holds says nothing of others. */
export function worthOfDays(cases: number, days: readonly Cluster[]): number {
  const filled = days.filter(({ whole }) => whole > 0);
  if (filled.length === 1) return 1;
  const inDay = filled.length === 0 ? 1 : Math.max(1, cases / equalClusters(filled));
  return cases / (1 + (inDay - 1) * leastLikeness);
}
