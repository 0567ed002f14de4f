import assert from "node:assert/strict";
import type { ForgetScope } from "../../../protocol/forget.ts";
import type { StepRow } from "../../../server/store/steps.ts";
import { noon } from "./rows.ts";
import type { StoreUnderTest } from "./storeSuite.ts";

const all: ForgetScope = { repository: null, tool: null, from: null, to: null };
const day = 86_400_000;

export function stepOf(change: Partial<StepRow> = {}): StepRow {
  return {
    key: "step-1",
    taskKey: "task-1",
    tool: "claude-code",
    place: "file:///project",
    at: noon,
    utcOffsetMinutes: 0,
    kind: "read",
    subject: null,
    ...change,
  };
}

/** How every store keeps what agents did besides writing. */
export function stepSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with steps of tasks`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const write = (...steps: readonly Partial<StepRow>[]) =>
      under.store.requests.write({ requests: [], edits: [], steps: steps.map((each) => stepOf(each)) });
    const keys = () =>
      under
        .restart()
        .requests.stepsSince(0)
        .map(({ key }) => key);

    test("gives them back in the order of time, each once however often it is read", () => {
      const failed = stepOf({ key: "b", kind: "failed", subject: "hash", taskKey: null, place: null });
      write(failed, { key: "a", at: noon - 1 });
      write({ key: "b", kind: "passed" }, { key: "c", at: noon + 1 });
      assert.deepEqual(keys(), ["a", "b", "c"]);
      assert.deepEqual(under.store.requests.stepsSince(noon)[0], failed);
      assert.equal(under.store.requests.stepsSince(noon + 1).length, 1);
    });

    test("counts what agents looked at, by task", () => {
      write(
        { key: "a" },
        { key: "b", at: noon + 1 },
        { key: "c", kind: "plan" },
        { key: "d", taskKey: null },
      );
      write({ key: "e", taskKey: "task-2" }, { key: "f", taskKey: "task-3" });
      const { requests } = under.restart();
      const counted = requests.readsOf(["task-1", "task-2", "task-4"], noon);
      assert.deepEqual([...counted].sort(), [
        ["task-1", 2],
        ["task-2", 1],
      ]);
      assert.deepEqual([...requests.readsOf(["task-1"], noon + 1)], [["task-1", 1]]);
    });

    test("prunes them with single edits, and takes none from before", () => {
      write({ key: "old", at: noon - day }, { key: "new" });
      under.store.prune({ editsBefore: noon, sumsBefore: "2026-01-01" });
      write({ key: "older", at: noon - 2 * day });
      assert.deepEqual(keys(), ["new"]);
    });

    const cases: Record<string, [Partial<ForgetScope>, string[]]> = {
      "a tool": [{ tool: "codex" }, ["here", "there", "tomorrow"]],
      "a period": [{ from: "2026-02-01", to: "2026-02-28" }, ["here", "other", "there"]],
      "a repository": [{ repository: ["file:///project"] }, ["other", "there"]],
      everything: [{}, []],
    };
    for (const [scope, [change, left]] of Object.entries(cases)) {
      test(`forgets ${scope}`, () => {
        write({ key: "here" }, { key: "there", place: "file:///projects" });
        write({ key: "other", tool: "codex", place: null }, { key: "tomorrow", at: noon + day });
        under.store.forget({ ...all, ...change }, { dryRun: true });
        assert.equal(keys().length, 4);
        under.store.forget({ ...all, ...change }, { dryRun: false });
        assert.deepEqual(keys().sort(), left);
      });
    }
  });
}
