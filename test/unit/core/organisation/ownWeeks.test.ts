import assert from "node:assert/strict";
import { isoWeekOfDay, mondayOfWeek } from "../../../../core/isoWeek.ts";
import { ownWeeks } from "../../../../core/organisation/ownWeeks.ts";

suite("A person's own weeks", () => {
  test("are in the columns of the organisation, exactly, and of those weeks alone", () => {
    const sum = { day: "2026-03-30", edits: 7, insertedChars: 101, keptChars: 99 };
    const own = ownWeeks(
      [
        { ...sum, kind: "ai", tool: "codex" },
        { ...sum, kind: "ai", tool: "codex", day: "2026-04-05" },
        { ...sum, kind: "ai", tool: "house-made" },
        { ...sum, kind: "human", tool: null },
        { ...sum, kind: "human", tool: null, day: "2026-04-06" },
      ],
      ["2026-W14", "2026-W13"],
    );
    const one = { edits: 7, insertedChars: 101, keptChars: 99 };
    assert.deepEqual(own, [
      {
        week: "2026-W14",
        all: { edits: 28, insertedChars: 404, keptChars: 396 },
        columns: { codex: { edits: 14, insertedChars: 202, keptChars: 198 }, other: one, human: one },
      },
      { week: "2026-W13", all: { edits: 0, insertedChars: 0, keptChars: 0 }, columns: {} },
    ]);
  });

  test("a week begins on the Monday that its name says", () => {
    for (const [week, monday] of [
      ["2026-W01", "2025-12-29"],
      ["2020-W53", "2020-12-28"],
      ["2027-W01", "2027-01-04"],
      ["2026-W14", "2026-03-30"],
    ] as const) {
      assert.equal(mondayOfWeek(week), monday);
      assert.equal(isoWeekOfDay(monday), week);
    }
  });
});
