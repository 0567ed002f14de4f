import assert from "node:assert/strict";
import fc from "fast-check";
import { studentT975 } from "../../../../core/statistics/normalQuantile.ts";
import { unitsForNonInferiority, unitsToTell, smallestLift } from "../../../../core/statistics/sampleSize.ts";
import { wilsonInterval } from "../../../../core/statistics/wilson.ts";
import { seed } from "../randomEdits.ts";

const rounded = ({ low, high }: { low: number; high: number }): number[] => [
  Number(low.toFixed(4)),
  Number(high.toFixed(4)),
];

suite("Wilson's interval", () => {
  test("gives what Newcombe (1998, table I, method 3) gives", () => {
    assert.deepEqual(rounded(wilsonInterval(81 / 263, 263)), [0.2553, 0.3662]);
    assert.deepEqual(rounded(wilsonInterval(15 / 148, 148)), [0.0624, 0.1605]);
    assert.deepEqual(rounded(wilsonInterval(0 / 20, 20)), [0, 0.1611]);
    assert.deepEqual(rounded(wilsonInterval(1 / 29, 29)), [0.0061, 0.1718]);
  });

  test("leaves up to 27.8 % open when none of ten is reworked", () => {
    assert.deepEqual(rounded(wilsonInterval(0, 10)), [0, 0.2775]);
  });

  test("claims nothing without a sample", () => {
    assert.deepEqual(wilsonInterval(0, 0), { low: 0, high: 1 });
    assert.deepEqual(wilsonInterval(Number.NaN, Number.NaN), { low: 0, high: 1 });
  });

  test(`holds the share, stays a share, and never has no width (KEPT_SEED=${seed})`, () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 5_000 }), (part, whole) => {
        const share = Math.min(part, whole) / whole;
        const { low, high } = wilsonInterval(share, whole);
        assert.ok(low >= 0 && low <= share && share <= high && high <= 1, `${low} ${share} ${high}`);
        assert.ok(high > low);
      }),
      { seed },
    );
  });
});

suite("How many are needed", () => {
  /** The first sample whose nearest whole number of cases is on its side of 10 %. */
  function firstThatTells(share: number): number {
    for (let n = 1; ; n++) {
      const { low, high } = wilsonInterval(Math.round(share * n) / n, n);
      if (share < 0.1 ? high < 0.1 : low > 0.1) return n;
    }
  }

  for (const [share, first] of [
    [0, 35],
    [0.02, 53],
    [0.04, 84],
    [0.06, 204],
    [0.08, 830],
    [0.12, 821],
    [0.15, 124],
    [0.2, 28],
    [0.3, 5],
  ] as const) {
    test(`${share * 100} % against a target of 10 %: ${first} at the earliest`, () => {
      assert.equal(firstThatTells(share), first);
      const needed = unitsToTell(share, 0.1)!;
      assert.ok(needed >= first && needed <= first + Math.max(16, first * 0.13), `says about ${needed}`);
      const before = wilsonInterval(share, needed - 1);
      assert.ok(before.low <= 0.1 && before.high >= 0.1, "one fewer would not do");
    });
  }

  test("no sample tells a share from itself", () => {
    assert.equal(unitsToTell(0.1, 0.1), undefined);
    assert.equal(unitsToTell(0.1000001, 0.1), undefined);
  });

  test("no worse by a margin: 1,469 on each side for two points of 5 %, 653 for three", () => {
    assert.equal(unitsForNonInferiority(0.05, 0.02), 1_469);
    assert.equal(unitsForNonInferiority(0.05, 0.03), 653);
    assert.equal(unitsForNonInferiority(0.05, 0), undefined);
  });

  test("a lift of 18 % is too small for a hundred on each side, and not for five hundred", () => {
    assert.ok(smallestLift(100, 0.8)! > 0.18);
    assert.ok(smallestLift(500, 0.8)! < 0.18);
    assert.equal(smallestLift(0, 0.8), undefined);
  });
});

suite("Student's t", () => {
  for (const [degrees, tabled] of [
    [4, 2.776],
    [10, 2.228],
    [19, 2.093],
    [39, 2.023],
    [1_000_000, 1.96],
  ] as const) {
    test(`is ${tabled} at 97.5 % and ${degrees} degrees of freedom`, () => {
      assert.ok(Math.abs(studentT975(degrees) - tabled) < 0.001, String(studentT975(degrees)));
    });
  }
});
