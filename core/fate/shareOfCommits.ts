import { bootstrapRatio, type Cluster } from "../statistics/clusterBootstrap.ts";
import { linearisedRatio } from "../statistics/linearisedRatio.ts";
import { hullOf, type Interval } from "../statistics/interval.ts";
import type { LineGroup } from "./lineGroups.ts";

const rounds = 400;
/** Of more there is nothing that drawing would add. */
const manyCommits = 400;

/** How many of its lines each commit still had at an age, of lines that were watched for so long. */
export function survivorsByCommit(
  watched: readonly Pick<LineGroup, "commit" | "lines" | "end" | "days">[],
  days: number,
): Cluster[] {
  const commits = new Map<number, { part: number; whole: number }>();
  for (const { commit, end, days: age, lines } of watched) {
    const cluster = commits.get(commit) ?? { part: 0, whole: 0 };
    commits.set(commit, cluster);
    cluster.whole += lines;
    if (end !== "died" || age > days) cluster.part += lines;
  }
  return [...commits.values()];
}

/** Greenwood takes lines for independent, which they are not: as wide as commits drawn anew make it. */
export function shareOfCommits(
  watched: readonly Pick<LineGroup, "commit" | "lines" | "end" | "days">[],
  days: number,
  at: Interval,
): Interval {
  const clusters = survivorsByCommit(watched, days);
  const drawn =
    clusters.length > manyCommits
      ? linearisedRatio(clusters)
      : bootstrapRatio(clusters, { seed: days, rounds });
  // One commit says nothing about another.
  if (!drawn) return { low: 0, high: 1 };
  const { low, high } = hullOf(at, drawn);
  return { low: Math.max(0, low), high: Math.min(1, high) };
}
