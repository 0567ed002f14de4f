import assert from "node:assert/strict";
import { dearestTasks, type NamedTask } from "../../../../core/requests/dearestTasks.ts";

function task(key: string, more: Partial<NamedTask> = {}): NamedTask {
  return {
    key,
    tool: "codex",
    models: ["gpt"],
    day: "2026-06-01",
    type: "fix",
    requests: 3,
    unpriced: 0,
    input: 1,
    output: 1,
    cacheRead: 0,
    cacheWrite: 0,
    costNano: 5,
    edits: 2,
    applied: 2,
    tried: null,
    changes: 2,
    keptChanges: 0,
    ...more,
  };
}

suite("The dearest tasks that kept nothing", () => {
  test("are those that wrote and lost all of it, dearest first, and five at most", () => {
    const tasks = [
      task("cheap", { costNano: 1 }),
      task("dear", { costNano: 90, models: ["gpt", "o3"] }),
      task("kept", { costNano: 99, keptChanges: 1 }),
      task("question", { costNano: 99, edits: 0, applied: 0, changes: 0 }),
      task("not recorded", { costNano: 99, changes: 1 }),
      task("unpriced", { costNano: 0 }),
      ...Array.from({ length: 5 }, (_, index) => task(`task ${index}`)),
    ];
    const found = dearestTasks(tasks);
    assert.deepEqual(
      found.map((each) => each.task),
      ["dear", "task 0", "task 1", "task 2", "task 3"],
    );
    assert.deepEqual([found[0]!.nanoUsd, found[0]!.model, found[1]!.model], [90, null, "gpt"]);
  });
});
