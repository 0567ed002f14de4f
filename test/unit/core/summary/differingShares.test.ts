import assert from "node:assert/strict";
import { differingShares } from "../../../../core/summary/differingShares.ts";
import { measureShare } from "../../../../core/summary/ratio.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { twoSidedTail } from "../../../../core/statistics/normalTail.ts";
import type { MeasuredShare } from "../../../../protocol/share.ts";

function share(value: number, half: number, more: Partial<MeasuredShare> = {}): MeasuredShare {
  return { value, low: value - half, high: value + half, n: 100, needsMore: 0, ...more };
}

/** A share of edits of ten characters each, that are kept whole or not at all. */
function drawn(chance: number, edits: number, random: () => number): MeasuredShare {
  let kept = 0;
  for (let edit = 0; edit < edits; edit += 1) kept += random() < chance ? 1 : 0;
  return measureShare({
    n: edits,
    part: kept * 10,
    whole: edits * 10,
    partSquared: kept * 100,
    wholeSquared: edits * 100,
    partTimesWhole: kept * 100,
  });
}

suite("Which of several shares differ", () => {
  test("says who lies above, and by how much, the widest apart first", () => {
    const { compared, pairs } = differingShares([share(0.5, 0.05), share(0.9, 0.05), share(0.7, 0.05)]);
    assert.equal(compared, 3);
    assert.deepEqual(pairs, [
      { above: 1, below: 0, points: 40 },
      { above: 2, below: 0, points: 20 },
      { above: 1, below: 2, points: 20 },
    ]);
  });

  test("never calls two different whose intervals overlap", () => {
    assert.deepEqual(differingShares([share(0.5, 0.06), share(0.6, 0.06)]).pairs, []);
  });

  test("compares nothing that has too little behind it", () => {
    const few = share(0.1, 0.01, { needsMore: 3 });
    const none: MeasuredShare = { value: null, low: null, high: null, n: 0, needsMore: 20 };
    assert.deepEqual(differingShares([share(0.9, 0.01), few, none]), { compared: 0, pairs: [] });
  });

  test("is wrong in fewer than one of twenty rounds when six tools are alike", () => {
    const random = seededRandom(11);
    const rounds = 400;
    let wrong = 0;
    for (let round = 0; round < rounds; round += 1) {
      const alike = Array.from({ length: 6 }, () => drawn(0.75, 120, random));
      if (differingShares(alike).pairs.length > 0) wrong += 1;
    }
    assert.ok(wrong <= rounds * 0.05, `${wrong} of ${rounds}`);
  });
});

suite("The tail of the normal distribution", () => {
  test("has the values of the tables", () => {
    for (const [z, tail] of [
      [0, 1],
      [1, 0.317311],
      [1.959964, 0.05],
      [2.575829, 0.01],
      [-3.290527, 0.001],
    ] as const) {
      assert.ok(Math.abs(twoSidedTail(z) - tail) < 2e-6, `${z}: ${twoSidedTail(z)}`);
    }
  });
});
