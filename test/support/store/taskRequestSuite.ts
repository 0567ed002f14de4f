import assert from "node:assert/strict";
import type { RequestRow } from "../../../server/store/requests.ts";
import type { StoreUnderTest } from "./storeSuite.ts";
import { noon, requestOf, taskOf } from "./rows.ts";

/** What every store tells of a task by its single requests. */
export function taskRequestSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with the requests of a task`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const write = (change: Partial<RequestRow>) =>
      under.store.requests.write({ requests: [requestOf(change)], edits: [] });

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
        },
        {
          at: noon + 5,
          model: null,
          mode: null,
          latencyMs: null,
          billedNano: null,
          currency: null,
          subagent: true,
        },
      ]);
      assert.deepEqual(requests.requestsOf("of nobody"), []);
    });
  });
}
