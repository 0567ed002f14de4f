import assert from "node:assert/strict";
import type { RequestRow } from "../../../server/store/requests.ts";
import type { Store } from "../../../server/store/store.ts";
import type { StoreUnderTest } from "./storeSuite.ts";
import { noon, requestOf, taskEditOf, taskOf } from "./rows.ts";

const everything = { from: "1970-01-01", to: "2999-12-31", workspaces: undefined };
const minute = 60_000;
const day = 86_400_000;

/** What every store tells of a task by its single requests and edits. */
export function taskRequestSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with the requests of a task`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const write = (...requests: readonly Partial<RequestRow>[]) =>
      under.store.requests.write({ requests: requests.map((each) => requestOf(each)), edits: [] });

    test("lists them in the order of time, with what tells how it was worked at", () => {
      write({ key: "later", at: noon + 5, latencyMs: null, subagent: true, model: null, mode: null });
      write({ key: "request-3", at: noon + 1, task: taskOf({ key: "task-2" }) });
      write({ latencyMs: 300, billedNano: 7, currency: "USD" });
      const { requests } = under.restart();
      assert.deepEqual(requests.requestsOf("task-1"), [
        {
          at: noon,
          model: "model-a",
          mode: "agent",
          latencyMs: 300,
          billedNano: 7,
          currency: "USD",
          subagent: false,
          isSum: false,
        },
        {
          at: noon + 5,
          model: null,
          mode: null,
          latencyMs: null,
          billedNano: null,
          currency: null,
          subagent: true,
          isSum: false,
        },
      ]);
      assert.deepEqual(requests.requestsOf("of nobody"), []);
    });

    test("counts the tokens of a session's sum as they grow, and no request", () => {
      const sum = { key: "sum", latencyMs: null, isSum: true, subagent: true };
      write(
        { ...sum, output: 1 },
        { ...sum, key: "other", output: 3 },
        { ...sum, key: "unpriced", costNano: null },
      );
      write({ ...sum, output: 9, at: noon + day, costNano: 5_000_000 });
      const told = () => {
        const { requests } = under.restart();
        const [row, ...rows] = requests.sums(everything);
        assert.deepEqual(rows, []);
        const [task] = requests.tasks(everything);
        return { row: row!, task: task! };
      };
      const { row, task } = told();
      assert.deepEqual([row.requests, row.unpriced, row.subagent, row.latencies], [0, 0, 0, []]);
      assert.deepEqual([row.output, row.input, row.costNano, row.unpricedTokens], [32, 300, 8_000_000, 1170]);
      assert.deepEqual([task.requests, task.unpriced, task.output, task.costNano], [0, 0, 32, 8_000_000]);
      write({ key: "single", output: 100 });
      const both = told();
      assert.deepEqual([both.row.requests, both.row.output, both.task.requests], [1, 132, 1]);
      const { requests } = under.restart();
      assert.deepEqual(
        requests.requestsOf("task-1").map(({ isSum }) => isSum),
        [true, false, true, true],
      );
      assert.deepEqual(
        requests.newest(everything, 9).map(({ key }) => key),
        ["single"],
      );
      assert.deepEqual(requests.momentsOf(["task-1"]).get("task-1")?.moments, [noon]);
    });

    test("counts a request that is read again in one transaction once, and one from before as new nowhere", () => {
      const of = (key: string, rest: Partial<RequestRow> = {}) => ({ key, latencyMs: null, ...rest });
      write(of("request-1", { output: 3 }));
      const others = { task: taskOf({ key: "task-2" }), at: noon + 1 };
      write(
        of("request-2", others),
        of("request-3", { ...others, output: 5 }),
        of("request-3", { ...others, output: 9, model: "model-b" }),
        of("request-1", { ...others, output: 4 }),
        of("request-4", { ...others, output: 6, at: noon + day }),
        of("request-4", { ...others, output: 2 }),
        of("request-5", { ...others, output: 1, at: noon - minute }),
      );
      const store = under.restart();
      assert.deepEqual(
        store.requests
          .sums(everything)
          .map((row) => [row.day, row.model ?? "", row.requests, row.output])
          .sort(),
        [
          ["2026-01-31", "model-a", 3, 25],
          ["2026-01-31", "model-b", 1, 9],
          ["2026-02-01", "model-a", 1, 6],
        ],
      );
      assert.deepEqual(
        store.requests
          .tasks(everything)
          .map(({ key, requests, output, models, beganAt, endedAt }) => [
            ...[key, requests, output, models.join()],
            ...[beganAt - noon, endedAt - noon],
          ]),
        [
          ["task-2", 4, 36, "model-a,model-b", -minute, day],
          ["task-1", 1, 4, "model-a", 0, 0],
        ],
      );
    });

    test("knows a task by how AI was used in it, by its requests and edits, and of none where nobody said", () => {
      const modes = (store: Store) =>
        store.requests
          .tasks(everything)
          .sort((one, other) => (one.key < other.key ? -1 : 1))
          .map((task) => task.modes);
      const [other, silent] = [taskOf({ key: "task-2" }), taskOf({ key: "task-3" })];
      write(
        { mode: "chat" },
        { key: "request-2", mode: null },
        { key: "request-3", task: other, mode: null },
        { key: "request-4", task: silent, mode: null },
      );
      assert.deepEqual(modes(under.store), [["chat"], [], []]);
      const edit = taskEditOf({ task: other, mode: "inlineChat" });
      under.store.requests.write({
        requests: [],
        edits: [taskEditOf({ key: "task-edit-2", at: noon + minute }), edit],
      });
      assert.deepEqual(modes(under.store), [["agent", "chat"], ["inlineChat"], []]);
      // A record of the same that does not tell takes nothing back.
      under.store.requests.write({ requests: [], edits: [{ ...edit, mode: null, outcome: "rejected" }] });
      write({ key: "request-4", task: silent, mode: "agent", output: 21 });
      const store = under.restart();
      assert.deepEqual(modes(store), [["agent", "chat"], ["inlineChat"], ["agent"]]);
      assert.deepEqual(
        store.requests.editsOf("task-2").map(({ mode, outcome }) => [mode, outcome]),
        [["inlineChat", "rejected"]],
      );
      store.prune({ editsBefore: noon + day, sumsBefore: "2020-01-01" });
      assert.deepEqual(modes(under.restart()), [["agent", "chat"], ["inlineChat"], ["agent"]]);
    });
  });
}
