import assert from "node:assert/strict";
import { filesOfTip } from "../../../../core/coaching/coach.ts";
import { factsOf } from "../../../../core/coaching/facts.ts";
import {
  areaOf,
  contextFiles,
  isContextFile,
  isSourceFile,
  isTestFile,
  pathsNamed,
} from "../../../../core/coaching/fileKinds.ts";
import { measureOf, type Span } from "../../../../core/coaching/measures.ts";
import { checkRule, isChecked } from "../../../../core/coaching/rule.ts";
import {
  day,
  editOf,
  hour,
  now,
  ruleOf,
  situationOf,
  stepOf,
  taskOf,
  triedOf,
} from "../../../support/coaching/situation.ts";

function spanOf(of: Partial<Span>): Span {
  return {
    summary: situationOf().summary,
    edits: [],
    commits: [],
    tasks: [],
    told: [],
    approved: [],
    activity: { steps: [], edits: [] },
    now,
    ...of,
  };
}

function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

suite("The measures that tell whether a tip helped", () => {
  test("are shares of edits, days and commits, with their sample", () => {
    const edits = times(40, (index) =>
      editOf({ noRevert: index < 10 ? 0 : 1, survival: 0.5, lines: 30, isSeen: index > 7 }),
    );
    const undone = measureOf("undone", spanOf({ edits }));
    assert.equal(undone.value, 0.25);
    assert.equal(undone.n, 40);
    assert.ok(undone.low! < 0.25 && undone.high! > 0.25);
    assert.equal(measureOf("survival", spanOf({ edits })).value, 0.5);
    assert.equal(measureOf("unseenBlocks", spanOf({ edits })).value, 0.2);
    const commits = times(20, (index) => ({ at: now - hour, lines: 500, aiLines: index < 5 ? 401 : 400 }));
    assert.equal(measureOf("largeCommits", spanOf({ commits })).value, 0.25);
    const days = times(4, (index) => [
      editOf({ at: now - index * day, lines: 80 }),
      ...(index === 0 ? [editOf({ at: now, path: "test/a.test.ts", kind: "human" })] : []),
    ]).flat();
    assert.equal(measureOf("tested", spanOf({ edits: days })).value, 0.25);
  });

  test("are shares of what tools' records tell", () => {
    const of = (measure: Parameters<typeof measureOf>[0], activity: Span["activity"]) => {
      const { value, n } = measureOf(measure, spanOf({ activity }));
      return [value, n];
    };
    const nothing = { steps: [], edits: [] };
    for (const measure of ["failedRuns", "planned", "briefed", "serverTasks", "secretReads"] as const)
      assert.deepEqual(of(measure, nothing), [null, 0], measure);
    const runs = ["failed", "passed", "passed", "read"] as const;
    assert.deepEqual(of("failedRuns", { steps: runs.map((kind) => stepOf({ kind })), edits: [] }), [
      1 / 3,
      3,
    ]);
    const looks = ["read", "read", "read", "secret", "plan"] as const;
    assert.deepEqual(
      of("secretReads", { steps: looks.map((kind) => stepOf({ kind })), edits: [] }),
      [0.25, 4],
    );
    const begun = ["opening", "server", "read", "read"] as const;
    const steps = begun.map((kind, index) => stepOf({ kind, taskKey: `task-${index}` }));
    assert.deepEqual(of("briefed", { steps, edits: [] }), [0.25, 4]);
    assert.deepEqual(of("serverTasks", { steps, edits: [] }), [0.25, 4]);
    const edits = ["task-1", "task-2"].flatMap((taskKey) =>
      times(4, (index) => triedOf({ taskKey, uri: `file:///project/${index}.ts`, at: now })),
    );
    const small = triedOf({ taskKey: "task-3", at: now });
    assert.deepEqual(
      of("planned", { steps: [stepOf({ taskKey: "task-1" })], edits: [...edits, small] }),
      [0.5, 2],
    );
  });

  test("are shares of tasks, of commits that are mostly AI's, and of edits under a policy", () => {
    const tasks = times(20, (index) =>
      taskOf({
        models: [index < 5 ? "claude-opus-4-5" : "claude-haiku-4-5"],
        keptChanges: index < 4 ? 0 : 1,
      }),
    );
    const large = taskOf({ size: { lines: 21, files: 1 }, edits: 0, changes: 0, keptChanges: 0 });
    assert.equal(measureOf("heavyLight", spanOf({ tasks: [...tasks, large] })).value, 0.25);
    assert.equal(measureOf("lostTasks", spanOf({ tasks: [...tasks, large] })).value, 0.2);
    const told = times(20, (index) => ({ at: now, lines: 20, aiLines: 11, isExplained: index < 5 }));
    const byPeople = { at: now, lines: 20, aiLines: 10, isExplained: true };
    assert.equal(measureOf("explained", spanOf({ told: [...told, byPeople] })).value, 0.25);
    const edits = times(20, (index) => editOf({ tool: index < 5 ? "cursor" : "claude-code" }));
    const elsewhere = editOf({ uri: "file:///other/a.ts", tool: "cursor" });
    const approved = [{ folder: "file:///project", policy: "", tools: ["Claude Code"] }];
    assert.equal(measureOf("approved", spanOf({ edits: [...edits, elsewhere], approved })).value, 0.75);
  });

  test("say nothing of nothing, and no interval of little", () => {
    for (const measure of [
      "kept",
      "keptAt15",
      "survival",
      "undone",
      "unseenBlocks",
      "tested",
      "largeCommits",
      "cached",
      "heavyLight",
      "lostTasks",
      "explained",
      "approved",
    ] as const) {
      assert.equal(measureOf(measure, spanOf({})).value, null, measure);
    }
    const few = measureOf("undone", spanOf({ edits: times(19, () => editOf({ noRevert: 1 })) }));
    assert.equal(few.low, null);
    assert.equal(few.needsMore, 1);
  });
});

suite("Kinds of files", () => {
  test("are told by the path", () => {
    for (const path of ["test/a.ts", "src/a.test.ts", "a.spec.rb", "pkg/test_a.py", "OrderTests.cs"]) {
      assert.equal(isTestFile(path), true, path);
    }
    for (const path of ["src/latest.ts", "src/contest/a.ts", "attest.go"])
      assert.equal(isTestFile(path), false, path);
    assert.equal(isSourceFile("src/a.ts"), true);
    for (const path of ["README.md", "a.json", "node_modules/a.js", "src/a.test.ts"]) {
      assert.equal(isSourceFile(path), false, path);
    }
    assert.deepEqual(
      [
        "src/auth/login.ts",
        "lib/jwt.ts",
        "db/a.sql",
        "infra/main.tf",
        "package.json",
        "src/keyboard.ts",
        "src/authors.ts",
      ].map(areaOf),
      ["authentication", "cryptography", "SQL", "infrastructure", "dependencies", undefined, undefined],
    );
    assert.ok(contextFiles.every(isContextFile));
  });

  test("paths in backquotes are named, and nothing else", () => {
    assert.deepEqual(pathsNamed("See `src/a.ts`, `src/a.ts`, `npm test` and `a.b`; not src/c.ts."), [
      "src/a.ts",
    ]);
  });
});

test("A tip is about the files of the facts it speaks of", () => {
  const uri = "file:///project/src/auth/a.ts";
  const facts = factsOf(situationOf({ uncommitted: [{ uri, path: "src/auth/a.ts", lines: 40, unread: 0 }] }));
  const files = (when: string) => {
    const checked = checkRule(ruleOf({ when }), "workspace");
    assert.ok(isChecked(checked));
    return filesOfTip(checked, facts);
  };
  assert.deepEqual(files("sensitive.lines > 20"), [uri]);
  assert.deepEqual(files("Q1 > 0"), []);
});
