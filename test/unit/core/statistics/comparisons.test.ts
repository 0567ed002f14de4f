import assert from "node:assert/strict";
import fc from "fast-check";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { benjaminiHochberg } from "../../../../core/statistics/benjaminiHochberg.ts";
import { hodgesLehmannShift } from "../../../../core/statistics/hodgesLehmann.ts";
import { medianOf, quantileOfSorted } from "../../../../core/statistics/quantile.ts";
import { seed } from "../randomEdits.ts";
import { madeSeries } from "./simulation.ts";

suite("Hodges and Lehmann's shift", function () {
  this.timeout(0);

  test("is 0.305 for the permeability data of Hollander and Wolfe, between R's bounds", () => {
    const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const early = [1.15, 0.88, 0.9, 0.74, 1.21];
    const { shift, low, high } = hodgesLehmannShift(atTerm, early)!;
    assert.deepEqual(
      [shift, low, high].map((each) => Number(each.toFixed(3))),
      [0.305, -0.15, 0.76],
    );
  });

  test("says nothing without a sample on each side", () => {
    assert.equal(hodgesLehmannShift([], [1]), undefined);
    assert.equal(hodgesLehmannShift([1], []), undefined);
  });

  test("misses the truth in about 5 % of worlds", () => {
    const random = seededRandom(2);
    const trials = 400;
    let missed = 0;
    for (let trial = 0; trial < trials; trial++) {
      const one = madeSeries(random, 30, 0).map((value) => value + 0.7);
      const { low, high } = hodgesLehmannShift(one, madeSeries(random, 25, 0))!;
      if (0.7 < low || high < 0.7) missed++;
    }
    assert.ok(missed / trials <= 0.07, `${missed} of ${trials}`);
  });

  test("of samples too large for all pairs differs little from that of all pairs", () => {
    const random = seededRandom(4);
    const one = madeSeries(random, 3_000, 0).map((value) => value + 1);
    const other = madeSeries(random, 3_000, 0);
    const { shift, low, high } = hodgesLehmannShift(one, other)!;
    const small = hodgesLehmannShift(one.slice(0, 900), other.slice(0, 900))!;
    assert.ok(Math.abs(shift - 1) < 0.08, String(shift));
    assert.ok(high - low < small.high - small.low);
    assert.ok(low < shift && shift < high);
  });
});

suite("Benjamini and Hochberg", () => {
  test("call four of the fifteen comparisons of their paper different at 5 %", () => {
    const pValues = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    const called = benjaminiHochberg(pValues, 0.05);
    assert.deepEqual(
      called.map((each, index) => (each ? index : -1)).filter((index) => index >= 0),
      [0, 1, 2, 3],
    );
    assert.deepEqual(benjaminiHochberg([...pValues].reverse(), 0.05), [...called].reverse());
  });

  test("call a larger one that pulls smaller ones along", () => {
    assert.deepEqual(benjaminiHochberg([0.04, 0.045, 0.049], 0.05), [true, true, true]);
    assert.deepEqual(benjaminiHochberg([0.04, 0.045, 0.06], 0.05), [false, false, false]);
    assert.deepEqual(benjaminiHochberg([], 0.05), []);
  });

  test("call anything in no more than the given part of worlds without a difference", () => {
    const random = seededRandom(9);
    const trials = 2_000;
    let wrong = 0;
    for (let trial = 0; trial < trials; trial++) {
      if (benjaminiHochberg([random(), random(), random(), random(), random()], 0.1).includes(true)) wrong++;
    }
    assert.ok(wrong / trials <= 0.12, `${wrong} of ${trials}`);
  });
});

suite("Quantiles", () => {
  test("lie straight between neighbours", () => {
    assert.equal(medianOf([4, 1, 3, 2]), 2.5);
    assert.equal(medianOf([]), undefined);
    assert.equal(quantileOfSorted([0, 10, 20, 30], 0.25), 7.5);
  });

  test(`stay within the sample (KEPT_SEED=${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: -1, max: 2, noNaN: true }),
        (values, part) => {
          const sorted = Float64Array.from(values).sort();
          const quantile = quantileOfSorted(sorted, part)!;
          assert.ok(quantile >= sorted[0]! && quantile <= sorted.at(-1)!);
        },
      ),
      { seed },
    );
  });
});
