import {
  tierSchema,
  type RequestSummary,
  type Spend,
  type Tier,
  type TokensByKind,
} from "../../protocol/requestSummary.ts";
import { addDays } from "../day.ts";
import { dearestTasks } from "./dearestTasks.ts";
import { grouped } from "../grouped.ts";
import { tierOf } from "./modelTiers.ts";
import { latencyInterval, latencyQuantile, type LatencyBuckets } from "./requestLatency.ts";
import type { TimedTask } from "./timedTasks.ts";
import { groupTasks, shareOverTasks, summariseTasks, type SummaryTask } from "./taskGroups.ts";

/** Sums of the requests of one day; the names are the store's. */
export interface SummaryRequests {
  readonly day: string;
  readonly tool: string;
  readonly model: string | null;
  readonly currency: string | null;
  readonly requests: number;
  readonly unpriced: number;
  readonly unpricedTokens: number;
  readonly subagent: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly reasoning: number;
  readonly costNano: number;
  readonly billedNano: number;
  readonly latencies: readonly (readonly [bucket: number, requests: number])[];
}

/** What the period's requests and tasks come to, from rollups alone. Tasks come in the order in which they began. */
export function summariseRequests(
  period: { readonly from: string; readonly days: number },
  rows: readonly SummaryRequests[],
  tasks: readonly SummaryTask[],
  timed: readonly TimedTask[] = [],
): RequestSummary {
  const groups = groupTasks(tasks);
  const clusters = groups.map(({ cacheRead: part, allInput: whole }) => ({ part, whole }));
  const byDay = grouped(rows, ({ day }) => day);
  const withInput = tasks.filter((task) => task.input + task.cacheRead + task.cacheWrite > 0).length;
  return {
    requests: sum(rows, "requests"),
    subagentRequests: sum(rows, "subagent"),
    tokens: tokensOf(rows),
    spend: spendOf(rows),
    billed: billedOf(rows),
    cacheShare: shareOverTasks(clusters, withInput),
    latency: latencyOf(rows),
    latencyInterval: latencyInterval([...byDay.values()].map(bucketsOf)) ?? null,
    rows: rowsByModel(rows),
    days: Array.from({ length: period.days }, (_, index) => {
      const day = addDays(period.from, index);
      const own = byDay.get(day) ?? [];
      return {
        ...{ day, requests: sum(own, "requests"), spend: spendOf(own) },
        ...{ byTier: byTier(own, "requests"), spendByTier: byTier(own, "costNano") },
      };
    }),
    latencyByTier: tierSchema.options.flatMap((tier) => {
      const latency = latencyOf(rows.filter(({ model }) => tierOf(model) === tier));
      return latency ? [{ tier, latency }] : [];
    }),
    tasks: summariseTasks(tasks, groups, timed, period),
    dearest: dearestTasks(tasks),
    groups,
  };
}

type Numbers = {
  [Name in keyof SummaryRequests]: SummaryRequests[Name] extends number ? Name : never;
}[keyof SummaryRequests];

function sum(rows: readonly SummaryRequests[], name: Numbers): number {
  return rows.reduce((total, row) => total + row[name], 0);
}

function tokensOf(rows: readonly SummaryRequests[]): TokensByKind {
  return {
    input: sum(rows, "input"),
    output: sum(rows, "output"),
    cacheRead: sum(rows, "cacheRead"),
    cacheWrite: sum(rows, "cacheWrite"),
    reasoning: sum(rows, "reasoning"),
  };
}

/** A price that is not known is no price of nothing. */
function spendOf(rows: readonly SummaryRequests[]): Spend {
  const unpricedRequests = sum(rows, "unpriced");
  const nanoUsd = sum(rows, "costNano");
  // The sum of a session is of no request, and has a price or none.
  const isUnknown = sum(rows, "requests") === unpricedRequests && nanoUsd === 0;
  return {
    nanoUsd: isUnknown ? null : nanoUsd,
    unpricedRequests,
    unpricedTokens: sum(rows, "unpricedTokens"),
  };
}

function billedOf(rows: readonly SummaryRequests[]): RequestSummary["billed"] {
  const amounts = new Map<string, number>();
  for (const { currency, billedNano } of rows)
    if (currency !== null) amounts.set(currency, (amounts.get(currency) ?? 0) + billedNano);
  return [...amounts]
    .map(([currency, nano]) => ({ currency, nano }))
    .sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

function latencyOf(rows: readonly SummaryRequests[]): RequestSummary["latency"] {
  const buckets = bucketsOf(rows);
  const requests = [...buckets.values()].reduce((total, each) => total + each, 0);
  if (requests === 0) return null;
  const at = (share: number) => latencyQuantile(buckets, share)!;
  return { medianMs: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), requests };
}

function bucketsOf(rows: readonly SummaryRequests[]): LatencyBuckets {
  const buckets = new Map<number, number>();
  for (const [bucket, requests] of rows.flatMap(({ latencies }) => latencies))
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + requests);
  return buckets;
}

function rowsByModel(rows: readonly SummaryRequests[]): RequestSummary["rows"] {
  return [...grouped(rows, (row) => JSON.stringify([row.tool, row.model]))]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, group]) => ({
      tool: group[0]!.tool,
      model: group[0]!.model,
      tier: tierOf(group[0]!.model),
      requests: sum(group, "requests"),
      tokens: tokensOf(group),
      spend: spendOf(group),
      latency: latencyOf(group),
    }))
    .sort(
      (one, other) =>
        (other.spend.nanoUsd ?? -1) - (one.spend.nanoUsd ?? -1) || other.requests - one.requests,
    );
}

function byTier(rows: readonly SummaryRequests[], name: Numbers): Record<Tier, number> {
  const sums = { fast: 0, standard: 0, heavy: 0, unknown: 0 };
  for (const row of rows) sums[tierOf(row.model)] += row[name];
  return sums;
}
