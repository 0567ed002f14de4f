import assert from "node:assert/strict";
import { labelsWithRoom, layOutCurve, momentAt } from "../../../webview/charts/curveLayout.ts";
import { shareOf } from "./summary.ts";

const size = { width: 240, height: 120, gutter: 40, footer: 20 };
const few = { ...shareOf(1, null, null), needsMore: 3 };

suite("A curve over time", () => {
  test("lies between 0 at the baseline and 1 at the top, from left to right", () => {
    const { lines, moments, baseline } = layOutCurve(
      [[shareOf(1, 0.9, 1), shareOf(0, 0, 0.1)]],
      [0, 1],
      size,
    );
    const [first, last] = lines[0]!.dots;
    assert.deepEqual([first!.y, last!.y], [6, baseline]);
    assert.deepEqual([first!.x, last!.x], moments);
    assert.ok(moments[0]! >= 40 && moments[1]! <= 240);
  });

  test("is broken, without a dot, where there is not enough data", () => {
    const known = shareOf(0.5, 0.4, 0.6);
    const { lines } = layOutCurve([[known, known, few, undefined, known]], [0, 0.25, 0.5, 0.75, 1], size);
    assert.equal(lines[0]!.dots.length, 3);
    assert.equal(lines[0]!.line.match(/M/g)!.length, 2);
    assert.equal(lines[0]!.band.match(/M/g)!.length, 2);
  });

  test("of nothing is nothing, and never NaN", () => {
    const { lines, moments } = layOutCurve([[few], []], [0], { ...size, width: 0 });
    assert.deepEqual(lines[0], { line: "", band: "", dots: [] });
    assert.ok(moments.every(Number.isFinite));
  });

  test("finds the moment nearest to a pointer", () => {
    const layout = layOutCurve([], [0, 0.5, 1], size);
    assert.deepEqual(
      [0, 140, 1000].map((x) => momentAt(layout, x)),
      [0, 1, 2],
    );
  });

  test("labels the last moment, and others as far as there is room", () => {
    assert.deepEqual(labelsWithRoom([0, 10, 20, 60, 100], 40), [2, 3, 4]);
    assert.deepEqual(labelsWithRoom([], 40), []);
  });
});
