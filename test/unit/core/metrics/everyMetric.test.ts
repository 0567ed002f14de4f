import assert from "node:assert/strict";
import fc from "fast-check";
import { measureSummary } from "../../../../core/metrics/measureSummary.ts";
import { metrics } from "../../../../core/metrics/metrics.ts";
import { detectorQuality } from "../../../../core/provenance/provenanceDetector.ts";
import { reportMarkdown, reportOf } from "../../../../core/report/report.ts";
import { reportHtml } from "../../../../core/report/reportHtml.ts";
import type { SummaryRequests } from "../../../../core/requests/requestSummary.ts";
import { sumsOfSample } from "../../../../core/retention/retentionCurve.ts";
import { summarise, type SummaryInput, type SummaryRow } from "../../../../core/summary/summary.ts";
import type { SummaryTask } from "../../../../core/requests/taskGroups.ts";
import { toolUseOf } from "../../../../core/tools/toolUse.ts";
import { addDays } from "../../../../core/day.ts";
import { reportSchema } from "../../../../protocol/report.ts";
import { summarySchema, type Summary } from "../../../../protocol/summary.ts";

const today = "2026-03-31";
const few = (max: number) => fc.nat({ max });
const dayOf = fc.nat({ max: 29 }).map((daysAgo) => addDays(today, -daysAgo));

const rowOf: fc.Arbitrary<SummaryRow> = fc
  .record({
    day: dayOf,
    kind: fc.constantFrom("ai", "human", "tooling", "external", "unknown"),
    edits: few(3),
    size: few(40),
    kept: few(10),
  })
  .map(({ day, kind, edits, size, kept }) => {
    const insertedChars = edits * size;
    const keptChars = Math.floor((insertedChars * kept) / 10);
    return {
      ...{ day, hour: 9, kind, tool: kind === "ai" ? "codex" : null, model: null, mode: null },
      ...{ edits, insertingEdits: size > 0 ? edits : 0, insertedChars, deletedChars: 0, keptChars },
      insertedSquared: edits * size ** 2,
      keptSquared: edits * (keptChars / Math.max(1, edits)) ** 2,
      insertedTimesKept: size * keptChars,
    };
  });

const taskOf: fc.Arbitrary<SummaryTask> = fc
  .record({
    requests: few(5),
    isPriced: fc.boolean(),
    tokens: few(3),
    cost: few(4),
    applied: few(3),
    failed: few(2),
    rejected: few(2),
    changes: few(3),
    keptChanges: few(3),
    isTold: fc.boolean(),
  })
  .map(({ requests, isPriced, tokens, cost, applied, failed, rejected, changes, keptChanges, isTold }) => ({
    ...{
      day: "2026-03-01",
      type: "unknown",
      models: ["claude-opus-4-5"],
      requests,
      unpriced: isPriced ? 0 : requests,
    },
    ...{ input: tokens, output: tokens, cacheRead: tokens * 2, cacheWrite: 0 },
    costNano: isPriced ? cost * requests * 1e8 : 0,
    ...{ edits: applied + failed + rejected, applied, changes, keptChanges: Math.min(changes, keptChanges) },
    tried:
      isTold && applied + failed + rejected > 0
        ? { failed, rejected, files: applied, lines: applied * 9 }
        : null,
  }));

const sampleOf = fc
  .record({ day: dayOf, arc: few(10), noRevert: fc.option(few(10)), isLate: fc.boolean() })
  .map(({ day, arc, noRevert, isLate }) => ({
    ...sumsOfSample({
      ...{ arc, insertedChars: 10, fourGram: null, noRevert: noRevert === null ? null : noRevert / 10 },
      ...{ late: isLate, otherBranch: false },
    }),
    ...{ dueMs: 300_000, kind: "ai" as const, day, tool: "codex", model: null },
  }));

const commitOf = fc
  .record({
    day: dayOf,
    at: few(86_000),
    added: few(900),
    aiLines: few(3),
    known: few(10),
    isMine: fc.boolean(),
  })
  .map(({ day, at, added, aiLines, known, isMine }) => ({
    ...{ id: `${day} ${at}`, day, at: Date.parse(day) + at * 1000, repository: "file:///shop", isMine },
    ...{ isMerge: false, subject: "unknown" as const, hasBody: false, namesAi: false, isCorrective: false },
    ...{
      revertedAfter: null,
      files: 1,
      filesApart: 0,
      added,
      removed: 0,
      sourceFiles: 1,
      testFiles: aiLines % 2,
    },
    ...{ languages: [], lines: 10, known, ai: aiLines > 0 ? { codex: aiLines } : {} },
  }));

const requestsOf: fc.Arbitrary<SummaryRequests> = fc
  .record({ day: dayOf, requests: few(9), isPriced: fc.boolean(), cost: few(4), tokens: few(9) })
  .map(({ day, requests, isPriced, cost, tokens }) => ({
    ...{ day, tool: "codex", model: isPriced ? "claude-opus-4-5" : "something", currency: null, requests },
    ...{
      unpriced: isPriced ? 0 : requests,
      unpricedTokens: isPriced ? 0 : tokens,
      subagent: 0,
      input: tokens,
    },
    ...{ output: tokens, cacheRead: tokens, cacheWrite: 0, reasoning: 0, billedNano: 0 },
    ...{ costNano: isPriced ? cost * requests * 1e8 : 0, latencies: requests > 0 ? [[80, requests]] : [] },
  }));

const inputOf: fc.Arbitrary<SummaryInput> = fc
  .record({
    rows: fc.array(rowOf, { maxLength: 90, size: "max" }),
    tasks: fc.array(taskOf, { maxLength: 25, size: "max" }),
    samples: fc.array(sampleOf, { maxLength: 60, size: "max" }),
    commits: fc.option(fc.array(commitOf, { maxLength: 150, size: "max" })),
    requests: fc.array(requestsOf, { maxLength: 60, size: "max" }),
    accepted: few(30),
    rejected: few(30),
    timed: fc.array(few(90), { maxLength: 80, size: "max" }),
  })
  .map(({ rows, tasks, samples, commits, requests, accepted, rejected, timed }) => {
    const outcome = { kind: "ai" as const, day: today };
    const from = addDays(today, -29);
    return {
      ...{
        question: { days: 30, scope: "all" as const },
        today,
        synthetic: false,
        drops: [],
        rows,
        tasks,
        requests,
      },
      outcomes: [
        { ...outcome, stage: "accepted" as const, outcome: "accepted", edits: accepted },
        { ...outcome, stage: "accepted" as const, outcome: "rejected", edits: rejected },
        { ...outcome, stage: "keptAt15" as const, outcome: "kept", edits: accepted },
        { ...outcome, stage: "committed" as const, outcome: "committed", edits: rejected },
      ],
      ...{ retention: samples, undone: samples, detector: detectorQuality([]) },
      commits: commits && [...commits].sort((one, other) => one.at - other.at),
      timed: timed.map((minutes) => ({
        ...{ day: today, workedMs: minutes * 60_000, firstEditMs: minutes * 1000, isKept: minutes % 2 === 0 },
        ...{ edits: minutes % 3, reads: minutes % 5 === 0 ? null : minutes % 4 },
      })),
      toolUse: toolUseOf({
        ...{ from, watchedFrom: from, retention: samples, undone: samples, rows, rowsBefore: [] },
        tasksBefore: [],
        ...{ today, spent: requests },
        tasks: tasks.map((task) => ({ ...task, tool: "codex", modes: ["agent" as const] })),
      }),
    };
  });

/** Says which have a number. */
function check(summary: Summary): readonly string[] {
  summarySchema.parse(JSON.parse(JSON.stringify(summary)));
  const measured = measureSummary(summary);
  assert.equal(measured.length, metrics.length);
  for (const [index, each] of measured.entries()) {
    const { id, unit, leastSample } = metrics[index]!;
    const { value, low, high, n, reason, needsMore, verdict } = each;
    assert.equal(each.id, id);
    assert.ok(Number.isInteger(n) && n >= 0, `${id}: n ${n}`);
    assert.ok(needsMore === null || (Number.isInteger(needsMore) && needsMore >= 0), `${id}: ${needsMore}`);
    for (const number of [value, low, high])
      assert.ok(number === null || Number.isFinite(number), `${id}: ${number}`);
    if (value === null) {
      assert.deepEqual([low, high], [null, null], id);
      assert.ok(reason, id);
      assert.ok(verdict === null || verdict === "notEnoughData", id);
      continue;
    }
    assert.ok(n >= leastSample, `${id} has a number from ${n} of ${leastSample}`);
    if (low === null || high === null) continue;
    assert.ok(low <= value + 1e-9 && value <= high + 1e-9, `${id}: ${low} ${value} ${high}`);
    if (unit !== "share") continue;
    assert.ok(low >= 0 && high <= 1 && high > low, `${id} is certain: ${low} ${value} ${high}`);
  }
  reportSchema.parse(JSON.parse(JSON.stringify(reportOf(summary))));
  const texts = `${reportMarkdown(summary)} ${reportHtml(summary, [])}`;
  assert.doesNotMatch(texts, /NaN|undefined|Infinity|null/);
  return measured.flatMap(({ id, value }) => (value === null ? [] : [id]));
}

suite("Every metric", () => {
  const seed = Number(process.env.KEPT_SEED ?? 20_261_121);

  test(`of little and odd data is a number with a sample and an interval, or none and why (KEPT_SEED=${seed})`, function () {
    this.timeout(60_000);
    const seen = new Set<string>();
    fc.assert(
      fc.property(inputOf, (input) => check(summarise(input)).forEach((id) => seen.add(id))),
      { seed, numRuns: 60 },
    );
    const expected = [
      "A1",
      "A2",
      "A3",
      "A4",
      "C1",
      "C13",
      "G1",
      "P1",
      "P2",
      "P3",
      "P5",
      "Q1",
      "Q10",
      "Q2",
      "Q3",
      "R4",
      "S7",
    ];
    assert.deepEqual(
      expected.filter((id) => !seen.has(id)),
      [],
      [...seen].sort().join(),
    );
  });

  test("is the same from the same data, in every form", () => {
    const [input] = fc.sample(inputOf, { seed, numRuns: 1 });
    const forms = () => {
      const summary = summarise(input!);
      return [measureSummary(summary), reportOf(summary), reportMarkdown(summary), reportHtml(summary, [])];
    };
    assert.deepEqual(forms(), forms());
  });
});
