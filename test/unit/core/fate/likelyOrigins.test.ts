import assert from "node:assert/strict";
import { CommitOrigins } from "../../../../core/fate/commitOrigins.ts";
import { likelyOrigins } from "../../../../core/fate/likelyOrigins.ts";
import type { LineRun } from "../../../../core/fate/lineFates.ts";
import type { SubjectKind } from "../../../../protocol/fates.ts";

const dayMs = 86_400_000;
const cursor = { kind: "ai", tool: "cursor", model: "unknown", mode: "agent" } as const;

suite("Whose lines a fix took out", () => {
  /** Commits a day apart; 0 is of AI, 1 is of nobody that is known. */
  function of(
    runs: readonly LineRun[],
    subjects: readonly SubjectKind[],
    at = subjects.map((_, day) => day * dayMs),
  ) {
    const origins = new CommitOrigins();
    origins.addWhole("0", cursor);
    return likelyOrigins({
      fates: {
        isIncluded: Uint8Array.from(subjects, () => 1),
        *runs() {
          yield* runs;
        },
      },
      commits: subjects.map((_, index) => ({
        id: String(index),
        at: at[index]!,
        parents: [],
        isApart: false,
      })),
      facts: subjects.map((subject) => ({ subject })),
      origins,
      isSetApart: (path) => path.endsWith(".lock"),
    });
  }
  const run = (
    commit: number,
    count: number,
    by: number,
    path = "a.ts",
    kind: "died" | "lost" = "died",
  ): LineRun => ({
    ...{ commit, path, line: 1, count },
    end: { commit: by, kind },
  });

  test("is likely the origin, with the more confidence the smaller the fix and the younger what it took out", () => {
    const told = of([run(0, 3, 2), run(1, 1, 2)], ["feature", "feature", "fix", "fix"]);
    assert.deepEqual(told, {
      fixes: 2,
      untraced: 1,
      rows: [
        {
          ...{ fix: "2", origin: "ai/cursor/agent/unknown", lines: 3, share: 0.75, days: 2 },
          ...{ commits: ["0"], confidence: "medium" },
        },
        { fix: "2", origin: "unknown", lines: 1, share: 0.25, days: 1, commits: ["1"], confidence: "low" },
      ],
    });
  });

  test("is held for little where a fix goes through many files, or what it took out was old", () => {
    const many = Array.from({ length: 6 }, (_, index) => run(0, 1, 2, `${index}.ts`));
    const wide = of(many, ["feature", "feature", "fix"]);
    const old = of([run(0, 3, 2)], ["feature", "feature", "fix"], [0, dayMs, 91 * dayMs]);
    assert.deepEqual(
      [wide, old].map(({ rows }) => rows.map(({ confidence }) => confidence)),
      [["low"], ["low"]],
    );
  });

  test("is nobody's of what takes a commit back, rewrites everything, or is in files nobody writes", () => {
    const runs = [run(0, 3, 1), run(0, 3, 2, "a.ts", "lost"), run(0, 3, 2, "b.lock"), run(0, 1, 3)];
    const told = of(runs, ["feature", "revert", "fix", "feature"]);
    assert.deepEqual(told, { fixes: 1, untraced: 1, rows: [] });
  });
});
