import assert from "node:assert/strict";
import { approvedDays } from "../../../../core/summary/approvedDays.ts";

const row = (day: string, tool: string | null, edits: number, kind: "ai" | "human" = "ai") => ({
  ...{ day, tool, edits, kind },
});

suite("Edits by approved tools", () => {
  test("are of all edits by named tools, each against the list of its own folder, by day", () => {
    const first = { tools: ["Claude Code"], rows: [row("d2", "claude-code", 3), row("d2", "codex", 1)] };
    const second = {
      tools: ["codex"],
      rows: [
        row("d1", "codex", 2),
        row("d2", "codex", 4),
        row("d2", null, 9),
        row("d2", "codex", 5, "human"),
      ],
    };
    assert.deepEqual(approvedDays([first, second]), [
      { day: "d1", approved: 2, named: 2 },
      { day: "d2", approved: 7, named: 8 },
    ]);
  });

  test("are unknown without a list, and none where nothing was written", () => {
    assert.equal(approvedDays([]), null);
    assert.deepEqual(approvedDays([{ tools: ["codex"], rows: [] }]), []);
  });
});
