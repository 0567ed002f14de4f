import type { Median, Practice } from "../../protocol/practice.ts";
import type { RequestSummary } from "../../protocol/requestSummary.ts";
import { ratioOf, type Cluster } from "../statistics/clusterBootstrap.ts";
import { costRatio } from "../statistics/costRatio.ts";
import { ratioOfSums } from "../statistics/ratioOfSums.ts";
import type { Sample } from "./sample.ts";

const nanoUsd = 1e9;
const leastTold = 0.5;

/** What the person's own commits, and how tasks begin, can measure. Nothing of commits where no history was looked at. */
export function samplesOfPractice(
  { commits, firstEdit, readsOfTasks, days }: Practice,
  requests: RequestSummary["days"],
): [string, Sample][] {
  const costs = new Map(requests.map(({ day, spend }) => [day, spend.nanoUsd ?? 0]));
  const aiCommits = new Map(days.map((each) => [each.day, each.aiCommits]));
  const spent = [...new Set([...costs.keys(), ...aiCommits.keys()])].map((day) => ({
    part: (costs.get(day) ?? 0) / nanoUsd,
    whole: aiCommits.get(day) ?? 0,
  }));
  const edits = days.map((each) => ({ part: each.aiEdits, whole: each.commits }));
  const reads = readsOfTasks.map((each) => ({ part: each.reads, whole: each.edits }));
  const own = commits ?? none;
  return [
    ["A2", assisted(own)],
    ["Q10", { kind: "cases", ...own.tests, coverage: shareOf(own.told, own.own) }],
    ["C13", costOf(spent, own.withAi)],
    ["P1", medianOf(own.lines)],
    ["P2", medianOf(own.minutesBetween)],
    ["P3", ratio(edits, own.own)],
    [
      "P4",
      ratio(
        reads,
        reads.reduce((sum, { whole }) => sum + whole, 0),
      ),
    ],
    ["P5", medianOf(firstEdit)],
  ];
}

/** Where little is known, what is known is mostly AI's: that says nothing of the rest. */
function assisted({
  own,
  told,
  toldAi,
}: Pick<NonNullable<Practice["commits"]>, "own" | "told" | "toldAi">): Sample {
  const coverage = shareOf(told, own);
  const isTold = coverage !== null && coverage >= leastTold;
  return { kind: "cases", cases: isTold ? toldAi : 0, of: isTold ? told : 0, coverage };
}

function medianOf({ value, low, high, n }: Median): Sample {
  if (value === null || low === null || high === null) return { kind: "without", of: n };
  return { kind: "estimate", value, interval: { low, high }, of: n };
}

/** As every cost for one of something; of fewer than twenty days it has no interval. Without a price it is not nothing. */
function costOf(clusters: readonly Cluster[], of: number): Sample {
  const value = clusters.some(({ part }) => part > 0) ? ratioOf(clusters) : undefined;
  return value === undefined
    ? { kind: "without", of }
    : { kind: "estimate", value, interval: costRatio(clusters), of };
}

/** Of sums by day: what one day holds belongs together, and days without a commit stay in the sample. */
function ratio(clusters: readonly Cluster[], of: number): Sample {
  const found = ratioOfSums(clusters);
  if (!found) return { kind: "without", of };
  return { kind: "estimate", value: found.value, interval: found, of };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

const noMedian: Median = { value: null, low: null, high: null, n: 0 };
const none = {
  ...{ own: 0, withAi: 0, told: 0, toldAi: 0, lines: noMedian, minutesBetween: noMedian },
  tests: { cases: 0, of: 0 },
};
