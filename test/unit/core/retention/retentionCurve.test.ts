import assert from "node:assert/strict";
import { retentionCurve, sumsOfSample } from "../../../../core/retention/retentionCurve.ts";
import { sampleTimes } from "../../../../core/retention/sampleTimes.ts";

const sample = { insertedChars: 10, fourGram: null, noRevert: 1, late: false, otherBranch: null };
const at = (dueMs: number, arc: number, more: object = {}) => ({
  ...sumsOfSample({ ...sample, arc, ...more }),
  dueMs,
  kind: "ai",
});

suite("What is left of AI edits at set times", () => {
  test("has a point for each of the times, the unknown ones without a value", () => {
    const points = retentionCurve([]);
    assert.deepEqual(
      points.map(({ dueMs }) => dueMs),
      sampleTimes,
    );
    for (const { left } of points) {
      assert.deepEqual(left, { value: null, low: null, high: null, n: 0, needsMore: 20 });
    }
  });

  test("gives an interval from twenty edits on, and none from one", () => {
    const [first] = retentionCurve(Array.from({ length: 20 }, (_, edit) => at(0, edit < 10 ? 10 : 0)));
    assert.deepEqual([first!.left.value, first!.left.n, first!.left.needsMore], [0.5, 20, 0]);
    // Twenty edits of one size, ten kept whole: Wilson's interval of 10 in 20.
    assert.ok(Math.abs(first!.left.low! - 0.299) < 0.01, String(first!.left.low));
    assert.ok(Math.abs(first!.left.high! - 0.701) < 0.01, String(first!.left.high));
    assert.deepEqual(retentionCurve([at(0, 10)])[0]!.left.high, null);
  });

  test("is as wide as days differ, told by what is left of each of them after five minutes", () => {
    const ofDay = (day: number, arc: number) =>
      Array.from({ length: 4 }, () => ({ ...at(300_000, arc), day: `2026-03-0${day}` }));
    const rows = Array.from({ length: 28 }, (_, edit) => at(0, edit < 14 ? 10 : 0));
    const width = (days: Parameters<typeof retentionCurve>[1]) => {
      const { left } = retentionCurve(rows, days)[0]!;
      assert.ok(left.value === 0.5 && left.low! >= 0 && left.high! <= 1);
      return left.high! - left.low!;
    };
    const alone = width([]);
    const differing = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => ofDay(day, day % 2 === 0 ? 10 : 0));
    const alike = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [...ofDay(day, 10), ...ofDay(day, 0)]);
    assert.ok(width(differing) > alone * 1.5, `${width(differing)} and ${alone}`);
    assert.equal(width(alike), alone);
    assert.ok(
      width(ofDay(1, 10).concat(ofDay(1, 0), ofDay(1, 5))) === alone,
      "twelve edits say nothing of days",
    );
    assert.equal(width(differing.map((row) => ({ ...row, kind: "human" }))), alone);
  });

  test("leaves out what is late or on another branch, and says how much that is", () => {
    const [point] = retentionCurve([at(0, 5), at(0, 0, { late: true }), at(0, 0, { otherBranch: true })]);
    assert.deepEqual([point!.left.value, point!.left.n, point!.apart], [0.5, 1, 2]);
  });

  test("leaves out what is not AI's", () => {
    assert.equal(retentionCurve([{ ...at(0, 5), kind: "unknown" }])[0]!.left.n, 0);
  });

  test("counts as taken back what is nearer to the text before", () => {
    const points = [0.49, 0.5, null].map((noRevert) => at(0, 5, { noRevert }));
    const { judged, reverted } = retentionCurve(points)[0]!;
    assert.deepEqual([judged, reverted], [2, 1]);
  });
});
