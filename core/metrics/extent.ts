import type { Practice } from "../../protocol/practice.ts";
import type { TaskGroup } from "../../protocol/requestSummary.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { Metric } from "./metric.ts";

/** Of which time a metric is, where that is not the period asked for. */
export type MetricWindow =
  | { readonly of: "period" | "month" | "weeks"; readonly from: string; readonly to: string }
  | { readonly of: "committed"; readonly from: string; readonly to: string; readonly repositories: number }
  | { readonly of: "always" | "now" };

/** What a share that is known can be of, as it is said. */
export const coverageWords = {
  origin: "the origin of {share} of the text is known",
  lines: "the origin of {share} of the committed lines is known",
  commits: "of {share} of the commits it is known who wrote most lines",
  price: "the price of {share} of the requests is known",
  pricedTasks: "all requests of {share} of the tasks have a price",
  tier: "the tier of {share} of the requests is known",
  time: "of {share} of the requests it is known how long they took",
  timedTasks: "of {share} of the tasks that kept something it is known how long they took",
  tried: "of {share} of the tasks it is told what became of their edits",
  reads: "of {share} of the tasks it is told what they read",
  outcome: "what became of {share} of the AI edits was seen",
  tasks: "what became of {share} of the tasks that wrote something was seen",
  labels: "evidence says something of {share} of the labelled edits",
} as const;
export type CoverageOf = keyof typeof coverageWords;

export interface Coverage {
  readonly of: CoverageOf;
  readonly value: number;
}

/** What a metric's number is of: its own time, and how much of what it counts is known. */
export interface Extent {
  readonly window: MetricWindow;
  /** Null where there is nothing that could be unknown, or nothing at all. */
  readonly coverage: Coverage | null;
}

export function extentOf(metric: Metric, summary: Summary): Extent {
  return { window: windowOf(metric, summary), coverage: coverageOf(metric, summary) };
}

function windowOf({ input }: Metric, { from, to, fates, toolUse }: Summary): MetricWindow {
  if (input === "budget") return { of: "month", from: `${to.slice(0, 8)}01`, to };
  if (input === "plans" || input === "workspace" || input === "tiers") return { of: "now" };
  if (input === "labels") return { of: "always" };
  if (input === "models" && toolUse) return { of: "weeks", from: toolUse.watchedFrom, to };
  if (input === "fates" && fates) {
    return { of: "committed", from: fates.from, to: fates.to, repositories: fates.repositories };
  }
  return { of: "period", from, to };
}

function coverageOf({ id, input }: Metric, summary: Summary): Coverage | null {
  const own = coverages[id];
  if (own) return own(summary);
  switch (input) {
    case "fates":
      return known("lines", summary.fates?.coverage);
    case "days":
    case "policy":
      return known("origin", summary.coverage.value);
    default:
      return null;
  }
}

/** Of the metrics whose input alone does not say what may be unknown. */
const coverages: Readonly<Record<string, (summary: Summary) => Coverage | null>> = {
  A2: ({ practice }) => toldCommits(practice),
  Q10: ({ practice }) => toldCommits(practice),
  P3: ({ coverage }) => known("origin", coverage.value),
  P4: ({ practice, requests }) => shareKnown("reads", practice.readsOfTasks.length, requests.tasks.tasks),
  Q1: ({ funnel }) => wayKnown(funnel, "accepted"),
  Q2: ({ funnel }) => wayKnown(funnel, "keptAt15"),
  Q3: ({ funnel }) => wayKnown(funnel, "committed"),
  R4: ({ funnel, retention }) =>
    shareKnown("outcome", Math.max(0, ...retention.map(({ judged }) => judged)), funnel.edits),
  Q11: ({ ways, funnel }) => ofWays(ways, "repeated", funnel.edits),
  Q12: ({ ways, funnel }) => ofWays(ways, "problems", funnel.edits),
  C2: ({ requests: { groups } }) => ofGroups("price", groups, "pricedRequests", "requests"),
  C3: ({ requests: { groups } }) => ofGroups("pricedTasks", groups, "pricedTasks", "tasks"),
  C5: ({ requests: { groups } }) => ofGroups("pricedTasks", groups, "pricedTasks", "tasks"),
  C10: ({ requests: { groups } }) => ofGroups("pricedTasks", groups, "pricedTasks", "tasks"),
  C13: ({ requests: { requests, spend } }) =>
    shareKnown("price", requests - spend.unpricedRequests, requests),
  C7: ({ requests: { days, requests } }) =>
    shareKnown(
      "tier",
      days.reduce((sum, { byTier: { fast, standard, heavy } }) => sum + fast + standard + heavy, 0),
      requests,
    ),
  C8: ({ requests: { groups } }) => ofGroups("tried", groups, "triedTasks", "tasks"),
  R1: ({ requests: { groups } }) => ofGroups("tried", groups, "triedTasks", "tasks"),
  R2: ({ requests: { groups } }) => ofGroups("tried", groups, "triedTasks", "tasks"),
  R3: ({ requests: { tasks } }) =>
    shareKnown("tasks", tasks.kept + tasks.nothing, tasks.tasks - tasks.noEdits),
  S5: ({ requests: { latency, requests } }) => shareKnown("time", latency?.requests ?? 0, requests),
  S7: ({ requests: { tasks } }) => shareKnown("timedTasks", tasks.timeToKept.n, tasks.kept),
  R8: ({ detector: { edits, withoutEvidence } }) => shareKnown("labels", edits, edits + withoutEvidence),
};

function toldCommits({ commits }: Practice): Coverage | null {
  return commits && shareKnown("commits", commits.told, commits.own);
}

function wayKnown({ edits, stages }: Summary["funnel"], stage: string): Coverage | null {
  const found = stages.find((each) => each.stage === stage);
  return found ? shareKnown("outcome", found.reached + found.left + found.pending, edits) : null;
}

function ofWays(ways: Summary["ways"], of: "repeated" | "problems", edits: number): Coverage | null {
  return shareKnown(
    "outcome",
    ways.reduce((sum, way) => sum + way[of].of, 0),
    edits,
  );
}

function ofGroups(
  of: CoverageOf,
  groups: readonly TaskGroup[],
  part: keyof TaskGroup,
  whole: keyof TaskGroup,
): Coverage | null {
  const sum = (name: keyof TaskGroup) => groups.reduce((total, group) => total + group[name], 0);
  return shareKnown(of, sum(part), sum(whole));
}

function shareKnown(of: CoverageOf, part: number, whole: number): Coverage | null {
  return whole > 0 ? { of, value: Math.min(1, part / whole) } : null;
}

function known(of: CoverageOf, value: number | null | undefined): Coverage | null {
  return value === null || value === undefined ? null : { of, value };
}
