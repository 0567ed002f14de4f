import assert from "node:assert/strict";
import { LongWork } from "../../../../server/history/longWork.ts";
import type { Work } from "../../../../protocol/server.ts";

suite("Work that takes long", () => {
  function watched() {
    const [told, clock]: [(readonly Work[])[], { now: number }] = [[], { now: 0 }];
    const work = new LongWork({ elapsedMs: () => clock.now }, (works) => told.push(works));
    const at = (now: number, kind: Work["work"], done: number) => {
      clock.now = now;
      work.report({ work: kind, done, all: 10 });
    };
    return { told, at, ended: (kind: Work["work"]) => work.ended(kind) };
  }

  test("that is over within a second is never spoken of", () => {
    const { told, at, ended } = watched();
    at(0, "history", 0);
    at(999, "history", 9);
    ended("history");
    assert.deepEqual(told, []);
  });

  test("is told once a second, both kinds beside each other, and that each is over", () => {
    const { told, at, ended } = watched();
    const records: Work = { work: "records", done: 2, all: 10 };
    at(0, "records", 0);
    at(0, "history", 0);
    at(1000, "records", 2);
    at(1500, "records", 3);
    at(1600, "history", 4);
    ended("records");
    ended("history");
    const history: Work = { work: "history", done: 4, all: 10 };
    assert.deepEqual(told, [[records], [records, history], [history], []]);
  });

  test("begins anew when it begins again", () => {
    const { told, at, ended } = watched();
    at(0, "history", 1);
    ended("history");
    at(5000, "history", 1);
    assert.deepEqual(told, []);
  });
});
