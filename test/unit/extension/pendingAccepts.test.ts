import assert from "node:assert/strict";
import type { Host } from "../../../extension/host.ts";
import { PendingAccepts, type Unnumbered } from "../../../extension/pendingAccepts.ts";

const change: Unnumbered = {
  uri: "file:///a.ts",
  languageId: "typescript",
  session: 1,
  version: 1,
  at: 1000,
  utcOffsetMinutes: 0,
  changes: [{ offset: 0, deletedLength: 0, insertedLength: 5 }],
  reloaded: false,
  focused: true,
  active: true,
  carets: 1,
  pending: [],
};

suite("A change that may be an accepted suggestion", () => {
  let told: string[];
  let timers: Set<() => void>;
  let accepts: PendingAccepts;

  setup(() => {
    told = [];
    timers = new Set();
    const host = {
      startTimer: (_afterMs: number, run: () => void) => {
        timers.add(run);
        return () => timers.delete(run);
      },
    } satisfies Partial<Host> as unknown as Host;
    accepts = new PendingAccepts(host, ({ uri, version, pending }) => {
      told.push([uri.at(-4), version, ...pending].join(" "));
    });
    accepts.isOn = true;
  });

  function runTimers() {
    const due = [...timers];
    timers.clear();
    for (const run of due) run();
  }

  test("is told with the accept that is noted after it, and once", () => {
    accepts.take(change);
    assert.deepEqual(told, []);
    accepts.note("acceptCompletion");
    accepts.note("acceptCompletion");
    runTimers();
    assert.deepEqual(told, ["a 1 acceptCompletion"]);
    assert.equal(timers.size, 0);
  });

  test("keeps what else was pending", () => {
    accepts.take({ ...change, pending: ["save"] });
    accepts.note("acceptWord");
    assert.deepEqual(told, ["a 1 save acceptWord"]);
  });

  test("is told without one after two timers, the second of which lets a waiting note be read", () => {
    accepts.take(change);
    runTimers();
    assert.deepEqual(told, []);
    runTimers();
    accepts.note("acceptCompletion");
    assert.deepEqual(told, ["a 1"]);
  });

  test("is told in its order, and the last alone can be the accepted one", () => {
    accepts.take(change);
    accepts.take({ ...change, version: 2 });
    accepts.note("acceptCompletion");
    accepts.take({ ...change, version: 3 });
    accepts.take({ ...change, version: 4, reason: "undo" });
    accepts.note("acceptCompletion");
    assert.deepEqual(told, ["a 1", "a 2 acceptCompletion", "a 3", "a 4"]);
  });

  test("is not pushed aside by a change of a document in the background", () => {
    accepts.take(change);
    accepts.take({ ...change, uri: "file:///b.ts", active: false });
    accepts.note("acceptNextEdit");
    assert.deepEqual(told, ["b 1", "a 1 acceptNextEdit"]);
  });

  const never: Record<string, Partial<Unnumbered>> = {
    "an undo": { reason: "undo" },
    "a reload": { reloaded: true },
    "in the background": { active: false },
    "in a window without the keyboard": { focused: false },
    "accounted for by the editor": { detailedReason: { source: "cursor", metadata: {} } },
  };
  for (const [what, part] of Object.entries(never)) {
    test(`waits for nothing when it is ${what}`, () => {
      accepts.take({ ...change, ...part });
      accepts.note("acceptCompletion");
      assert.deepEqual(told, ["a 1"]);
      assert.equal(timers.size, 0);
    });
  }

  test("waits for nothing while the keys are left alone", () => {
    accepts.isOn = false;
    accepts.take(change);
    assert.deepEqual(told, ["a 1"]);
    assert.equal(timers.size, 0);
  });

  test("is not lost when Kept is turned off", () => {
    accepts.take(change);
    accepts.dispose();
    assert.deepEqual(told, ["a 1"]);
    assert.equal(timers.size, 0);
  });
});
