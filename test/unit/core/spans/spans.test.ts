import assert from "node:assert/strict";
import { fromCompact, toCompact } from "../../../../core/spans/compactSpans.ts";
import { Spans } from "../../../../core/spans/spans.ts";

suite("Spans", () => {
  test("tell whose what was removed was", () => {
    const spans = Spans.ofLength(10);
    spans.replace(4, 0, 6, "e1");
    assert.deepEqual(spans.replace(2, 5, 0, "e2"), [
      { owner: undefined, length: 2, restored: false },
      { owner: "e1", length: 3, restored: false },
    ]);
    assert.deepEqual(spans.ownedBy("e1"), { kept: 3, restored: 0 });
  });

  test("do not count what came back", () => {
    const spans = Spans.ofLength(0);
    spans.replace(0, 0, 6, "e1");
    const removed = spans.replace(0, 4, 0, "e2");
    spans.restore(2, 0, removed);
    assert.deepEqual(spans.ownedBy("e1"), { kept: 2, restored: 4 });
    assert.deepEqual(toCompact(spans), {
      owners: ["e1"],
      runs: [
        [0, 2],
        [0, 4, 1],
      ],
    });
  });

  test("join what lies side by side and is alike", () => {
    const spans = Spans.ofLength(8);
    spans.replace(4, 0, 3, "e1");
    spans.replace(7, 0, 3, "e1");
    assert.equal(spans.runs().length, 3);
    spans.replace(4, 6, 0, undefined);
    assert.deepEqual(spans.runs(), [{ owner: undefined, length: 8, restored: false, start: 0, end: 8 }]);
  });

  test("refuse a change that lies outside the text", () => {
    assert.throws(() => Spans.ofLength(3).replace(2, 2, 0, "e1"), RangeError);
    assert.throws(() => Spans.ofLength(3).replace(-1, 0, 1, "e1"), RangeError);
  });

  test("refuse a stored form that makes no sense", () => {
    assert.equal(fromCompact({ owners: [], runs: [[0, 3]] }), undefined);
    assert.equal(fromCompact({ owners: ["e1"], runs: [[0, -3]] }), undefined);
    assert.equal(fromCompact({ owners: ["e1"], runs: [[0, 1.5]] }), undefined);
  });

  test("are the same in every run, however they were built", () => {
    const build = () => {
      const spans = Spans.ofLength(1_000);
      for (let index = 0; index < 500; index++) spans.replace((index * 37) % 900, 3, 5, `e${index}`);
      return toCompact(spans);
    };
    assert.deepEqual(build(), build());
  });
});
