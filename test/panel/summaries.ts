import {
  hostileOverwrites,
  hostileToolUse,
  someOverwrites,
  someBudget,
  somePaces,
  somePast,
  someToolUse,
} from "./toolUses.ts";
import { somePractice } from "./practices.ts";
import { someDetector, someToolsSay } from "./tools.ts";
import { fewRequests, someRequests } from "./requests.ts";
import { detectorQuality } from "../../core/provenance/provenanceDetector.ts";
import { addDays } from "../../core/day.ts";
import { retentionCurve, sumsOfSample } from "../../core/retention/retentionCurve.ts";
import { sampleTimes } from "../../core/retention/sampleTimes.ts";
import { summarise, type SummaryRow } from "../../core/summary/summary.ts";
import type { Mode, OriginKind } from "../../protocol/origin.ts";
import type { FateOfOrigin, Fates } from "../../protocol/fates.ts";
import type { Question, Summary } from "../../protocol/summary.ts";
import { someFunnel } from "./someFunnel.ts";

export const today = "2026-11-20";

interface Source {
  readonly kind: OriginKind;
  readonly tool?: string;
  readonly model?: string;
  readonly mode?: Mode;
  /** Edits in a busy hour, characters in each, and the share of them that stays. */
  readonly edits: number;
  readonly size: number;
  readonly kept: number;
}

const sources: readonly Source[] = [
  {
    kind: "ai",
    tool: "claude-code",
    model: "claude-opus-4-5",
    mode: "agent",
    edits: 0.8,
    size: 420,
    kept: 0.83,
  },
  {
    kind: "ai",
    tool: "github-copilot",
    model: "gpt-5-mini",
    mode: "completion",
    edits: 3,
    size: 34,
    kept: 0.66,
  },
  { kind: "ai", tool: "cursor", mode: "chat", edits: 0.3, size: 210, kept: 0.58 },
  { kind: "human", edits: 24, size: 9, kept: 0.87 },
  { kind: "tooling", edits: 1.4, size: 26, kept: 0.94 },
  { kind: "external", edits: 0.12, size: 380, kept: 0.9 },
  { kind: "unknown", edits: 0.5, size: 120, kept: 0.7 },
];

/** The hours of a working day, busiest before noon and in the afternoon. */
const busyness = [
  0, 0, 0, 0, 0, 0, 0, 0.1, 0.5, 1, 1.2, 0.9, 0.2, 0.6, 1.1, 1, 0.7, 0.4, 0.1, 0, 0.2, 0.3, 0, 0,
];

/** The same history at every call: a small seeded generator stands in for chance. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function rowsOf(days: number, mix: readonly Source[]): SummaryRow[] {
  const chance = chanceFrom(7);
  const rows: SummaryRow[] = [];
  for (let back = days - 1; back >= 0; back -= 1) {
    const day = addDays(today, -back);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const mood = weekday === 0 || weekday === 6 ? 0.06 : 0.5 + chance();
    for (const [hour, busy] of busyness.entries()) {
      if (back === 0 && hour > 15) continue;
      for (const source of mix) rows.push(...rowOf(day, hour, source, busy * mood, chance));
    }
  }
  return rows;
}

function rowOf(day: string, hour: number, source: Source, busy: number, chance: () => number): SummaryRow[] {
  const expected = source.edits * busy * (0.4 + 1.2 * chance());
  const edits = Math.floor(expected) + (chance() < expected % 1 ? 1 : 0);
  if (edits === 0) return [];
  const sums = { insertedChars: 0, keptChars: 0, insertedSquared: 0, keptSquared: 0, insertedTimesKept: 0 };
  for (let edit = 0; edit < edits; edit += 1) {
    const inserted = Math.max(1, Math.round(source.size * (0.2 + 1.6 * chance())));
    const kept = Math.round(inserted * Math.min(1, Math.max(0, source.kept + (chance() - 0.5) * 0.6)));
    sums.insertedChars += inserted;
    sums.keptChars += kept;
    sums.insertedSquared += inserted * inserted;
    sums.keptSquared += kept * kept;
    sums.insertedTimesKept += inserted * kept;
  }
  const { kind, tool = null, model = null, mode = null } = source;
  const deletedChars = Math.round(sums.insertedChars * 0.2);
  return [{ day, hour, kind, tool, model, mode, edits, insertingEdits: edits, deletedChars, ...sums }];
}

function summaryOf(question: Question, mix: readonly Source[], more: Partial<Summary> = {}): Summary {
  const rows = rowsOf(question.days, mix);
  return {
    ...summarise({
      question,
      today,
      synthetic: false,
      rows,
      outcomes: [],
      drops: [],
      detector: detectorQuality([]),
    }),
    ...more,
  };
}

/** A curve that falls quickly at first; fewer edits are watched for long, and two hundred were too late. */
function someRetention(rows: readonly SummaryRow[]): Parameters<typeof retentionCurve>[0] {
  const chance = chanceFrom(3);
  const edits = rows.filter(({ kind }) => kind === "ai").reduce((sum, row) => sum + row.insertingEdits, 0);
  const leftAt = [0.99, 0.95, 0.9, 0.87, 0.84, 0.81, 0.79, 0.78, 0.74, 0.68];
  return sampleTimes.flatMap((dueMs, place) =>
    Array.from({ length: Math.max(12, Math.round(edits * (1 - place * 0.095))) }, (_, edit) => {
      const insertedChars = 20 + Math.round(chance() * 400);
      const arc = chance() < leftAt[place]! ? insertedChars : Math.round(insertedChars * chance() * 0.3);
      const sample = {
        arc,
        insertedChars,
        fourGram: arc / insertedChars,
        noRevert: arc / insertedChars,
        late: edit % 60 === 59,
        otherBranch: false,
      };
      return { ...sumsOfSample(sample), dueMs, kind: "ai" };
    }),
  );
}

function fate(kind: "ai" | "human", daily: number, commits: number): FateOfOrigin {
  const value = (days: number) => Math.exp(-daily * Math.sqrt(days));
  const watched = commits * 30;
  return {
    origin: { kind },
    lines: watched,
    commits,
    rework: [14, 21, 30, 90].map((days) => {
      const gone = Math.round(watched * (1 - value(days)));
      return {
        days,
        observed: watched,
        commits,
        self: Math.round(gone * 0.6),
        others: gone - Math.round(gone * 0.6),
        corrective: Math.round(gone * 0.3),
        share: { value: 1 - value(days), low: 0.8 * (1 - value(days)), high: 1.2 * (1 - value(days)) },
      };
    }),
    survival: Array.from({ length: 91 }, (_, days) => ({
      days,
      value: value(days),
      low: Math.max(0, value(days) - 0.0006 * (days + 10)),
      high: Math.min(1, value(days) + 0.0005 * (days + 10)),
      atRisk: Math.round(watched * (1 - days / 120)),
    })),
    reverts: [{ days: 30, reverted: 2, of: commits }],
  };
}

const someFates: Fates = {
  at: Date.parse("2026-11-20T09:00:00Z"),
  repositories: 3,
  unknown: [{ reason: "shallow", count: 1 }],
  from: "2026-05-20",
  to: today,
  coverage: 0.83,
  linesSetApart: 14_020,
  lives: {
    halfLives: [
      { kind: "ai", commits: 120, days: 214, low: 160, high: null },
      { kind: "human", commits: 96, days: null, low: 190, high: null },
    ],
    hazardRatio: { value: 1.21, low: 0.94, high: 1.56 },
  },
  kinds: [fate("ai", 0.045, 143), fate("human", 0.032, 388)],
  tools: [],
  weeks: Array.from({ length: 13 }, (_, index) => ({
    week: addDays("2026-08-24", index * 7),
    self: 40 + ((index * 37) % 90),
    others: 12 + ((index * 23) % 50),
    corrective: 8 + ((index * 11) % 30),
    correctiveSelf: 5 + ((index * 7) % 20),
  })),
};

/** Too few commits to say anything of lines, and no week in which one was reworked. */
export function youngRepository(question: Question): Summary {
  return {
    ...usual(question),
    fates: { ...someFates, unknown: [], kinds: [fate("ai", 0.04, 3)], weeks: [], coverage: null },
  };
}

/** Requests whose price nobody knows, and too few tasks. */
export function fewAndUnpriced(question: Question): Summary {
  return { ...usual(question), requests: fewRequests(question, today) };
}

/** Records of tools, and no edit that was watched. */
export function onlyRequests(question: Question): Summary {
  return { ...nothing(question), requests: someRequests(question, today) };
}

/** A person with several tools and a history. */
export function usual(question: Question): Summary {
  return summaryOf(
    question,
    question.scope === "all" ? sources : sources.filter(({ tool }) => tool !== "cursor"),
    {
      drops: [
        { name: "panel.malformed", count: 2 },
        { name: "observation.withoutChange", count: 41 },
      ],
      funnel: someFunnel(rowsOf(question.days, sources)),
      retention: retentionCurve(someRetention(rowsOf(question.days, sources))),
      detector: someDetector,
      fates: someFates,
      requests: someRequests(question, today),
      toolUse: someToolUse,
      overwrites: someOverwrites,
      practice: somePractice(addDays(today, 1 - question.days), today),
      past: somePast(question),
      paces: somePaces,
      budget: someBudget,
      toolsSay: someToolsSay,
    },
  );
}

/** Kept has just been installed: nothing of its own, and the month before is being read. */
export function firstMinute(question: Question): Summary {
  return {
    ...nothing(question),
    before: { ...someBefore, state: "reading", read: 31, all: 118, baseline: null },
  };
}

/** A day later. */
export function firstDay(question: Question): Summary {
  return { ...usual(question), before: someBefore };
}

const someBefore: NonNullable<Summary["before"]> = {
  state: "done",
  read: 118,
  all: 118,
  from: addDays(today, -31),
  to: addDays(today, -1),
  tools: [
    {
      tool: "claude-code",
      tasks: 142,
      requests: 5310,
      edits: 1204,
      linesAdded: 18_330,
      days: 19,
      costUsd: 211.4,
      unpricedRequests: 0,
    },
    {
      tool: "codex",
      tasks: 9,
      requests: 61,
      edits: 14,
      linesAdded: 120,
      days: 4,
      costUsd: null,
      unpricedRequests: 61,
    },
  ],
  baseline: {
    from: addDays(today, -396),
    to: addDays(today, -32),
    commits: 731,
    days: 188,
    linesPerCommit: 17,
    rework21: { value: 0.072, low: 0.051, high: 0.098, commits: 690 },
  },
};

export function demonstration(question: Question): Summary {
  return { ...usual(question), synthetic: true };
}

/** One AI edit that is still there whole: 100 % of nothing much. */
export function almostNothing(question: Question): Summary {
  const row = { tool: null, model: null, mode: null, deletedChars: 0 };
  const rows: SummaryRow[] = [
    {
      ...row,
      day: today,
      hour: 14,
      kind: "ai",
      tool: "claude-code",
      mode: "agent",
      edits: 1,
      insertingEdits: 1,
      insertedChars: 120,
      keptChars: 120,
      insertedSquared: 14400,
      keptSquared: 14400,
      insertedTimesKept: 14400,
    },
    {
      ...row,
      day: today,
      hour: 15,
      kind: "human",
      edits: 6,
      insertingEdits: 6,
      insertedChars: 6,
      keptChars: 6,
      insertedSquared: 6,
      keptSquared: 6,
      insertedTimesKept: 6,
    },
  ];
  return summarise({
    question,
    today,
    synthetic: false,
    rows,
    outcomes: [],
    drops: [],
    detector: detectorQuality([]),
  });
}

export function nothing(question: Question): Summary {
  return summarise({
    question,
    today,
    synthetic: false,
    rows: [],
    outcomes: [],
    drops: [],
    detector: detectorQuality([]),
  });
}

/** Only deletions: edits, and not one inserted character to divide by. */
export function onlyDeletions(question: Question): Summary {
  const rows = rowsOf(question.days, sources).map((row) => ({
    ...row,
    insertingEdits: 0,
    insertedChars: 0,
    keptChars: 0,
    insertedSquared: 0,
    keptSquared: 0,
    insertedTimesKept: 0,
  }));
  return summarise({
    question,
    today,
    synthetic: false,
    rows,
    outcomes: [],
    drops: [],
    detector: detectorQuality([]),
  });
}

/** A person who uses no AI. */
export function onlyTyped(question: Question): Summary {
  return summaryOf(
    question,
    sources.filter(({ kind }) => kind === "human"),
  );
}

export const hostileNames = {
  markup: `<img src=x onerror="window.broken=true"><b>bold</b>`,
  long: "averylongtoolnamewithoutanyspace".repeat(7).slice(0, 200),
  rightToLeft: "أداة البرمجة \u202e<script>alert(1)</script>",
};

/** Names as an ill-meaning tool would give them, more AI origins than a table can tell apart, and huge numbers. */
export function hostile(question: Question): Summary {
  const names = [...Object.values(hostileNames), "  ", "tool-5", "tool-6", "tool-7", "tool-8"];
  const mix = names.map((tool, index): Source => ({
    kind: "ai",
    tool,
    model: index === 1 ? hostileNames.long : `${hostileNames.markup} model`,
    mode: "nextEdit",
    edits: 2,
    size: 9_000_000 / (index + 1),
    kept: 0.5,
  }));
  return summaryOf(question, [...mix, ...sources.filter(({ kind }) => kind !== "ai")], {
    drops: [{ name: hostileNames.markup, count: 3 }],
    toolUse: hostileToolUse(Object.values(hostileNames)),
    overwrites: hostileOverwrites(Object.values(hostileNames)),
  });
}
