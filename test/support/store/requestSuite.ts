import assert from "node:assert/strict";
import { latencyQuantile } from "../../../core/requests/requestLatency.ts";
import type { ForgetScope } from "../../../protocol/forget.ts";
import type { requestSumNames, RequestRow, RequestSumRow, TaskKey } from "../../../server/store/requests.ts";
import type { CommitRow } from "../../../server/store/stages.ts";
import type { Store, SumsRange } from "../../../server/store/store.ts";
import type { StoreUnderTest } from "./storeSuite.ts";
import {
  batchOf,
  copilot,
  documentOf,
  editsBatch,
  human,
  noon,
  requestOf,
  taskEditOf,
  taskOf,
} from "./rows.ts";

const everything = { from: "1970-01-01", to: "2999-12-31", workspaces: undefined };
const all: ForgetScope = { repository: null, tool: null, from: null, to: null };
const day = 86_400_000;
const minute = 60_000;
const nobody = JSON.stringify({ owners: [], runs: [[-1, 10]] });

/** How every store keeps what tools record of their requests. */
export function requestSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with requests`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const write = (...requests: readonly Partial<RequestRow>[]) =>
      under.store.requests.write({ requests: requests.map((each) => requestOf(each)), edits: [] });
    const total = (store: Store, name: (typeof requestSumNames)[number]) =>
      store.requests.sums(everything).reduce((sum, row) => sum + row[name], 0);

    test("adds requests up by day, folder, tool, model and mode", () => {
      write({});
      write({ key: "request-2", at: noon + 1 });
      write({
        key: "request-3",
        model: null,
        costNano: null,
        priceVersion: null,
        latencyMs: null,
        subagent: true,
      });
      write({ key: "request-4", at: noon + day });
      const rows = sorted(under.restart().requests.sums(everything));
      assert.deepEqual(
        rows.map((row) => [row.day, row.place, row.tool, row.model, row.mode, row.requests, row.costNano]),
        [
          ["2026-01-31", "file:///project", "claude-code", null, "agent", 1, 0],
          ["2026-01-31", "file:///project", "claude-code", "model-a", "agent", 2, 6_000_000],
          ["2026-02-01", "file:///project", "claude-code", "model-a", "agent", 1, 3_000_000],
        ],
      );
      const [unpriced, both] = rows as [RequestSumRow, RequestSumRow];
      assert.deepEqual([unpriced.unpriced, unpriced.unpricedTokens, unpriced.subagent], [1, 1170, 1]);
      assert.deepEqual([unpriced.latencies, both.unpriced, both.unpricedTokens], [[], 0, 0]);
      assert.deepEqual(
        [both.input, both.output, both.cacheRead, both.cacheWrite, both.cacheWriteLong, both.reasoning],
        [200, 40, 2000, 100, 20, 10],
      );
      const median = latencyQuantile(new Map(both.latencies), 0.5)!;
      assert.ok(Math.abs(median - 2000) < 100, String(median));
    });

    test("lists single requests, the newest first, of a period and of folders", () => {
      write({}, { key: "request-2", at: noon + 1, costNano: null }, { key: "request-3", at: noon + day });
      write({
        key: "request-4",
        at: noon + 2,
        task: taskOf({ key: "task-2", tool: "codex", place: "file:///other" }),
      });
      const store = under.restart();
      const times = (range: SumsRange, limit = 9) =>
        store.requests.newest(range, limit).map(({ at, task }) => `${task.tool} ${at - noon}`);
      assert.deepEqual(times(everything), [
        `claude-code ${day}`,
        "codex 2",
        "claude-code 1",
        "claude-code 0",
      ]);
      assert.deepEqual(times({ ...everything, to: "2026-01-31" }, 2), ["codex 2", "claude-code 1"]);
      assert.deepEqual(times({ ...everything, workspaces: ["file:///other"] }), ["codex 2"]);
      assert.equal(store.requests.newest({ ...everything, to: "2026-01-31" }, 9)[1]!.costNano, null);
    });

    test("counts a request that is read again once, with the largest of its totals", () => {
      write({ output: 3 });
      write({ output: 20, model: "model-b" }, {});
      write({ output: 7 });
      write({ output: 20, task: taskOf({ key: "task-2" }), at: noon + day });
      const store = under.restart();
      const [row, ...others] = store.requests.sums(everything);
      assert.deepEqual([row?.model, row?.requests, row?.output, others], ["model-b", 1, 20, []]);
      assert.deepEqual(
        row?.latencies.map(([, requests]) => requests),
        [1],
      );
      assert.deepEqual(
        store.requests.tasks(everything).map(({ key, requests, output }) => [key, requests, output]),
        [["task-1", 1, 20]],
      );
    });

    test("takes how long a request took from whoever knows, and its tokens from who knows more", () => {
      write({ latencyMs: null });
      write({ latencyMs: 2000, cacheWriteLong: 0, costNano: 1, at: noon + 1 });
      write({ latencyMs: null });
      const { store } = under;
      const [row] = store.requests.sums(everything);
      assert.deepEqual(
        [row!.requests, row!.cacheWriteLong, row!.costNano, row!.latencies.map(([, count]) => count)],
        [1, 10, 3_000_000, [1]],
      );
      write({ latencyMs: null, output: 21 });
      const [more] = under.restart().requests.sums(everything);
      assert.deepEqual([more!.requests, more!.output, more!.latencies], [1, 21, row!.latencies]);
    });

    test("keeps a price that is known, takes one for what had none, and the person's own in its place", () => {
      write({ costNano: null, priceVersion: null });
      assert.deepEqual([total(under.store, "unpriced"), total(under.store, "costNano")], [1, 0]);
      write({ costNano: 5, priceVersion: "list 1" });
      write({ costNano: 7, priceVersion: "list 2" });
      assert.deepEqual([total(under.store, "unpriced"), total(under.store, "costNano")], [0, 5]);
      write({ costNano: 9, priceVersion: "own 1" });
      const store = under.restart();
      assert.equal(total(store, "costNano"), 9);
      assert.deepEqual(
        store.requests.tasks(everything).map(({ costNano, unpriced }) => [costNano, unpriced]),
        [[9, 0]],
      );
    });

    test("keeps what was billed by its currency", () => {
      write({ billedNano: 4, currency: "USD" }, { key: "request-2", billedNano: 5, currency: "EUR" });
      const rows = sorted(under.restart().requests.sums(everything));
      assert.deepEqual(
        rows.map(({ currency, billedNano, requests }) => [currency, billedNano, requests]),
        [
          ["EUR", 5, 1],
          ["USD", 4, 1],
        ],
      );
    });

    test("knows a task by its first and last moment, its models, its edits and what kind of work they are", () => {
      write({ at: noon + minute }, { key: "request-2", at: noon, model: "model-b" });
      const edits = [
        taskEditOf({ at: noon + 2 * minute, uri: "file:///project/test/a.test.ts" }),
        taskEditOf({ key: "task-edit-2", outcome: "proposed", uri: "file:///project/test/b.test.ts" }),
      ];
      under.store.requests.write({ requests: [], edits });
      under.store.requests.write({
        requests: [],
        edits: [{ ...edits[1]!, outcome: "rejected", linesAdded: null }],
      });
      under.store.requests.write({ requests: [], edits: [edits[1]!] });
      const store = under.restart();
      const [task] = store.requests.tasks(everything);
      assert.deepEqual(
        [task!.day, task!.beganAt, task!.endedAt, task!.models, task!.requests, task!.input],
        ["2026-01-31", noon, noon + 2 * minute, ["model-a", "model-b"], 2, 200],
      );
      assert.deepEqual([task!.edits, task!.applied, task!.type], [2, 1, "tests"]);
      assert.deepEqual(
        store.requests.editsOf("task-1").map(({ outcome, linesAdded }) => [outcome, linesAdded]),
        [
          ["rejected", 3],
          ["applied", 3],
        ],
      );
      assert.deepEqual(store.requests.tasksSince(noon + 2 * minute).length, 1);
      assert.deepEqual(store.requests.tasksSince(noon + 3 * minute), []);
    });

    test("begins a task with what was proposed, though it comes with what became of it", () => {
      const at = noon + 3 * minute;
      under.store.requests.write({ requests: [], edits: [taskEditOf({ at, proposedAt: noon + minute })] });
      const store = under.restart();
      const [task] = store.requests.tasks(everything);
      assert.deepEqual(
        [task!.beganAt, store.requests.editsOf("task-1").map((edit) => edit.at)],
        [noon + minute, [at]],
      );
      assert.ok(store.requests.editsOf("task-1").every((edit) => !("proposedAt" in edit)));
    });

    test("knows what the edits of a task came to, as long as all of them are there", () => {
      const edits = [
        taskEditOf({}),
        taskEditOf({ key: "task-edit-2", uri: "file:///project/src/b.ts", linesDeleted: null, at: noon + 1 }),
        taskEditOf({ key: "task-edit-3", outcome: "failed", at: noon + 20 * minute }),
        taskEditOf({ key: "task-edit-4", outcome: "rejected", at: noon + 20 * minute }),
      ];
      const tried = (store: Store) => store.requests.tasks(everything)[0]!.tried;
      write({});
      assert.equal(tried(under.store), null);
      assert.deepEqual(
        under.store.requests.momentsOf(["task-1", "task-2"]),
        new Map([["task-1", { moments: [noon], firstEdit: null }]]),
      );
      under.store.requests.write({ requests: [], edits });
      assert.deepEqual(tried(under.store), { failed: 1, rejected: 1, files: 2, lines: 7 });
      under.store.requests.write({
        requests: [],
        edits: [taskEditOf({ key: "task-edit-5", linesAdded: null, at: noon + 20 * minute })],
      });
      const store = under.restart();
      assert.deepEqual(tried(store), { failed: 1, rejected: 1, files: 2, lines: null });
      assert.deepEqual(store.requests.momentsOf(["task-1"]).get("task-1"), {
        moments: [noon, noon, noon + 1, ...Array<number>(3).fill(noon + 20 * minute)],
        firstEdit: noon,
      });
      store.prune({ editsBefore: noon + minute, sumsBefore: "" });
      assert.deepEqual(store.requests.momentsOf(["task-1"]), new Map());
      store.requests.write({
        requests: [],
        edits: [taskEditOf({ key: "task-edit-6", at: noon + 2 * minute })],
      });
      assert.equal(tried(under.restart()), null);
    });

    test("follows in a task what of its edits is kept", () => {
      const task = taskOf();
      under.store.write({
        ...editsBatch(
          { origin: copilot },
          { origin: copilot },
          { origin: human },
          { origin: copilot, insertedChars: 0, keptChars: 0 },
        ),
        tasks: ["edit-1", "edit-2", "edit-3", "edit-4", "none"].map((editId) => ({ editId, task })),
      });
      const changes = () =>
        under
          .restart()
          .requests.tasks(everything)
          .map((row) => [row.key, row.changes, row.keptChanges]);
      assert.deepEqual(changes(), [["task-1", 2, 2]]);
      under.store.write(batchOf({ removals: [{ editId: "edit-1", chars: 4 }] }));
      assert.deepEqual(changes(), [["task-1", 2, 2]]);
      under.store.write(batchOf({ removals: [{ editId: "edit-1", chars: 6 }] }));
      assert.deepEqual(changes(), [["task-1", 2, 1]]);
      under.store.write(batchOf({ origins: [{ editId: "edit-2", origin: human, evidence: [] }] }));
      assert.deepEqual(changes(), [["task-1", 1, 0]]);
      under.store.write(
        batchOf({ growths: [{ editId: "edit-4", insertedChars: 5, deletedChars: 0, keptChars: 5 }] }),
      );
      under.store.write(batchOf({ tasks: [{ editId: "edit-4", task }] }));
      assert.deepEqual(changes(), [["task-1", 2, 1]]);
      under.store.write(batchOf({ tasks: [{ editId: "edit-4", task: taskOf({ key: "task-2" }) }] }));
      assert.deepEqual(changes(), [
        ["task-1", 1, 0],
        ["task-2", 1, 1],
      ]);
      under.store.prune({ editsBefore: noon + day, sumsBefore: "2020-01-01" });
      assert.deepEqual(changes(), [
        ["task-1", 1, 0],
        ["task-2", 1, 1],
      ]);
    });

    test("says of a task what its commits say, and of what they say nothing of what its files do", () => {
      const edits = ["edit-1", "edit-2", "edit-3"].map((id) => ({ id }));
      under.store.write(editsBatch(...edits));
      const tasks = ["task-1", "task-2", "task-3"].map((key) => taskOf({ key }));
      under.store.write(batchOf({ tasks: tasks.map((task, index) => ({ editId: edits[index]!.id, task })) }));
      const edited = (task: TaskKey) =>
        under.store.requests.write({
          requests: [],
          edits: [taskEditOf({ key: `edit of ${task.key}`, task, uri: "file:///project/docs/a.md" })],
        });
      for (const task of tasks) edited(task);
      const types = (store: Store) =>
        store.requests
          .tasks(everything)
          .sort((one, other) => (one.key < other.key ? -1 : 1))
          .map(({ type }) => type);
      assert.deepEqual(types(under.store), ["docs", "docs", "docs"]);
      const commit = (name: string, type: CommitRow["type"], ...of: readonly string[]) => ({
        repository: "file:///project",
        name,
        at: noon,
        type,
        files: [{ path: "a.ts", ranges: of.map((editId) => ({ firstLine: 1, lastLine: 1, editId })) }],
      });
      under.store.write(
        batchOf({
          commits: [
            commit("1", "fix", "edit-1", "edit-2"),
            commit("2", undefined, "edit-1", "edit-3"),
            commit("3", "feature", "edit-2", "none"),
          ],
        }),
      );
      assert.deepEqual(types(under.store), ["fix", "docs", "docs"]);
      edited(tasks[0]!);
      assert.deepEqual(types(under.restart()), ["fix", "docs", "docs"], "more edits change nothing of it");
    });

    test("counts requests under the folder of their task once that is known, and those below a workspace folder", () => {
      write(
        { task: taskOf({ place: null }) },
        { key: "request-2", task: taskOf({ place: null }), model: null },
      );
      const inProject = { ...everything, workspaces: ["file:///project"] };
      assert.deepEqual(under.store.requests.sums(inProject), []);
      write({ key: "request-3", task: taskOf({ place: "file:///project/sub" }) });
      write({ key: "request-4", task: taskOf({ key: "other", place: "file:///project-two" }) });
      const store = under.restart();
      assert.equal(
        store.requests.sums(inProject).reduce((sum, { requests }) => sum + requests, 0),
        3,
      );
      assert.deepEqual(
        store.requests.tasks(inProject).map(({ key }) => key),
        ["task-1"],
      );
      assert.equal(total(store, "requests"), 4);
    });

    test("prunes single requests and keeps their sums, and takes none in that was pruned", () => {
      under.setNow(noon);
      write({}, { key: "request-2", at: noon + 2 * day });
      under.store.requests.write({ requests: [], edits: [taskEditOf()] });
      under.store.prune({ editsBefore: noon + day, sumsBefore: "2026-01-31" });
      write({}, { key: "request-3", at: noon + 3 * day });
      under.store.requests.write({ requests: [], edits: [taskEditOf()] });
      const store = under.restart();
      assert.equal(total(store, "requests"), 3);
      assert.deepEqual(store.requests.editsOf("task-1"), []);
      assert.deepEqual(
        store.requests.tasks(everything).map(({ requests, edits }) => [requests, edits]),
        [[3, 1]],
      );
      assert.equal(store.readAll("request", { after: 0, limit: 9, from: null }).length, 2);
      store.prune({ editsBefore: noon, sumsBefore: "2026-02-01" });
      assert.deepEqual([store.requests.tasks(everything), total(store, "requests")], [[], 2]);
    });

    const scopes: Record<string, [Partial<ForgetScope>, readonly string[]]> = {
      "a tool": [{ tool: "codex" }, ["a", "b"]],
      "a repository": [{ repository: ["file:///project"] }, ["c"]],
      "a repository below the folder of a task": [{ repository: ["file:///project/src"] }, ["a", "b", "c"]],
      "a period": [{ from: "2026-02-01", to: "2026-02-01" }, ["a", "c"]],
      "nothing else": [{ tool: "codex", to: "2026-01-30" }, ["a", "b", "c"]],
    };
    for (const [what, [scope, left]] of Object.entries(scopes)) {
      test(`forgets the requests of ${what}, with their sums and tasks, and does not take them in again`, () => {
        under.setNow(noon - day);
        const rows = [
          requestOf({ key: "a" }),
          requestOf({ key: "b", at: noon + day }),
          requestOf({ key: "c", task: taskOf({ key: "task-2", tool: "codex", place: "file:///other" }) }),
        ];
        under.store.requests.write({ requests: rows, edits: [taskEditOf()] });
        under.setNow(noon + 2 * day);
        const gone = 3 - left.length;
        const tried = under.store.forget({ ...all, ...scope }, { dryRun: true });
        assert.equal(tried.outcome === "forgotten" && tried.forgotten.requests, gone);
        assert.equal(total(under.store, "requests"), 3);
        const forgetting = under.store.forget({ ...all, ...scope }, { dryRun: false });
        assert.equal(forgetting.outcome === "forgotten" && forgetting.forgotten.requests, gone);
        under.store.requests.write({ requests: rows, edits: [] });
        const store = under.restart();
        const keys = store
          .readAll("request", { after: 0, limit: 9, from: null })
          .map(({ row }) => row["key"]);
        assert.deepEqual(keys.sort(), left);
        assert.equal(total(store, "requests"), left.length);
        assert.equal(
          store.requests.tasks(everything).reduce((sum, { requests }) => sum + requests, 0),
          left.length,
        );
      });
    }

    test("takes what is deleted of edits from their tasks", () => {
      const task = taskOf({ tool: "github-copilot" });
      under.store.write({
        ...editsBatch({ origin: copilot }, { origin: copilot, at: noon + day }),
        documents: [documentOf({ spans: nobody })],
        tasks: ["edit-1", "edit-2"].map((editId) => ({ editId, task })),
      });
      under.store.forget({ ...all, from: "2026-02-01" }, { dryRun: false });
      const [left] = under.restart().requests.tasks(everything);
      assert.deepEqual([left?.changes, left?.keptChanges], [1, 1]);
      under.store.forget({ ...all, tool: "github-copilot" }, { dryRun: false });
      assert.deepEqual(under.store.requests.tasks(everything), []);
    });

    test("forgets everything, and takes nothing in from before", () => {
      under.setNow(noon + day);
      write({});
      under.store.forget(all, { dryRun: false });
      write({}, { key: "request-2", at: noon + 2 * day });
      assert.equal(total(under.restart(), "requests"), 1);
    });
  });
}

function sorted(rows: readonly RequestSumRow[]): RequestSumRow[] {
  const text = ({ day: on, model, currency }: RequestSumRow) => [on, model ?? "", currency ?? ""].join(" ");
  return [...rows].sort((one, other) => (text(one) < text(other) ? -1 : 1));
}
