import assert from "node:assert/strict";
import type { RequestRow } from "../../../server/store/requests.ts";
import { toldKey } from "../../../server/store/toldRequests.ts";
import { noon, requestOf, taskOf } from "./rows.ts";
import type { StoreUnderTest } from "./storeSuite.ts";

const everything = { from: "1970-01-01", to: "2999-12-31", workspaces: undefined };
const minute = 60_000;

/** How every store keeps what telemetry tells of requests beside what tools' own records say of them. */
export function toldRequestSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with requests that telemetry tells of`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const write = (...requests: readonly Partial<RequestRow>[]) =>
      under.store.requests.write({ requests: requests.map((each) => requestOf(each)), edits: [] });
    const task = taskOf({ place: null });
    const record = { latencyMs: null, billedNano: null, currency: null };
    /** Of the request that `record` is of, unless something else is said. */
    const told = (key: string, isNamed: boolean, change: Partial<RequestRow> = {}): Partial<RequestRow> => ({
      ...{
        key: toldKey(isNamed ? key : `unnamed ${key}`),
        task,
        mode: null,
        latencyMs: 1200,
        at: noon + 3000,
      },
      ...{ cacheWriteLong: 0, costNano: 1, billedNano: 7, currency: "USD" },
      ...change,
    });
    const sums = () =>
      under
        .restart()
        .requests.sums(everything)
        .map(({ place, mode, requests, output, cacheWriteLong, costNano, billedNano, latencies }) => ({
          ...{ place, mode, requests, output, cacheWriteLong, costNano, billedNano },
          timed: latencies.reduce((sum, [, count]) => sum + count, 0),
        }));
    const whole = { ...{ place: "file:///project", mode: "agent", requests: 1, output: 20 } };
    const filled = { ...whole, cacheWriteLong: 10, costNano: 3_000_000, billedNano: 7, timed: 1 };

    for (const isNamed of [true, false])
      for (const isFirst of [true, false])
        test(`count once where the record says so, too: ${isNamed ? "by name" : "by session, time and tokens"}, ${isFirst ? "before" : "after"} it`, () => {
          const [one, other] = [told("request-1", isNamed), record];
          for (const each of isFirst ? [one, other] : [other, one]) write(each);
          assert.deepEqual(sums(), [filled]);
          // Read once more, and sent once more, they are the same.
          write(record, one);
          write(one, record);
          assert.deepEqual(sums(), [filled]);
          assert.deepEqual(
            under.store.requests.tasks(everything).map(({ key, requests, output, costNano }) => ({
              ...{ key, requests, output, costNano },
            })),
            [{ key: "task-1", requests: 1, output: 20, costNano: 3_000_000 }],
          );
          assert.equal(under.store.requests.newest(everything, 9).length, 1);
        });

    for (const isNamed of [true, false])
      test(`count by themselves where no record tells of them: ${isNamed ? "by name" : "without one"}`, () => {
        write(told("request-1", isNamed), told("request-2", isNamed, { output: 30 }));
        write(told("request-1", isNamed));
        const [row, ...others] = sums();
        assert.deepEqual(
          [row?.place, row?.requests, row?.output, row?.billedNano, row?.timed, others],
          [null, 2, 50, 14, 2, []],
        );
      });

    test("are another request in another session, at another time, or of other tokens", () => {
      write(record);
      write(told("one", false, { output: 21 }), told("two", false, { at: noon + 11 * minute }));
      write(told("three", false, { task: taskOf({ key: "task-2", place: null }) }));
      assert.equal(under.restart().requests.newest(everything, 9).length, 4);
    });

    test("are as many as there were, where several are of the same tokens", () => {
      write(told("one", false), told("two", false, { at: noon + minute }));
      write({ ...record, key: "first" });
      write({ ...record, key: "second", at: noon + minute });
      write({ ...record, key: "third", at: noon + 2 * minute });
      const rows = sums().map(({ requests, billedNano, timed }) => [requests, billedNano, timed]);
      assert.deepEqual(
        rows.sort(([one], [other]) => one! - other!),
        [
          [1, 0, 0],
          [2, 14, 2],
        ],
      );
    });

    test("tell of a cache as a whole where the record tells more", () => {
      write(told("one", false, { input: 150, cacheWrite: 0 }));
      write(record);
      assert.equal(under.restart().requests.newest(everything, 9).length, 1);
    });

    test("are known again once the record is whole", () => {
      write({ ...record, output: 3 });
      write(told("one", false));
      write(record);
      assert.deepEqual(sums(), [{ ...filled }]);
    });

    test("keep how long they took and what was billed when the record is read again and says more", () => {
      write(record, told("request-1", true));
      write({ ...record, output: 25 });
      assert.deepEqual(sums(), [{ ...filled, output: 25 }]);
    });

    test("take their task with them where they were all of it, and the record says another", () => {
      write(told("request-1", true, { task: taskOf({ key: "task-2", place: null }) }));
      write(record);
      assert.deepEqual(
        under
          .restart()
          .requests.tasks(everything)
          .map(({ key }) => key),
        ["task-1"],
      );
    });
  });
}
