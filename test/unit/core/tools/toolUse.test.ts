import assert from "node:assert/strict";
import { toolUseOf, type ToolTask, type ToolUseInput } from "../../../../core/tools/toolUse.ts";
import { hourOf } from "../../webview/summary.ts";

function task(more: Partial<ToolTask>): ToolTask {
  return {
    tool: "codex",
    day: "2026-11-01",
    models: ["gpt"],
    modes: ["agent"],
    type: "fix",
    requests: 3,
    unpriced: 0,
    input: 10,
    output: 10,
    cacheRead: 0,
    cacheWrite: 0,
    costNano: 1,
    edits: 2,
    applied: 2,
    tried: null,
    changes: 2,
    keptChanges: 1,
    ...more,
  };
}

const nothing: ToolUseInput = {
  from: "2026-11-01",
  watchedFrom: "2026-06-01",
  retention: [],
  undone: [],
  tasksBefore: [],
  tasks: [],
  rows: [],
  spent: [],
  today: "2026-11-20",
  rowsBefore: [],
};
const by = (tool: string | null, day: string) => hourOf({ tool, day });

suite("Tools beside and after each other", () => {
  test("are new or gone against the time before, and nothing where nothing is on record of it", () => {
    const rows = [by("codex", "2026-11-02"), by("cursor", "2026-11-02"), by(null, "2026-11-03")];
    const rowsBefore = [by("codex", "2026-10-02"), by("windsurf", "2026-10-02"), by(null, "2026-10-03")];
    assert.deepEqual(toolUseOf({ ...nothing, rows, rowsBefore }).churn, {
      begun: ["cursor"],
      left: ["windsurf"],
    });
    assert.equal(toolUseOf({ ...nothing, rows }).churn, null);
  });

  test("share days: one that nobody could name is none beside another", () => {
    const rows = [
      by("codex", "2026-11-02"),
      by("cursor", "2026-11-02"),
      by("codex", "2026-11-03"),
      by(null, "2026-11-03"),
      hourOf({ kind: "human", day: "2026-11-04" }),
    ];
    const { aiDays, severalDays } = toolUseOf({ ...nothing, rows });
    assert.deepEqual([aiDays, severalDays], [2, 1]);
  });

  test("are told apart by how AI was used in a task, where that is known, and in several modes at once", () => {
    const tasks = [
      ...Array.from({ length: 20 }, () => task({})),
      ...Array.from({ length: 20 }, () => task({ modes: ["chat"], keptChanges: 2 })),
      ...Array.from({ length: 3 }, () => task({ modes: ["agent", "chat"] })),
      ...Array.from({ length: 2 }, () => task({ modes: [] })),
    ];
    const { byType } = toolUseOf({ ...nothing, tasks });
    assert.deepEqual(
      byType.map(({ mode, changes, kept }) => [mode, changes, kept.value, kept.needsMore]),
      [
        ["agent", 40, 0.5, 0],
        ["chat", 40, 1, 0],
        ["several", 6, 0.5, 17],
        [null, 4, 0.5, 18],
      ],
    );
  });

  test("are told apart by kind of task, with an interval from twenty tasks on", () => {
    const tasks = [
      ...Array.from({ length: 20 }, () => task({})),
      ...Array.from({ length: 19 }, () => task({ type: "docs" })),
      task({ type: "docs", changes: 0, keptChanges: 0 }),
      task({ models: ["gpt", "o3"], type: "docs" }),
    ];
    const { byType } = toolUseOf({ ...nothing, tasks });
    assert.deepEqual(
      byType.map(({ model, type, changes, kept }) => [model, type, changes, kept.n, kept.needsMore]),
      [
        ["gpt", "fix", 40, 20, 0],
        ["gpt", "docs", 38, 19, 1],
        [null, "docs", 2, 1, 19],
      ],
    );
    const [sure, few] = byType;
    assert.ok(sure!.kept.low! < 0.5 && 0.5 < sure!.kept.high!);
    assert.deepEqual([few!.kept.low, few!.kept.high], [null, null]);
  });
});
