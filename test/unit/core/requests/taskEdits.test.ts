import assert from "node:assert/strict";
import { triedEdits, type ToldEdit } from "../../../../core/requests/taskEdits.ts";
import { tasksToTime, timedTasks, workedMs } from "../../../../core/requests/timedTasks.ts";

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

suite("Tasks that are timed", () => {
  const task = { key: "a", tool: "codex", day: "2026-03-01", endedAt: 0, applied: 1, keptChanges: 1 };
  const moments = new Map(
    ["a", "b", "c"].map((key) => [key, { moments: [0, 60_000, 90_000], firstEdit: 60_000 }]),
  );

  test("are the newest two hundred that edit", () => {
    const tasks = Array.from({ length: 300 }, (_, place) => ({
      ...task,
      key: String(place),
      applied: place % 2,
      keptChanges: 0,
    }));
    assert.equal(tasksToTime(tasks).length, 150);
    assert.equal(tasksToTime([...tasks, ...tasks]).length, 200);
  });

  test("know no looks of a tool that tells of none, and none of a task in which another looked", () => {
    const tasks = [task, { ...task, key: "b" }, { ...task, key: "c", tool: "amp" }, { ...task, key: "d" }];
    const timed = timedTasks(tasks, moments, new Map([["a", 4]]), 1);
    assert.deepEqual(
      timed.map(({ reads }) => reads),
      [4, 0, null],
    );
    assert.deepEqual([timed[0]!.workedMs, timed[0]!.firstEditMs, timed[0]!.isKept], [90_000, 60_000, false]);
    assert.equal(timedTasks([task], moments, new Map(), 86_400_000)[0]!.isKept, true);
  });
});
