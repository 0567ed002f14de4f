import assert from "node:assert/strict";
import type { StoreUnderTest } from "./storeSuite.ts";
import type { RequestsListed } from "../../../server/store/requests.ts";
import {
  batchOf,
  copilot,
  documentOf,
  editOf,
  editsBatch,
  human,
  noon,
  requestOf,
  sampleOf,
  taskOf,
} from "./rows.ts";

const day = 86_400_000;
const january = { from: "2026-01-01", to: "2026-01-31", workspaces: undefined };
const ofAi = { kind: "ai", exactly: null } as const;
const byAi = { origin: copilot, evidence: [], insertedChars: 10 };

/** How every store lists single edits. */
export function behindSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, asked for single edits`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const ids = (...asked: Parameters<StoreUnderTest["store"]["readEditsBehind"]>) =>
      under
        .restart()
        .readEditsBehind(...asked)
        .map(({ id }) => id);

    test("gives those of which least is left first, or the newest, and no more than asked for", () => {
      under.store.write(
        editsBatch(
          { ...byAi, keptChars: 10, at: noon },
          { ...byAi, keptChars: 2, at: noon - 1 },
          { ...byAi, insertedChars: 20, keptChars: 4, at: noon - 2 },
          { ...byAi, insertedChars: 0, keptChars: 0 },
          { origin: human, insertedChars: 10, keptChars: 0 },
        ),
      );
      assert.deepEqual(ids(january, ofAi, "leastLeft", 10), ["edit-3", "edit-2", "edit-1"]);
      assert.deepEqual(ids(january, ofAi, "newest", 2), ["edit-1", "edit-2"]);
      const [row] = under.store.readEditsBehind(january, ofAi, "newest", 1);
      assert.deepEqual(row, {
        id: "edit-1",
        uri: "file:///project/a.ts",
        at: noon,
        tool: copilot.tool,
        strength: "exact",
        insertedChars: 10,
        keptChars: 10,
      });
    });

    test("gives those alone that a sample in time found taken back, where that is asked for", () => {
      const samples = [
        {},
        { noRevert: 0.6 },
        { late: true },
        { otherBranch: true },
        { noRevert: null },
        { dueMs: 1 },
      ];
      under.store.write({
        ...editsBatch(...samples.map(() => byAi)),
        samples: samples.map((change, index) =>
          sampleOf({ editId: `edit-${index + 1}`, dueMs: 300_000, noRevert: 0.4, ...change }),
        ),
      });
      assert.deepEqual(ids(january, { ...ofAi, undoneAtMs: 300_000 }, "newest", 9), ["edit-1"]);
      assert.deepEqual(ids(january, { ...ofAi, undoneAtMs: 1 }, "newest", 9), ["edit-6"]);
    });

    test("takes an origin exactly: a part that nobody told is a part of its own", () => {
      under.store.write(
        editsBatch(byAi, { ...byAi, origin: { ...copilot, model: null } }, { ...byAi, origin: human }),
      );
      const { tool, model, mode } = copilot;
      assert.deepEqual(ids(january, { kind: "ai", exactly: { tool, model, mode } }, "newest", 9), ["edit-1"]);
      assert.deepEqual(ids(january, { kind: "ai", exactly: { tool, model: null, mode } }, "newest", 9), [
        "edit-2",
      ]);
    });

    test("takes a tool with a model in any mode", () => {
      under.store.write(
        editsBatch(
          byAi,
          { ...byAi, origin: { ...copilot, mode: "agent" } },
          { ...byAi, origin: { ...copilot, model: null } },
        ),
      );
      const { tool, model } = copilot;
      const any = { kind: "ai", exactly: { tool, model, mode: null }, anyMode: true } as const;
      assert.deepEqual(ids(january, any, "newest", 9).sort(), ["edit-1", "edit-2"]);
    });

    test("takes those that took out text of a tool, with any model in any mode", () => {
      const codex = { ...copilot, tool: "codex" };
      under.store.write({
        ...editsBatch(byAi, { ...byAi, origin: codex }, { ...byAi, origin: { ...codex, mode: "chat" } }),
        overwrites: [
          { editId: "edit-2", ofEditId: "edit-1", chars: 1 },
          { editId: "edit-3", ofEditId: "edit-2", chars: 1 },
        ],
      });
      const took = (kind: "ai" | "human", tool: string | null) => {
        const exactly = { tool: "codex", model: null, mode: null };
        return { kind: "ai", exactly, anyModel: true, overwritten: { kind, tool } } as const;
      };
      assert.deepEqual(ids(january, took("ai", "github-copilot"), "newest", 9), ["edit-2"]);
      assert.deepEqual(ids(january, took("ai", "codex"), "newest", 9), ["edit-3"]);
      assert.deepEqual(ids(january, took("human", null), "newest", 9), []);
    });

    test("goes on after a place, in either order, and leaves none out where rows are equal", () => {
      const equal = { ...byAi, keptChars: 5, at: noon };
      under.store.write(
        editsBatch(
          { ...byAi, keptChars: 10, at: noon - 5 },
          ...[equal, equal, equal],
          { ...byAi, keptChars: 1, at: noon + 5 },
          { ...byAi, insertedChars: 20, keptChars: 10, at: noon - 9 },
        ),
      );
      for (const order of ["newest", "leastLeft"] as const) {
        const all = under.store.readEditsBehind(january, ofAi, order, 99);
        assert.equal(all.length, 6);
        for (const [index, { id, at, insertedChars, keptChars }] of all.entries())
          assert.deepEqual(
            ids(january, ofAi, order, 2, { id, at, insertedChars, keptChars }),
            all.slice(index + 1, index + 3).map((edit) => edit.id),
            `${order} after ${index}`,
          );
      }
    });

    test("lists requests of one tool and of some models, and goes on after one, those of one moment too", () => {
      under.store.requests.write({
        requests: [
          ...[{ model: null }, { key: "request-2" }, { key: "request-3" }].map(requestOf),
          requestOf({ key: "request-4", at: noon + 1 }),
          requestOf({ key: "request-5", model: null, task: taskOf({ key: "task-2", tool: "codex" }) }),
        ],
        edits: [],
      });
      const { requests } = under.restart();
      const keys = (listed: RequestsListed, limit = 9) =>
        requests.newest(january, limit, listed).map(({ key }) => key);
      assert.deepEqual(keys({}), ["request-4", "request-1", "request-2", "request-3", "request-5"]);
      assert.deepEqual(keys({ models: [null] }), ["request-1", "request-5"]);
      assert.deepEqual(keys({ models: [null], tool: "codex" }), ["request-5"]);
      assert.deepEqual(keys({ models: [] }), []);
      assert.deepEqual(keys({ after: { at: noon, id: "request-1" } }, 2), ["request-2", "request-3"]);
      assert.deepEqual(keys({ after: { at: noon, id: "request-5" } }), []);
    });

    test("lists requests with a price, with a duration, and of the tasks that began in a period", () => {
      const older = taskOf({ key: "task-0" });
      const begun = { ...january, from: "2026-01-31" };
      under.store.requests.write({
        requests: [
          requestOf({ key: "began", task: older, at: noon - 20 * day, costNano: null, latencyMs: 5 }),
          requestOf({ key: "later", task: older, at: noon, costNano: 7, latencyMs: null }),
          requestOf({ key: "own", at: noon, costNano: 8, latencyMs: 9 }),
          requestOf({ key: "after", at: noon + 3 * day, costNano: null, latencyMs: 9 }),
        ],
        edits: [],
      });
      const { requests } = under.restart();
      const keys = (listed: RequestsListed, range = january) =>
        requests.newest(range, 9, listed).map(({ key }) => key);
      assert.deepEqual(keys({}), ["later", "own", "began"]);
      assert.deepEqual(keys({ ofTasks: true }), ["after", "later", "own", "began"]);
      assert.deepEqual(keys({ ofTasks: true }, begun), ["after", "own"]);
      assert.deepEqual(keys({ ofTasks: true, priced: true }), ["later", "own"]);
      assert.deepEqual(keys({ timed: true }), ["own", "began"]);
    });

    test("goes by the person's own day and by folder", () => {
      const other = documentOf({ uri: "file:///other/b.ts", workspace: "file:///other" });
      under.store.write(
        batchOf({
          documents: [documentOf(), other],
          edits: [
            editOf({ ...byAi, id: "before", at: noon - 31 * day, version: 2 }),
            editOf({ ...byAi, id: "late", at: noon + day / 2 + 1, utcOffsetMinutes: -60, version: 3 }),
            editOf({ ...byAi, id: "next", at: noon + day / 2 + 1, version: 4 }),
            editOf({ ...byAi, id: "other", at: noon, uri: other.uri }),
          ],
        }),
      );
      assert.deepEqual(ids(january, ofAi, "newest", 9), ["late", "other"]);
      assert.deepEqual(ids({ ...january, workspaces: ["file:///other"] }, ofAi, "newest", 9), ["other"]);
    });
  });
}
