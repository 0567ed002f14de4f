import type { Median } from "../../protocol/practice.ts";
import type { RequestSummary, TaskGroup } from "../../protocol/requestSummary.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Summary } from "../../protocol/summary.ts";
import { ratioOf, type Cluster } from "../statistics/clusterBootstrap.ts";
import { costRatio } from "../statistics/costRatio.ts";
import { shareInterval } from "../statistics/shareInterval.ts";
import type { Sample } from "./sample.ts";

/** Chance is the same every time. */
const seed = 20_260_101;
const nanoUsd = 1e9;
const minute = 60_000;

/**
 * What requests and tasks can measure. What one task does belongs together, so tasks are drawn and not requests; of the
 * mix of models only days are known. Tasks are of this machine: what others told in the person's own folder is in no sample
 * that is drawn from them.
 */
export function samplesOfRequests(
  requests: RequestSummary,
  detector: Summary["detector"],
): [string, Sample][] {
  const { tokens, tasks, groups } = requests;
  const all = tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite;
  const judged = tasks.kept + tasks.nothing;
  return [
    ["C1", { kind: "count", count: all, of: requests.requests }],
    ["C2", costOf(clustersOf(groups, "nanoUsd", "pricedRequests"), sumOf(groups, "pricedRequests"))],
    ["C3", costOf(clustersOf(groups, "pricedNanoUsd", "pricedKeptChanges"), tasksOf(groups))],
    ["C5", costOf(clustersOf(groups, "pricedNanoUsd", "pricedChanges"), tasksOf(groups))],
    ["C6", shareOf(clustersOf(groups, "cacheRead", "allInput"), sumOf(groups, "requests"))],
    ["C7", heavyShareOf(requests)],
    ["C8", casesOf(groups, "lightHeavyTasks", "heavyTasks")],
    ["C10", shareOf(clustersOf(groups, "keptNanoUsd", "pricedNanoUsd"), tasksOf(groups))],
    ["R1", shareOf(clustersOf(groups, "failedEdits", "triedEdits"), sumOf(groups, "triedEdits"))],
    ["R2", casesOf(groups, "smoothTasks", "triedTasks")],
    ["R3", { kind: "cases", cases: tasks.nothing, of: judged }],
    ["S5", latencyOf(requests)],
    ["S7", timeOf(tasks.timeToKept)],
    ["R8", precisionOf(detector.ai.precision)],
  ];
}

/** So many tasks of so many: what one does says nothing of the next. */
function casesOf(groups: readonly TaskGroup[], cases: keyof TaskGroup, of: keyof TaskGroup): Sample {
  return { kind: "cases", cases: sumOf(groups, cases), of: sumOf(groups, of) };
}

/** In milliseconds. */
function latencyOf({ latency, latencyInterval }: RequestSummary): Sample {
  if (!latency) return { kind: "without", of: 0 };
  const { medianMs: value, requests: of } = latency;
  return { kind: "estimate", value, interval: latencyInterval ?? undefined, of };
}

/** In minutes. */
function timeOf({ value, low, high, n }: Median): Sample {
  if (value === null || low === null || high === null) return { kind: "without", of: n };
  const interval = { low: low / minute, high: high / minute };
  return { kind: "estimate", value: value / minute, interval, of: n };
}

/** Heavy requests among those whose tier is known. */
function heavyShareOf({ days }: RequestSummary): Sample {
  const clusters = days.map(({ byTier: { fast, standard, heavy } }) => ({
    part: heavy,
    whole: fast + standard + heavy,
  }));
  return shareOf(
    clusters,
    clusters.reduce((sum, { whole }) => sum + whole, 0),
  );
}

function shareOf(clusters: readonly Cluster[], of: number): Sample {
  const value = ratioOf(clusters);
  if (value === undefined) return { kind: "without", of };
  return { kind: "estimate", value, interval: shareInterval(clusters, { seed }), of };
}

/** Dollars for one of something: tasks without any stay in the sum. */
function costOf(clusters: readonly Cluster[], of: number): Sample {
  const value = ratioOf(clusters);
  if (value === undefined) return { kind: "without", of };
  const found = costRatio(clusters);
  const interval = found && { low: found.low / nanoUsd, high: found.high / nanoUsd };
  return { kind: "estimate", value: value / nanoUsd, interval, of };
}

function precisionOf({ value, low, high, n }: MeasuredShare): Sample {
  if (value === null || low === null || high === null) return { kind: "without", of: n };
  return { kind: "estimate", value, interval: { low, high }, of: n };
}

function clustersOf(
  groups: readonly TaskGroup[],
  part: keyof TaskGroup,
  whole: keyof TaskGroup,
): readonly Cluster[] {
  return groups.map((group) => ({ part: group[part], whole: group[whole] }));
}

function tasksOf(groups: readonly TaskGroup[]): number {
  return sumOf(groups, "pricedTasks");
}

function sumOf(groups: readonly TaskGroup[], name: keyof TaskGroup): number {
  return groups.reduce((sum, group) => sum + group[name], 0);
}
