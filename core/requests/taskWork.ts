import type { Tier } from "../../protocol/requestSummary.ts";
import { tierOf } from "./modelTiers.ts";

/** What of a single request tells how a task was worked at. */
export interface RequestOfTask {
  readonly model: string | null;
  readonly latencyMs: number | null;
  readonly subagent: boolean;
  /** Of a whole session: of it only what was billed is told. */
  readonly isSum: boolean;
  /** In billionths of the currency. */
  readonly billedNano: number | null;
  readonly currency: string | null;
}

/** How a task was worked at, by those of its requests that are known one by one: of older ones only sums are left. */
export interface TaskWork {
  readonly singleRequests: number;
  /** Of those, how many went to a model of each tier. */
  readonly tiers: Readonly<Partial<Record<Tier, number>>>;
  /** How long the middle one took, of so many whose duration is known; null where none is. */
  readonly latency: { readonly medianMs: number; readonly requests: number } | null;
  readonly subagentRequests: number;
  /** What the tool itself says was billed. */
  readonly billed: readonly { readonly amount: number; readonly currency: string }[];
}

export function taskWork(requests: readonly RequestOfTask[]): TaskWork {
  const tiers: Partial<Record<Tier, number>> = {};
  const billed = new Map<string, number>();
  const single = requests.filter(({ isSum }) => !isSum);
  for (const { model } of single) {
    const tier = tierOf(model);
    tiers[tier] = (tiers[tier] ?? 0) + 1;
  }
  for (const { billedNano, currency } of requests) {
    if (billedNano !== null && currency !== null)
      billed.set(currency, (billed.get(currency) ?? 0) + billedNano);
  }
  return {
    singleRequests: single.length,
    tiers,
    latency: medianOf(single.flatMap(({ latencyMs }) => latencyMs ?? [])),
    subagentRequests: single.filter(({ subagent }) => subagent).length,
    billed: [...billed].map(([currency, nano]) => ({ amount: nano / 1e9, currency })),
  };
}

function medianOf(durations: readonly number[]): TaskWork["latency"] {
  const sorted = durations.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined ? null : { medianMs: middle, requests: sorted.length };
}
