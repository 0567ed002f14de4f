import assert from "node:assert/strict";
import { aliveEdits, type CommitOfEdits } from "../../../../core/fate/aliveEdits.ts";
import type { LineRun } from "../../../../core/fate/lineFates.ts";

const day = 86_400_000;
const now = 100 * day;
const commit = (id: string, daysAgo: number) => ({
  id,
  at: now - daysAgo * day,
  parents: [],
  isApart: false,
});
const history = [
  commit("old", 60),
  commit("fix", 50),
  commit("late", 20),
  commit("young", 5),
  commit("newest", 1),
];

function run(of: number, line: number, count: number, by?: number, kind: "died" | "lost" = "died"): LineRun {
  return { commit: of, path: "a.ts", line, count, end: by === undefined ? undefined : { commit: by, kind } };
}

function own(
  name: string,
  daysAgo: number,
  ...edits: readonly (readonly [string, number, number])[]
): CommitOfEdits {
  const ranges = edits.map(([editId, firstLine, lastLine]) => ({ editId, firstLine, lastLine }));
  return { name, at: now - daysAgo * day, files: [{ path: "a.ts", ranges }] };
}

function told(runs: readonly LineRun[], ...commits: readonly CommitOfEdits[]) {
  const lives = { runs: () => runs[Symbol.iterator]() as Generator<LineRun> };
  const steps = aliveEdits(lives, history, commits, now);
  for (;;) {
    const step = steps.next();
    if (step.done) return Object.fromEntries(step.value);
  }
}

suite("Edits thirty days after their commits", () => {
  test("are alive as long as one of their lines is", () => {
    const commits = own("old", 60, ["left", 1, 4], ["gone", 5, 6], ["later", 7, 7], ["lost", 8, 9]);
    const runs = [
      run(0, 1, 3, 1),
      run(0, 4, 1),
      run(0, 5, 2, 1),
      run(0, 7, 1, 2),
      run(0, 8, 1, 1),
      run(0, 9, 1, 1, "lost"),
    ];
    assert.deepEqual(told(runs, commits), { left: "alive", gone: "gone", later: "alive", lost: "lost" });
  });

  test("are nothing yet while their lines are younger, unless none is there", () => {
    const commits = own("young", 5, ["open", 1, 2], ["gone", 3, 3]);
    assert.deepEqual(told([run(3, 1, 2), run(3, 3, 1, 4)], commits), { gone: "gone" });
  });

  test("are judged by the lines that each commit brought, not by those it found", () => {
    // The second commit has the first one's lines in the same file.
    const commits = [own("old", 60, ["edit", 1, 2]), own("young", 5, ["edit", 1, 2], ["other", 3, 3])];
    assert.deepEqual(told([run(0, 1, 2, 1), run(3, 3, 1)], ...commits), { edit: "gone" });
  });

  test("are lost where their commit is in no history any more, once thirty days went by", () => {
    const runs = [run(0, 1, 1)];
    assert.deepEqual(told(runs, own("rewritten", 31, ["one", 1, 1]), own("branch", 3, ["two", 1, 1])), {
      one: "lost",
    });
  });

  test("of other files, lines and commits say nothing", () => {
    const commits = own("old", 60, ["edit", 2, 3]);
    const runs = [run(0, 1, 1), run(0, 4, 2), { ...run(0, 2, 2), path: "b.ts" }, run(1, 2, 2)];
    assert.deepEqual(told(runs, commits), { edit: "lost" });
  });
});
