import type { OwnFileDay, OwnFileRequests } from "../../protocol/ownFolder.ts";
import type { SummaryRequests } from "../requests/requestSummary.ts";

/** In the order in which they are written. */
const names = [
  "requests",
  "unpriced",
  "unpricedTokens",
  "subagent",
  "input",
  "output",
  "cacheRead",
  "cacheWrite",
  "reasoning",
  "costNano",
  "billedNano",
] as const satisfies readonly (keyof SummaryRequests)[];

/** The requests of one day, as they are written. Those of several folders become one: where they were made stays at home. */
export function writtenRequests(sums: readonly SummaryRequests[]): OwnFileRequests[] {
  const merged = new Map<string, OwnFileRequests>();
  for (const { tool, model, currency, latencies, ...sum } of sums) {
    const key = JSON.stringify([tool, model, currency]);
    const known = merged.get(key);
    const numbers = names.map((name, index) => (known?.[3][index] ?? 0) + sum[name]);
    merged.set(key, [tool, model, currency, numbers, addLatencies(known?.[4] ?? [], latencies)]);
  }
  return [...merged].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

export function requestsOfDay({ day, requests = [] }: OwnFileDay): SummaryRequests[] {
  return requests.map(([tool, model, currency, numbers, latencies]) => {
    const sums = Object.fromEntries(names.map((name, index) => [name, numbers[index]!]));
    return { day, tool, model, currency, latencies, ...(sums as Record<(typeof names)[number], number>) };
  });
}

type Latencies = SummaryRequests["latencies"];

function addLatencies(one: Latencies, other: Latencies): [bucket: number, requests: number][] {
  const sums = new Map<number, number>();
  for (const [bucket, requests] of [...one, ...other]) sums.set(bucket, (sums.get(bucket) ?? 0) + requests);
  return [...sums].sort(([a], [b]) => a - b);
}
