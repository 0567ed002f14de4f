import type { OutboxTally } from "../../protocol/sync.ts";
import { funnelCounts, tipCounts } from "../store/outbox.ts";
import type { Store } from "../store/store.ts";

interface Range {
  /** First and last local day. */
  readonly from: string;
  readonly to: string;
  readonly workspaces: readonly string[] | undefined;
}

/** What is counted besides edits, as it is recorded here, whether or not anything is shared. */
export function recordedTallies(
  store: Store,
  range: Range,
): Record<"funnel" | "requests" | "tips", OutboxTally[]> {
  const { from, to } = range;
  const names: Readonly<Record<string, Readonly<Record<string, string>>>> = funnelCounts;
  const funnel = store
    .readFunnel(range)
    .flatMap(({ kind, tool, mode, stage, outcome, edits }): OutboxTally[] => {
      const name = names[stage]?.[outcome];
      if (kind !== "ai" || name === undefined) return [];
      return [{ table: "kept.funnel", day: to, keys: { tool, mode }, sums: { [name]: edits } }];
    });
  const requests = store.requests.tasks(range).map((task): OutboxTally => {
    const { tool, models, type, input, output, cacheRead, cacheWrite, costNano, unpriced } = task;
    const tokens = { input, output, "cache.read": cacheRead, "cache.write": cacheWrite };
    return {
      ...{ table: "kept.requests", day: to, keys: { tool, model: models[0] ?? null, taskType: type } },
      sums: { requests: task.requests, ...tokens, costNano, unpriced },
    };
  });
  const tips = store.coaching
    .readTips()
    .filter(({ day }) => day >= from && day <= to)
    .flatMap((tip) => tipCounts(undefined, tip).map((name) => ({ rule: tip.rule, name })))
    .map(({ rule, name }): OutboxTally => ({
      table: "kept.tip",
      day: to,
      keys: { rule },
      sums: { [name]: 1 },
    }));
  return { funnel, requests, tips };
}
