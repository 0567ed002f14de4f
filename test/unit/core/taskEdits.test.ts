import assert from "node:assert/strict";
import { triedEdits, type ToldEdit } from "../../../core/taskEdits.ts";
import { workedMs } from "../../../core/timedTasks.ts";

const edit: ToldEdit = { uri: "file:///a.ts", linesAdded: 3, linesDeleted: 1, outcome: "applied" };

suite("What the edits of a task came to", () => {
  test("counts files and lines of what was applied, and what failed or was rejected beside it", () => {
    const edits: ToldEdit[] = [
      edit,
      edit,
      { ...edit, uri: "file:///b.ts", linesDeleted: null },
      { ...edit, uri: "file:///c.ts", outcome: "failed" },
      { ...edit, uri: "file:///d.ts", outcome: "rejected", linesAdded: null },
      { ...edit, uri: "file:///e.ts", outcome: "unknown" },
    ];
    assert.deepEqual(triedEdits(edits), { failed: 1, rejected: 1, files: 2, lines: 11 });
  });

  test("knows no lines where one record does not tell them", () => {
    assert.equal(triedEdits([edit, { ...edit, linesAdded: null }]).lines, null);
  });
});

suite("How long a task was worked at", () => {
  test("leaves out what a pause is longer than a quarter of an hour", () => {
    const minute = 60_000;
    assert.equal(workedMs([0, 5 * minute, 5 * minute, 600 * minute, 601 * minute]), 21 * minute);
    assert.equal(workedMs([7]), 0);
    assert.equal(workedMs([]), 0);
  });
});
