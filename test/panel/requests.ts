import { addDays } from "../../core/day.ts";
import { summariseRequests, type SummaryRequests } from "../../core/requests/requestSummary.ts";
import type { NamedTask } from "../../core/requests/dearestTasks.ts";
import type { RequestSummary } from "../../protocol/requestSummary.ts";
import type { Question } from "../../protocol/summary.ts";

interface Model {
  readonly tool: string;
  readonly model: string | null;
  readonly perDay: number;
  /** Billionths of a dollar a request; undefined where no price is known. */
  readonly price?: number;
  /** Which bucket its answers fall into: about nine per cent wide each. */
  readonly latency?: number;
}

const models: readonly Model[] = [
  { tool: "claude-code", model: "claude-opus-4-5", perDay: 21, price: 84_000_000, latency: 106 },
  { tool: "claude-code", model: "claude-haiku-4-5", perDay: 12, price: 3_100_000, latency: 84 },
  { tool: "codex", model: "gpt-5-codex", perDay: 9, price: 21_000_000, latency: 99 },
  { tool: "github-copilot", model: null, perDay: 2 },
];

/** Some days busier than others, and no work on two of seven. */
function requestsOf(model: Model, day: string, index: number): SummaryRequests[] {
  if (index % 7 > 4) return [];
  const requests = Math.round(model.perDay * (0.5 + ((index * 13) % 10) / 10));
  const unpriced = model.price === undefined ? requests : 0;
  return [
    {
      day,
      tool: model.tool,
      model: model.model,
      currency: model.tool === "codex" ? "EUR" : null,
      requests,
      unpriced,
      unpricedTokens: unpriced * 4_000,
      subagent: 0,
      input: requests * 2_600,
      output: requests * 1_900,
      cacheRead: requests * 61_000,
      cacheWrite: requests * 5_200,
      reasoning: requests * 700,
      costNano: (requests - unpriced) * (model.price ?? 0),
      billedNano: model.tool === "codex" ? requests * 12_000_000 : 0,
      latencies: model.latency === undefined ? [] : [[model.latency, requests]],
    },
  ];
}

const types = ["feature", "fix", "refactor", "tests", "docs", "unknown"];

function tasksOf(count: number, today: string): NamedTask[] {
  return Array.from({ length: count }, (_, index) => {
    const changes = index % 6 === 0 ? 0 : 2 + ((index * 5) % 9);
    return {
      key: `task ${index}`,
      tool: models[index % 3]!.tool,
      models: index % 4 === 0 ? [] : [models[index % 3]!.model!],
      day: addDays(today, -(index % 30)),
      type: types[(index * index) % types.length]!,
      requests: 6 + ((index * 11) % 30),
      unpriced: 0,
      input: 9_000 + index * 130,
      output: 8_000,
      cacheRead: 260_000 + ((index * 7919) % 90_000),
      cacheWrite: 30_000,
      costNano: (20 + ((index * 37) % 400)) * 10_000_000,
      edits: changes,
      applied: changes,
      tried: null,
      changes,
      keptChanges: index % 5 === 1 ? 0 : Math.round(changes * 0.7),
    };
  });
}

/** What the records of three tools come to. */
export function someRequests({ days }: Question, today: string): RequestSummary {
  const from = addDays(today, 1 - days);
  const rows = Array.from({ length: days }, (_, index) =>
    models.flatMap((model) => requestsOf(model, addDays(from, index), index)),
  ).flat();
  return summariseRequests({ from, days }, rows, tasksOf(days * 2, today));
}

/** Three requests of a model that nobody has a price for, and one task. */
export function fewRequests({ days }: Question, today: string): RequestSummary {
  const from = addDays(today, 1 - days);
  const row = requestsOf({ tool: "cursor", model: "somebody's-own", perDay: 6 }, today, 0);
  return summariseRequests({ from, days }, row, tasksOf(1, today));
}
