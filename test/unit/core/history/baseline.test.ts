import assert from "node:assert/strict";
import { beforeLines } from "../../../../core/history/beforeWords.ts";
import { baselineOf } from "../../../../core/history/baseline.ts";
import type { FateRecord } from "../../../../protocol/fates.ts";
import { beforeKeptSchema } from "../../../../protocol/history.ts";

const dayMs = 24 * 60 * 60_000;
const now = Date.parse("2026-03-31T12:00:00Z");
const daysAgo = (days: number) => now - days * dayMs;
const options = { before: now, utcOffsetMinutes: 0 };

function record(commits: readonly (readonly [number, number, FateRecord["groups"][number][]])[]): FateRecord {
  return {
    format: 1,
    repository: "file:///project",
    at: now,
    unknown: null,
    linesSetApart: 0,
    origins: [{ kind: "unknown" }, { kind: "ai", tool: "codex" }],
    commits: commits.map(([days]) => [daysAgo(days), null]),
    groups: commits.flatMap(([days, lines, more], commit): FateRecord["groups"] => [
      [0, commit, lines, days, "alive", false],
      ...more.map(([origin, , ...rest]): FateRecord["groups"][number] => [origin, commit, ...rest]),
    ]),
  };
}

suite("The baseline of a history", () => {
  const year = Array.from({ length: 30 }, (_, index): [number, number, FateRecord["groups"]] => [
    300 - 2 * index,
    index < 15 ? 4 : 8,
    [[0, 0, 1, 3, "self", false]],
  ]);

  test("is of the year before AI is known to have written anything, whatever came later", () => {
    const plain = baselineOf([record(year)], options)!;
    assert.deepEqual([plain.commits, plain.days, plain.linesPerCommit], [30, 30, 7]);
    assert.deepEqual([plain.from, plain.to], ["2025-06-04", "2025-08-01"]);
    assert.ok(Math.abs(plain.rework21!.value - 30 / 210) < 1e-6);
    assert.equal(plain.rework21!.commits, 30);
    const later = record([
      [700, 90, []],
      ...year,
      [200, 70, [[1, 0, 50, 200, "alive", false]]],
      [100, 70, []],
    ]);
    assert.deepEqual(baselineOf([later], options), plain);
    beforeKeptSchema.shape.baseline.parse(plain);
  });

  test("stands in reports beside what tools recorded, marked as of before", () => {
    const tool = {
      tool: "codex",
      tasks: 3,
      requests: 9,
      edits: 4,
      linesAdded: 40,
      days: 2,
      costUsd: null,
      unpricedRequests: 9,
    };
    const before = {
      state: "stopped",
      read: 1,
      all: 2,
      from: "2026-03-01",
      to: "2026-03-31",
      tools: [tool],
    } as const;
    const text = beforeLines({
      ...before,
      tools: [tool],
      baseline: baselineOf([record(year)], options),
    }).join("\n");
    assert.match(
      text,
      /^Before Kept watched, 2026-03-01 to 2026-03-31, .*stopped \(its requests are in the cost above.*\):$/m,
    );
    assert.match(
      text,
      /^- Codex: 3 tasks on 2 days, 9 requests, 4 edits of 40 lines, no price known \(9 requests unpriced\)$/m,
    );
    assert.match(text, /30 commits on 30 days, 7 lines each in the middle, 14 % reworked in 21 days/);
    assert.match(beforeLines({ ...before, tools: [], baseline: null }).join("\n"), /no tool's records/);
    assert.deepEqual(beforeLines(null), []);
  });

  test("is none where everything is younger, and has no rework of lines that nobody watched long enough", () => {
    assert.equal(baselineOf([], options), null);
    assert.equal(baselineOf([record([[-2, 4, []]])], options), null);
    assert.equal(baselineOf([record([[3, 4, []]])], options)!.rework21, null);
  });
});
