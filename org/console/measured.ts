import { bootstrapRatio, ratioOf, type Cluster } from "../../core/statistics/clusterBootstrap.ts";
import type { Interval } from "../../core/statistics/interval.ts";
import { isTool, sumOf, type WeekLine } from "./period.ts";

/** Weeks below which a share is not shown to be more than chance. */
export const leastWeeks = 4;

const seed = 20_201;

export interface MeasuredShare {
  readonly value: number | undefined;
  readonly interval: Interval | undefined;
  /** Weeks that show all that is needed. */
  readonly weeks: number;
  /** Cells that would belong to it and are hidden. */
  readonly hidden: number;
}

/** A share of sums; weeks are drawn together, because what is written in one week is not independent. */
export function shareOver(
  weeks: readonly WeekLine[],
  clusterOf: (week: WeekLine) => { readonly cluster: Cluster | undefined; readonly hidden: number },
): MeasuredShare {
  const read = weeks.map(clusterOf);
  const clusters = read.flatMap(({ cluster }) => (cluster === undefined ? [] : [cluster]));
  return shareOfClusters(
    clusters,
    read.reduce((sum, each) => sum + each.hidden, 0),
  );
}

/** One cluster for each week. */
export function shareOfClusters(clusters: readonly Cluster[], hidden: number): MeasuredShare {
  const enough = clusters.length >= leastWeeks;
  return {
    value: enough ? ratioOf(clusters) : undefined,
    interval: enough ? bootstrapRatio(clusters, { seed }) : undefined,
    ...{ weeks: clusters.length, hidden },
  };
}

/** Of what was inserted, what was never removed. */
export function keptShare(weeks: readonly WeekLine[], isWanted: (column: string) => boolean): MeasuredShare {
  return shareOver(weeks, (week) => {
    const { amounts, hidden } = sumOf(week, isWanted);
    return {
      cluster: amounts === undefined ? undefined : { part: amounts.kept, whole: amounts.inserted },
      hidden,
    };
  });
}

/** Of what AI and people inserted, what AI did. A week counts where both sides are shown whole. */
export function aiShare(weeks: readonly WeekLine[]): MeasuredShare {
  return shareOver(weeks, (week) => {
    const ai = sumOf(week, isTool);
    const human = sumOf(week, (column) => column === "human");
    const hidden = ai.hidden + human.hidden;
    if (hidden > 0 || (ai.amounts === undefined && human.amounts === undefined)) {
      return { cluster: undefined, hidden };
    }
    const part = ai.amounts?.inserted ?? 0;
    return { cluster: { part, whole: part + (human.amounts?.inserted ?? 0) }, hidden };
  });
}

/** Said only when the two intervals do not touch. */
export function trendOf(now: MeasuredShare, before: MeasuredShare): "up" | "down" | "noneSeen" | "unknown" {
  if (now.interval === undefined || before.interval === undefined) return "unknown";
  if (now.interval.low > before.interval.high) return "up";
  return now.interval.high < before.interval.low ? "down" : "noneSeen";
}
