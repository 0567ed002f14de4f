import assert from "node:assert/strict";
import { inputs } from "../../../../core/metrics/metric.ts";
import { measureSummary } from "../../../../core/metrics/measureSummary.ts";
import { metrics } from "../../../../core/metrics/metrics.ts";
import { requested } from "../../../../core/metrics/requested.ts";
import { reportMarkdown, reportOf } from "../../../../core/report/report.ts";
import { sumsOfSample, type retentionCurve } from "../../../../core/retention/retentionCurve.ts";
import { summarise, type SummaryRow } from "../../../../core/summary/summary.ts";
import { addDays } from "../../../../core/day.ts";
import type { FateOfOrigin, Fates } from "../../../../protocol/fates.ts";
import type { OriginKind } from "../../../../protocol/origin.ts";
import { reportSchema } from "../../../../protocol/report.ts";
import type { Summary } from "../../../../protocol/summary.ts";

const today = "2026-03-31";

function row(daysAgo: number, kind: OriginKind, insertedChars: number): SummaryRow {
  const ai = kind === "ai";
  return {
    day: addDays(today, -daysAgo),
    hour: 10,
    kind,
    tool: ai ? (daysAgo % 2 === 0 ? "claude-code" : "codex") : null,
    model: null,
    mode: ai ? "agent" : null,
    edits: 2,
    insertingEdits: 2,
    insertedChars,
    deletedChars: 0,
    keptChars: insertedChars,
    insertedSquared: insertedChars ** 2 / 2,
    keptSquared: insertedChars ** 2 / 2,
    insertedTimesKept: insertedChars ** 2 / 2,
  };
}

function summaryOf(
  rows: readonly SummaryRow[],
  outcomes: Parameters<typeof summarise>[0]["outcomes"] = [],
  fates: Summary["fates"] = null,
  retention: Parameters<typeof retentionCurve>[0] = [],
): Summary {
  const detected = { value: null, low: null, high: null, n: 0, needsMore: 20 };
  return summarise({
    question: { days: 30, scope: "all" },
    today,
    synthetic: false,
    rows,
    outcomes,
    retention,
    drops: [],
    fates,
    detector: {
      n: 0,
      edits: 0,
      withoutEvidence: 0,
      confusion: [],
      ai: { precision: detected, recall: detected, f1: null },
      human: { precision: detected, recall: detected, f1: null },
    },
  });
}

/** Twenty days of writing, AI on every second of them, and ten days off. */
const worked = Array.from({ length: 20 }, (_, daysAgo) => [
  row(daysAgo, "human", 300),
  row(daysAgo, "unknown", 100),
  ...(daysAgo % 2 === 0 ? [row(daysAgo, "ai", 600)] : []),
]).flat();
const outcomes = [
  { kind: "ai" as const, stage: "accepted" as const, outcome: "accepted", edits: 15 },
  { kind: "ai" as const, stage: "accepted" as const, outcome: "rejected", edits: 5 },
  { kind: "ai" as const, stage: "keptAt15" as const, outcome: "kept", edits: 16 },
  { kind: "ai" as const, stage: "keptAt15" as const, outcome: "gone", edits: 4 },
  { kind: "ai" as const, stage: "committed" as const, outcome: "committed", edits: 10 },
];

const ofAi: FateOfOrigin = {
  origin: { kind: "ai" },
  lines: 900,
  commits: 40,
  rework: [
    {
      days: 21,
      observed: 800,
      commits: 36,
      self: 16,
      others: 8,
      corrective: 4,
      share: { value: 0.03, low: 0.01, high: 0.06 },
    },
  ],
  survival: [{ days: 90, value: 0.9, low: 0.8, high: 0.95, atRisk: 100 }],
  reverts: [{ days: 30, reverted: 2, of: 40 }],
};
const fates: Fates = {
  at: 0,
  repositories: 1,
  unknown: [],
  from: today,
  to: today,
  coverage: 1,
  linesSetApart: 0,
  lives: { halfLives: [], hazardRatio: null },
  kinds: [ofAi],
  tools: [],
  weeks: [],
};

/** Forty edits looked at after five minutes, ten of them taken back. */
const samples = Array.from({ length: 40 }, (_, edit) => ({
  ...sumsOfSample({
    arc: 5,
    insertedChars: 10,
    fourGram: null,
    noRevert: edit < 10 ? 0.1 : 1,
    late: false,
    otherBranch: false,
  }),
  dueMs: 300_000,
  kind: "ai",
}));

suite("The metrics of a summary", () => {
  const measured = new Map(
    measureSummary(summaryOf(worked, outcomes, fates, samples)).map((each) => [each.id, each]),
  );

  for (const [id, value, n] of [
    ["A1", 0.5, 20],
    ["A3", 0.5, 20],
    ["A4", 1, 20],
    ["Q1", 0.75, 20],
    ["Q2", 0.8, 20],
    ["Q3", 0.5, 20],
    ["Q4", 0.03, 36],
    ["Q5", 0.9, 40],
    ["Q6", 0.05, 40],
    ["R4", 0.25, 40],
    ["G1", 0.857143, 20],
  ] as const) {
    test(`${id} is ${value} of ${n}`, () => {
      const { value: is, n: of, reason } = measured.get(id)!;
      assert.equal(Number(is?.toFixed(6)), value, reason ?? "");
      assert.equal(of, n);
    });
  }

  test("cannot tell of half the days whether six in ten are reached, and says how many more it takes", () => {
    const { verdict, needsMore, target } = measured.get("A1")!;
    assert.equal(target, 0.6);
    assert.equal(verdict, "notEnoughData");
    assert.ok(needsMore! > 20 && needsMore! < 200, String(needsMore));
  });

  test("says that rework meets its target only where the whole interval does, and nothing of no AI line", () => {
    assert.equal(measured.get("Q4")!.verdict, "meets");
    const withoutAi = measureSummary(summaryOf(worked, outcomes, { ...fates, kinds: [] }));
    const { value, reason } = withoutAi.find(({ id }) => id === "Q4")!;
    assert.deepEqual([value, reason], [null, "not enough data: 0 commits of the 20 it takes"]);
  });

  test("are the same numbers in the report, which is what its schema says", () => {
    const summary = summaryOf(worked, outcomes);
    const report = reportSchema.parse(JSON.parse(JSON.stringify(reportOf(summary))));
    for (const each of measureSummary(summary)) {
      const { value, low, high, n, verdict } = report.metrics.find(({ id }) => id === each.id)!;
      assert.deepEqual(
        { value, low, high, n, verdict },
        {
          value: each.value,
          low: each.low,
          high: each.high,
          n: each.n,
          verdict: each.verdict,
        },
      );
    }
    assert.match(
      reportMarkdown(summary),
      /^\| A1 Active use \| 50 % \(28 % to 72 %, 20 days\) \| 60 % \| not enough data, needs about \d+ more days \|  \|$/m,
    );
  });

  test("count the models that stick otherwise than before, of those watched long enough", () => {
    const share = { value: 0.8, low: 0.7, high: 0.9, n: 100, needsMore: 0 };
    const model = (says: "rising" | "falling" | "noChangeSeen" | "cannotTell", weeks: number) => ({
      ...{ tool: "codex", model: says, now: share, before: share, change: null, says },
      undone: { now: share, before: share, held: null, says: "cannotTell" as const },
      retries: { now: share, before: share, held: null, says: "cannotTell" as const },
      weeks: Array.from({ length: weeks }, (_, week) => ({
        week: addDays(today, week * 7),
        value: 0.8,
        n: 9,
      })),
    });
    const drift = (...models: ReturnType<typeof model>[]) => {
      const use = {
        watchedFrom: today,
        models,
        all: { weeks: 0, change: null },
        cost: { weeks: 0, change: null },
        byType: [],
        churn: null,
        aiDays: 0,
        severalDays: 0,
      };
      return measureSummary({ ...summaryOf([]), toolUse: use }).find(({ id }) => id === "R7")!;
    };
    const { value, n } = drift(model("rising", 20), model("falling", 14), model("noChangeSeen", 26));
    assert.deepEqual([value, n], [2, 26]);
    assert.equal(drift(model("cannotTell", 11)).reason, "not enough data: 11 weeks of the 12 it takes");
  });

  test("take of each tool's plan the longest window that is not over, and of these the fullest", () => {
    const pace = { tool: "codex", elapsedShare: 0.5, readAt: 0, resetsAt: 1, runsOutAt: null };
    const paces: Summary["paces"] = [
      { ...pace, windowMinutes: 300, usedShare: 0.9, state: "lasts" },
      { ...pace, windowMinutes: 10_080, usedShare: 0.4, state: "lasts" },
      { ...pace, tool: "cursor", windowMinutes: 43_200, usedShare: 0.7, state: "runsOut" },
      { ...pace, tool: "amp", windowMinutes: 43_200, usedShare: 1, state: "over" },
    ];
    const credits = (some: Summary["paces"]) =>
      measureSummary({ ...summaryOf([]), paces: some }).find(({ id }) => id === "C11")!;
    assert.deepEqual([credits(paces).value, credits(paces).n], [0.7, 2]);
    assert.equal(credits(paces.slice(3)).value, null);
  });

  test("of an empty store are no numbers, each with its reason", () => {
    for (const { id, value, low, high, reason } of measureSummary(summaryOf([]))) {
      assert.deepEqual([value, low, high], [null, null, null], id);
      assert.ok(reason, id);
    }
    assert.doesNotMatch(reportMarkdown(summaryOf([])), /NaN|undefined|null/);
  });

  test("say what is missing where somebody has to set it up: waiting gives no budget, list or plan", () => {
    const empty = new Map(measureSummary(summaryOf([])).map((each) => [each.id, each]));
    for (const id of ["C9", "G2", "C11"]) {
      assert.match(empty.get(id)!.reason!, /^needs a /, id);
      assert.equal(empty.get(id)!.needsMore, null, id);
    }
  });

  test("are measured exactly where their input is at hand", () => {
    const setUp = ["A6", "C9", "C11", "G2", "G6"];
    for (const { id, input } of metrics.filter((metric) => !setUp.includes(metric.id))) {
      const waits = measured.get(id)!.reason?.startsWith("needs ") ?? false;
      assert.equal(!waits, inputs[input].atHand, `${id}: ${measured.get(id)!.reason}`);
    }
  });
});

suite("The catalogue of metrics", () => {
  const ids = metrics.map(({ id }) => id);

  test("declares each once, with a partner that exists and is another", () => {
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, partner } of metrics) {
      if (partner !== undefined) assert.ok(partner !== id && ids.includes(partner), `${id}: ${partner}`);
    }
  });

  test("never shows acceptance without retention", () => {
    assert.equal(metrics.find(({ id }) => id === "Q1")!.partner, "Q2");
  });

  test("judges nothing that only describes", () => {
    for (const { id, direction, target } of metrics) {
      assert.ok(direction !== "none" || target === undefined, id);
    }
  });

  test("answers all 79 figures that are asked for, by metrics that exist or with a reason", () => {
    assert.equal(requested.length, 79);
    for (const each of requested) {
      if (each.answer === "metric")
        for (const id of each.metrics) assert.ok(ids.includes(id), `${each.name}: ${id}`);
      else assert.ok(each.reason.length > 0, each.name);
    }
  });
});
