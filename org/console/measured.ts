import { bootstrapRatio, ratioOf, type Cluster } from "../../core/statistics/clusterBootstrap.ts";
import type { Interval } from "../../core/statistics/interval.ts";
import { hiddenSentences, type HiddenReason } from "../../protocol/protection.ts";
import { isTool, sumOf, type WeekLine } from "./period.ts";

/** Weeks below which a share is not shown to be more than chance. */
export const leastWeeks = 4;

const seed = 20_201;

export interface MeasuredShare {
  readonly value: number | undefined;
  readonly interval: Interval | undefined;
  /** Weeks that show all that is needed. */
  readonly weeks: number;
  /** Of what it is a share: edits, lines, tokens or requests. */
  readonly sample: number;
  /** Why each cell that would belong to it is hidden. */
  readonly hidden: readonly HiddenReason[];
}

interface Read {
  readonly cluster: Cluster | undefined;
  readonly sample: number;
  readonly hidden: readonly HiddenReason[];
}

/** A share of sums; weeks are drawn together, because what is written in one week is not independent. */
function shareOver(weeks: readonly WeekLine[], read: (week: WeekLine) => Read): MeasuredShare {
  const all = weeks.map(read);
  return shareOfClusters(
    all.flatMap(({ cluster }) => (cluster === undefined ? [] : [cluster])),
    all.reduce((sum, { cluster, sample }) => sum + (cluster === undefined ? 0 : sample), 0),
    all.flatMap(({ hidden }) => hidden),
  );
}

/** One cluster for each week. */
export function shareOfClusters(
  clusters: readonly Cluster[],
  sample: number,
  hidden: readonly HiddenReason[],
): MeasuredShare {
  const enough = clusters.length >= leastWeeks;
  return {
    value: enough ? ratioOf(clusters) : undefined,
    interval: enough ? bootstrapRatio(clusters, { seed }) : undefined,
    ...{ weeks: clusters.length, sample, hidden },
  };
}

/** Of what was inserted, what was never removed. */
export function keptShare(weeks: readonly WeekLine[], isWanted: (column: string) => boolean): MeasuredShare {
  return shareOver(weeks, (week) => {
    const { amounts, hidden } = sumOf(week, isWanted);
    return {
      cluster: amounts === undefined ? undefined : { part: amounts.kept, whole: amounts.inserted },
      sample: amounts?.edits ?? 0,
      hidden,
    };
  });
}

/** Of what AI and people inserted, what AI did. A week counts where both sides are shown whole. */
export function aiShare(weeks: readonly WeekLine[]): MeasuredShare {
  return shareOver(weeks, (week) => {
    const ai = sumOf(week, isTool);
    const human = sumOf(week, (column) => column === "human");
    const hidden = [...ai.hidden, ...human.hidden];
    const sample = (ai.amounts?.edits ?? 0) + (human.amounts?.edits ?? 0);
    if (hidden.length > 0 || (ai.amounts === undefined && human.amounts === undefined)) {
      return { cluster: undefined, sample, hidden };
    }
    const part = ai.amounts?.inserted ?? 0;
    return { cluster: { part, whole: part + (human.amounts?.inserted ?? 0) }, sample, hidden };
  });
}

/** Why something is hidden, each reason once. */
export function reasonWords(hidden: readonly HiddenReason[]): string {
  return [...new Set(hidden)]
    .sort()
    .map((why) => hiddenSentences[why])
    .join(" ");
}

/** Said only when the two intervals do not touch. */
export function trendOf(now: MeasuredShare, before: MeasuredShare): "up" | "down" | "noneSeen" | "unknown" {
  if (now.interval === undefined || before.interval === undefined) return "unknown";
  if (now.interval.low > before.interval.high) return "up";
  return now.interval.high < before.interval.low ? "down" : "noneSeen";
}
