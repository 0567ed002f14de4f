import assert from "node:assert/strict";
import { addDays } from "../../../../core/day.ts";
import type { CommitOfDay } from "../../../../core/fate/heldCommits.ts";
import { samplesOfPractice } from "../../../../core/metrics/samplesOfPractice.ts";
import { measure } from "../../../../core/metrics/measure.ts";
import { metrics } from "../../../../core/metrics/metrics.ts";
import { practiceOf, type PracticeInput } from "../../../../core/summary/practice.ts";
import type { RequestSummary } from "../../../../protocol/requestSummary.ts";

const to = "2026-03-31";
const hour = 3_600_000;

function commit(
  change: Partial<CommitOfDay> & { readonly daysAgo?: number; readonly hour?: number },
): CommitOfDay {
  const { daysAgo = 0, hour: at = 12, ...rest } = change;
  const day = addDays(to, -daysAgo);
  return {
    ...{ id: `${daysAgo} ${at}`, day, at: Date.parse(day) + at * hour, repository: "file:///shop" },
    ...{
      isMine: true,
      isMerge: false,
      subject: "unknown",
      hasBody: false,
      namesAi: false,
      isCorrective: false,
    },
    ...{ revertedAfter: null, files: 2, filesApart: 0, added: 30, removed: 10, sourceFiles: 1, testFiles: 0 },
    ...{ languages: ["typescript"], lines: 30, known: 30, ai: {} },
    ...rest,
  };
}

function practice(commits: readonly CommitOfDay[] | null, rest: Partial<PracticeInput> = {}) {
  return practiceOf({ from: addDays(to, -29), to, commits, tasks: [], aiEditsByDay: new Map(), ...rest });
}

function measured(id: string, own: ReturnType<typeof practice>, days: RequestSummary["days"] = []) {
  const sample = new Map(samplesOfPractice(own, days)).get(id);
  return measure(
    metrics.find((each) => each.id === id)!,
    sample,
    { seed: 1, coverage: 1 },
  );
}

const ai = { "claude-code": 12 };

suite("How somebody works with AI", () => {
  test("is told of the person's own commits of the period, and of no merge", () => {
    const { commits } = practice([
      commit({ ai }),
      commit({ ai, isMine: false }),
      commit({ ai, isMine: null }),
      commit({ ai, isMerge: true }),
      commit({ ai, daysAgo: 30 }),
      commit({ daysAgo: 29 }),
    ]);
    assert.deepEqual([commits!.own, commits!.withAi, commits!.told], [2, 1, 2]);
    assert.equal(practice(null).commits, null);
  });

  test("counts a commit as AI's in good part from a fifth of its lines on", () => {
    const { commits } = practice(
      [6, 5, 0].map((lines, place) => commit({ hour: place, ai: { codex: lines } })),
    );
    assert.deepEqual([commits!.withAi, commits!.mostlyAi], [2, 1]);
  });

  test("does not take a commit of unknown origin for the person's own writing", () => {
    const unknown = commit({ known: 14 });
    const { commits } = practice([commit({ ai }), commit({ known: 15 }), unknown]);
    assert.deepEqual([commits!.told, commits!.toldAi, commits!.own], [2, 1, 3]);
    const mostlyUnknown = practice([
      ...Array<CommitOfDay>(40).fill(commit({ ai })),
      ...Array<CommitOfDay>(41).fill(unknown),
    ]);
    const { value, coverage } = measured("A2", mostlyUnknown);
    assert.deepEqual([value, coverage], [null, 40 / 81]);
    const known = practice([
      ...Array<CommitOfDay>(30).fill(commit({ ai })),
      ...Array<CommitOfDay>(10).fill(commit({})),
    ]);
    assert.deepEqual([measured("A2", known).value, measured("A2", known).n], [0.75, 40]);
  });

  test("says how large commits are, and which are too large to review", () => {
    const { commits } = practice([
      commit({ added: 390, removed: 10 }),
      commit({ added: 391, removed: 10 }),
      commit({ files: 15 }),
      commit({ files: 16 }),
    ]);
    assert.deepEqual([commits!.large, commits!.lines.value, commits!.lines.n], [2, (40 + 400) / 2, 4]);
  });

  test("measures from one commit to the next in one repository, and not over a night", () => {
    const { commits } = practice([
      commit({ daysAgo: 1, hour: 20 }),
      commit({ hour: 8 }),
      commit({ hour: 9, repository: "file:///other" }),
      commit({ hour: 10 }),
      commit({ hour: 10 }),
      commit({ hour: 10.5 }),
    ]);
    assert.deepEqual([commits!.minutesBetween.n, commits!.minutesBetween.value], [2, (120 + 30) / 2]);
  });

  test("looks for tests beside AI's source, not beside its documents or the person's own source", () => {
    const { commits } = practice([
      commit({ ai, testFiles: 1 }),
      commit({ ai }),
      commit({ ai, sourceFiles: 0, testFiles: 1 }),
      commit({ testFiles: 1 }),
    ]);
    assert.deepEqual(commits!.tests, { cases: 1, of: 2 });
  });

  test("divides what was spent, and what AI edited, by commits, days without one among them", () => {
    const commits = Array.from({ length: 20 }, (_, place) => commit({ daysAgo: place, ai }));
    const aiEditsByDay = new Map(Array.from({ length: 30 }, (_, place) => [addDays(to, -place), 8] as const));
    const own = practice(commits, { aiEditsByDay });
    const days = [...aiEditsByDay.keys()].map((day, place) => ({
      ...{ day, requests: 9, byTier: { fast: 0, standard: 9, heavy: 0, unknown: 0 } },
      spendByTier: { fast: 0, standard: place % 2 === 0 ? 2_000_000_000 : 0, heavy: 0, unknown: 0 },
      spend: { nanoUsd: place % 2 === 0 ? 2_000_000_000 : null, unpricedRequests: 0, unpricedTokens: 0 },
    }));
    for (const [id, value] of [
      ["C13", 30 / 20],
      ["P3", 240 / 20],
    ] as const) {
      const found = measured(id, own, days);
      assert.equal(found.n, 20, id);
      assert.ok(Math.abs(found.value! - value) < 1e-9 && found.low! < value && found.high! > value, id);
    }
    assert.equal(measured("C13", practice(commits.slice(0, 19)), days).value, null);
  });

  test("is followed by week, of weeks with enough, beside what is usual", () => {
    const commits = Array.from({ length: 12 * 7 * 3 }, (_, place) => {
      const daysAgo = Math.floor(place / 3);
      return commit({
        daysAgo,
        hour: place % 3,
        added: daysAgo < 2 ? 500 : 10 * (1 + (daysAgo % 5)),
        removed: 0,
      });
    });
    const [lines, , tests] = practice(commits.toReversed()).weekly;
    assert.equal(lines!.weeks.length, 12);
    assert.equal(lines!.weeks.at(-1)!.week, "2026-03-30");
    assert.equal(lines!.weeks.at(-1)!.value, 500);
    assert.ok(lines!.usual!.high < 500 && lines!.usual!.low >= 10 && lines!.usual!.high >= lines!.usual!.low);
    assert.deepEqual([tests!.usual, tests!.weeks[0]!.value], [null, null]);
    const [few] = practice([commit({}), commit({ hour: 13 })]).weekly;
    assert.deepEqual([few!.weeks.at(-1)!.value, few!.weeks.at(-1)!.n], [null, 2]);
  });

  test("counts how often agents look for each edit, of tasks that tell of both", () => {
    const task = { day: to, workedMs: 0, firstEditMs: 120_000, isKept: true };
    const tasks = [
      ...Array.from({ length: 9 }, (_, place) => ({ ...task, edits: 2, reads: 2 + (place % 3) })),
      { ...task, edits: 0, reads: 9 },
      { ...task, edits: 9, reads: null },
    ];
    const own = practice([], { tasks });
    const { value, low, high, n } = measured("P4", own);
    assert.deepEqual([value, n], [27 / 18, 18]);
    assert.ok(low! < 1.5 && high! > 1.5);
    assert.deepEqual([own.firstEdit.value, own.firstEdit.n], [2, 11]);
  });

  test("is nothing of nothing", () => {
    const nothing = practice([]);
    assert.deepEqual(nothing.days, []);
    for (const id of ["A2", "Q10", "C13", "P1", "P2", "P3", "P4", "P5"]) {
      const { value, low, reason } = measured(id, nothing);
      assert.deepEqual([value, low], [null, null], id);
      assert.match(reason!, /^not enough data: 0 /, id);
    }
  });
});
