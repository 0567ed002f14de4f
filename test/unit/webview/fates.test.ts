import assert from "node:assert/strict";
import type { FateOfOrigin } from "../../../protocol/fates.ts";
import { layOutBars } from "../../../webview/charts/barsLayout.ts";
import { reworkedShare, survivalDays, survivalShares } from "../../../webview/views/fateCurves.ts";

const point = (days: number, value: number) => ({ days, value, low: value - 0.1, high: value, atRisk: 7 });

function fateWith(more: Partial<FateOfOrigin>): FateOfOrigin {
  return { origin: { kind: "ai" }, lines: 100, commits: 40, rework: [], survival: [], reverts: [], ...more };
}

suite("What became of committed lines, as it is drawn", () => {
  test("is read off at set days, and unknown beyond what was watched", () => {
    const shares = survivalShares(fateWith({ survival: [point(0, 1), point(5, 0.9), point(14, 0.8)] }));
    const at = (day: number) => shares[survivalDays.indexOf(day)];
    assert.deepEqual([at(3)!.value, at(7)!.value, at(14)!.value, at(21)], [1, 0.9, 0.8, undefined]);
  });

  test("has no bounds from a handful of commits, however many lines they brought", () => {
    const [first] = survivalShares(
      fateWith({ commits: 3, lines: 9_000, survival: [point(0, 1), point(90, 1)] }),
    );
    assert.deepEqual([first!.low, first!.high, first!.needsMore], [null, null, 17]);
  });

  test("of nothing is unknown", () => {
    assert.ok(survivalShares(undefined).every((share) => share === undefined));
    assert.deepEqual(reworkedShare(undefined, 21), {
      value: null,
      low: null,
      high: null,
      n: 0,
      needsMore: 20,
    });
  });

  test("counts commits as the sample of rework", () => {
    const share = { value: 0.1, low: 0.05, high: 0.2 };
    const rework = { days: 21, observed: 900, self: 1, others: 1, corrective: 0, share };
    const of = (commits: number) => reworkedShare(fateWith({ rework: [{ ...rework, commits }] }), 21);
    assert.deepEqual(of(30), { ...share, n: 30, needsMore: 0 });
    assert.deepEqual(of(5), { value: 0.1, low: null, high: null, n: 5, needsMore: 15 });
  });
});

suite("Columns of parts", () => {
  const size = { width: 200, height: 100, gutter: 40, footer: 20 };

  test("stand on the baseline, the tallest over the whole height", () => {
    const { columns, baseline } = layOutBars(
      [
        [10, 30],
        [20, 0],
      ],
      size,
    );
    const [lower, upper] = columns[0]!.parts;
    assert.equal(lower!.y + lower!.height, baseline);
    assert.ok(Math.abs(upper!.y + upper!.height - lower!.y) < 1e-9);
    assert.equal(upper!.y, 8);
    assert.deepEqual(
      columns[1]!.parts.map(({ series }) => series),
      [0],
    );
  });

  test("of nothing have neither parts nor amounts", () => {
    const { columns, ticks } = layOutBars([[0, 0], [Number.NaN]], size);
    assert.deepEqual([columns.flatMap(({ parts }) => parts), ticks], [[], []]);
    assert.deepEqual(layOutBars([], { ...size, width: 0 }).columns, []);
  });
});
