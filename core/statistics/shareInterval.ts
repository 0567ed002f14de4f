import { bootstrapRatio, ratioOf, type BootstrapOptions, type Cluster } from "./clusterBootstrap.ts";
import { hullOf, type Interval } from "./interval.ts";
import { linearisedRatio } from "./linearisedRatio.ts";
import { wilsonInterval } from "./wilson.ts";

/**
 * The 95 % interval of a share whose units come in clusters. The bootstrap alone says too little near 0 and 1, where
 * the clusters that would disagree have not been drawn yet; Wilson's interval over what the clusters are worth says
 * what may still come. Both have to agree before anything is claimed. More than `manyClusters` are not drawn.
 */
export function shareInterval(
  clusters: readonly Cluster[],
  { manyClusters = Infinity, ...options }: BootstrapOptions & { readonly manyClusters?: number },
): Interval {
  const share = ratioOf(clusters);
  if (share === undefined) return { low: 0, high: 1 };
  const wilson = wilsonInterval(clampedToShare(share), equalClusters(clusters));
  const drawn =
    clusters.length > manyClusters ? linearisedRatio(clusters) : bootstrapRatio(clusters, options);
  if (!drawn) return wilson;
  const { low, high } = hullOf(wilson, drawn);
  return { low: clampedToShare(low), high: clampedToShare(high) };
}

/** How many clusters of one size the clusters are worth: one huge commit among small ones is little more than one. */
export function equalClusters(clusters: readonly Cluster[]): number {
  let sum = 0;
  let squares = 0;
  for (const { whole } of clusters) {
    sum += whole;
    squares += whole * whole;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

function clampedToShare(value: number): number {
  return Math.min(1, Math.max(0, value));
}
