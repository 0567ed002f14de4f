import assert from "node:assert/strict";
import { sumsOfSample } from "../../../../core/retention/retentionCurve.ts";
import { wayOfDays, type DatedOutcome } from "../../../../core/summary/wayOfDays.ts";

const outcome = (day: string, stage: DatedOutcome["stage"], name: string, edits: number): DatedOutcome => ({
  kind: "ai",
  day,
  stage,
  outcome: name,
  edits,
});
const sampled = (noRevert: number | null, dueMs: number, kind = "ai") => ({
  ...sumsOfSample({ arc: 1, insertedChars: 2, fourGram: 1, noRevert, late: false, otherBranch: false }),
  dueMs,
  kind,
  day: "2026-03-02",
});

suite("The way of AI edits, day by day", () => {
  test("counts those of which it is known, on the day they were made", () => {
    const ways = wayOfDays(
      [
        outcome("2026-03-02", "keptAt15", "kept", 3),
        outcome("2026-03-01", "accepted", "accepted", 4),
        outcome("2026-03-01", "accepted", "rejected", 1),
        outcome("2026-03-01", "accepted", "notTold", 7),
        outcome("2026-03-01", "committed", "committed", 5),
        outcome("2026-03-01", "committed", "noRepository", 3),
        outcome("2026-03-02", "problems", "more", 2),
        outcome("2026-03-02", "problems", "none", 5),
        outcome("2026-03-02", "repeated", "none", 6),
        { ...outcome("2026-03-01", "accepted", "accepted", 50), kind: "human" },
      ],
      [sampled(0.1, 300_000), sampled(1, 300_000), sampled(null, 300_000), sampled(0, 60_000)],
    );
    const none = { cases: 0, of: 0 };
    const nothing = {
      ...{ accepted: none, keptAt15: none, committed: none },
      ...{ undone: none, problems: none, repeated: none },
    };
    assert.deepEqual(ways, [
      {
        ...nothing,
        day: "2026-03-01",
        accepted: { cases: 4, of: 5 },
        // Of twelve, those of which a commit can be seen: what is in none yet counts as not.
        committed: { cases: 5, of: 9 },
      },
      {
        ...nothing,
        day: "2026-03-02",
        keptAt15: { cases: 3, of: 3 },
        undone: { cases: 1, of: 2 },
        problems: { cases: 2, of: 7 },
        repeated: { cases: 0, of: 6 },
      },
    ]);
  });

  test("never counts fewer than were committed, whatever sums hold", () => {
    const [way] = wayOfDays(
      [outcome("2026-03-01", "committed", "committed", 2), outcome("2026-03-01", "committed", "noGit", 9)],
      [],
    );
    assert.deepEqual(way!.committed, { cases: 2, of: 2 });
  });

  test("takes nothing of what was typed, and no sample of another time", () => {
    assert.deepEqual(wayOfDays([], [sampled(0, 300_000, "human"), sampled(0, 900_000)]), []);
  });
});
