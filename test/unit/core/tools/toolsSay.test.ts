import assert from "node:assert/strict";
import { sumsOfSample } from "../../../../core/retention/retentionCurve.ts";
import { toolsSay, type FigureSums } from "../../../../core/tools/toolsSay.ts";
import { toolsSayLines } from "../../../../core/tools/toolsSayWords.ts";

const copilot = "github-copilot";
const figure = (change: Partial<FigureSums>): FigureSums => ({
  tool: copilot,
  measure: "fourGram",
  detail: "300000",
  count: 10,
  total: 8,
  ...change,
});
const sample = (fourGram: number | null, noRevert: number | null, more: object = {}) => ({
  ...sumsOfSample({ arc: 1, insertedChars: 1, fourGram, noRevert, late: false, otherBranch: false }),
  kind: "ai",
  tool: copilot,
  dueMs: 300_000,
  ...more,
});

suite("What tools say of their own edits", () => {
  test("stands beside what Kept's samples of the same tool say at the same time", () => {
    const said = toolsSay(
      [figure({}), figure({ count: 10, total: 9 }), figure({ measure: "noRevert", count: 4, total: 4 })],
      [
        sample(0.5, 1),
        sample(0.7, null),
        sample(0, 0, { tool: "codex" }),
        sample(0, 0, { dueMs: 5000 }),
        sample(0, 0, { kind: "human" }),
      ],
    );
    assert.deepEqual(said, {
      decisions: [],
      survival: [
        {
          tool: copilot,
          measure: "fourGram",
          dueMs: 300_000,
          theirs: { value: 0.85, n: 20 },
          ours: { value: 0.6, n: 2 },
        },
        {
          tool: copilot,
          measure: "noRevert",
          dueMs: 300_000,
          theirs: { value: 1, n: 4 },
          ours: { value: 1, n: 1 },
        },
      ],
    });
  });

  test("has no number of Kept's where Kept has no sample", () => {
    const [at5] = toolsSay([figure({})], [sample(null, null)]).survival;
    assert.deepEqual(at5?.ours, { value: null, n: 0 });
  });

  test("tells a person's decisions from rules made before, and the times in their order", () => {
    const decided = (measure: "accepted" | "rejected", detail: string, count: number) =>
      figure({ measure, detail, count, total: count });
    const said = toolsSay(
      [
        decided("rejected", "person", 2),
        decided("accepted", "rule", 7),
        decided("accepted", "person", 3),
        decided("accepted", "something new", 1),
        figure({ detail: "30000", tool: "z" }),
        figure({ detail: "5000", tool: "z" }),
      ],
      [],
    );
    assert.deepEqual(said.decisions, [
      { tool: copilot, by: "person", accepted: 3, rejected: 2 },
      { tool: copilot, by: "rule", accepted: 7, rejected: 0 },
      { tool: copilot, by: "unknown", accepted: 1, rejected: 0 },
    ]);
    assert.deepEqual(
      said.survival.map(({ dueMs }) => dueMs),
      [5000, 30_000],
    );
  });

  test("is in the report in words, and nothing is where no tool says anything", () => {
    assert.deepEqual(toolsSayLines({ decisions: [], survival: [] }), []);
    const lines = toolsSayLines(
      toolsSay([figure({}), figure({ measure: "rejected", detail: "person", count: 2 })], []),
    );
    assert.ok(
      lines.includes("- GitHub Copilot: 0 edits accepted and 2 rejected, by a person"),
      lines.join("\n"),
    );
    assert.ok(
      lines.includes("| GitHub Copilot | likeness by 4-grams | 5 min | 80 % (10 edits) | no samples |"),
      lines.join("\n"),
    );
  });
});
