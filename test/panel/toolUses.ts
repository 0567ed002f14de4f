import { addDays } from "../../core/day.ts";
import { allowancePace } from "../../core/requests/pace.ts";
import type { Past } from "../../protocol/past.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Question, Summary } from "../../protocol/summary.ts";
import type { ToolType, ToolUse, WatchedModel } from "../../protocol/toolUse.ts";

const today = "2026-11-20";
const first = addDays(today, -179);

function share(value: number, n: number, width = 0.05): MeasuredShare {
  const needsMore = Math.max(0, 20 - n);
  const isSure = needsMore === 0;
  return {
    value,
    low: isSure ? value - width : null,
    high: isSure ? Math.min(1, value + width) : null,
    n,
    needsMore,
  };
}

function type(
  [tool, model, mode]: readonly [string, string | null, ToolType["mode"]],
  name: string,
  value: number,
  tasks: number,
): ToolType {
  return { tool, model, mode, type: name, kept: share(value, tasks, 0.08), changes: tasks * 6 };
}

const weeks: WatchedModel["weeks"] = Array.from({ length: 24 }, (_, week) => ({
  week: addDays(first, week * 7),
  value: week < 17 ? 0.82 : 0.66,
  n: 40,
}));

/** Who took out whose text: tools of each other, of their own, and people. */
export const someOverwrites: Summary["overwrites"] = [
  { by: { kind: "human" }, of: { kind: "ai", tool: "claude-code" }, edits: 61, chars: 18_400 },
  {
    by: { kind: "ai", tool: "claude-code" },
    of: { kind: "ai", tool: "claude-code" },
    edits: 44,
    chars: 9_120,
  },
  {
    by: { kind: "ai", tool: "claude-code" },
    of: { kind: "ai", tool: "github-copilot" },
    edits: 23,
    chars: 4_050,
  },
  { by: { kind: "ai" }, of: { kind: "human" }, edits: 1, chars: 12 },
];

export function hostileOverwrites(names: readonly string[]): Summary["overwrites"] {
  const [first] = names;
  return names.map((tool) => ({
    ...{ by: { kind: "ai", tool }, of: { kind: "ai", tool: first } },
    ...{ edits: 3, chars: 9_000_000 },
  }));
}

const opus = ["claude-code", "claude-opus-4-5", "agent"] as const;
/** One of each answer. */
const nothingYet = { value: null, low: null, high: null, n: 0, needsMore: 20 };
const noCheck = { now: nothingYet, before: nothingYet, held: null, says: "cannotTell" as const };

export const someToolUse: ToolUse = {
  watchedFrom: first,
  all: {
    weeks: 24,
    change: { week: weeks[17]!.week, earliest: weeks[16]!.week, latest: weeks[18]!.week, shift: -0.09 },
  },
  cost: {
    weeks: 25,
    change: { week: weeks[15]!.week, earliest: weeks[13]!.week, latest: weeks[16]!.week, shift: 1.4 },
  },
  models: [
    {
      tool: "claude-code",
      model: "claude-opus-4-5",
      now: share(0.66, 175),
      before: share(0.81, 1230, 0.02),
      weeks,
      change: { week: weeks[17]!.week, shift: -0.16 },
      says: "falling",
      undone: { now: share(0.12, 170), before: share(0.05, 1200, 0.01), held: null, says: "rising" },
      retries: { now: share(0.09, 210), before: share(0.03, 900, 0.01), held: 0.82, says: "rising" },
    },
    {
      tool: "github-copilot",
      model: "gpt-5-mini",
      now: share(0.71, 629),
      before: share(0.7, 3100, 0.02),
      weeks,
      change: null,
      says: "noChangeSeen",
      undone: { now: share(0.06, 600), before: share(0.05, 3000, 0.01), held: null, says: "noChangeSeen" },
      retries: noCheck,
    },
    {
      tool: "codex",
      model: "gpt-5-codex",
      now: share(0.9, 7),
      before: { value: null, low: null, high: null, n: 0, needsMore: 20 },
      weeks: [],
      change: null,
      says: "cannotTell",
      undone: noCheck,
      retries: noCheck,
    },
  ],
  byType: [
    type(opus, "fix", 0.86, 44),
    type(opus, "unknown", 0.71, 81),
    type(opus, "tests", 0.93, 25),
    type(["claude-code", "claude-opus-4-5", "several"], "fix", 0.62, 23),
    type(["claude-code", null, null], "docs", 0.5, 6),
    type(["codex", "gpt-5-codex", "chat"], "unknown", 0.64, 22),
    type(["codex", "gpt-5-codex", "chat"], "config", 1, 3),
  ],
  churn: { begun: ["codex"], left: ["cursor"] },
  aiDays: 24,
  severalDays: 9,
};

const noon = Date.UTC(2026, 10, 20, 12);
const hour = 3_600_000;

/** One that lasts, one that does not, and one that ended. */
export const somePaces: Summary["paces"] = [
  {
    tool: "claude-code",
    windowMinutes: 300,
    usedShare: 0.62,
    readAt: noon - hour,
    resetsAt: noon + 2 * hour,
  },
  { tool: "codex", windowMinutes: 10_080, usedShare: 0.31, readAt: noon, resetsAt: noon + 60 * hour },
  { tool: "cursor", windowMinutes: 43_200, usedShare: 0.9, readAt: noon - 90 * hour, resetsAt: noon - hour },
].map((window) => allowancePace(window, noon));

export const someBudget: Summary["budget"] = {
  budgetNanoUsd: 120e9,
  spentNanoUsd: 99_400_000_000,
  unpricedRequests: 44,
  share: 99.4 / 120,
  monthShare: 20 / 30,
  state: "near",
  forecast: { nanoUsd: 139_000_000_000, low: 128_000_000_000, high: 151_000_000_000 },
  days: 38,
};

/** As long a time before: one thing is up, one is down, the rest stayed. */
export function somePast({ days }: Question): Past {
  return {
    from: addDays(today, 1 - 2 * days),
    to: addDays(today, -days),
    metrics: [
      { id: "A3", value: 0.92, low: 0.89, high: 0.94, n: days },
      { id: "Q2", value: 0.71, low: 0.67, high: 0.75, n: 402 },
      { id: "R4", value: 0.16, low: 0.13, high: 0.2, n: 380 },
      { id: "G1", value: 0.93, low: 0.85, high: 0.97, n: days },
      { id: "C2", value: 0.04, low: 0.03, high: 0.05, n: 900 },
    ],
  };
}

/** Names as an ill-meaning tool would give them. */
export function hostileToolUse(names: readonly string[]): ToolUse {
  return {
    ...someToolUse,
    models: names.map((name) => ({ ...someToolUse.models[0]!, tool: name, model: name })),
    byType: names.map((name) => ({ ...someToolUse.byType[0]!, tool: name, model: name, type: name })),
    churn: { begun: [...names], left: [...names] },
  };
}
