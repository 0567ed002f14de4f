import assert from "node:assert/strict";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { changePoint } from "../../../../core/statistics/changePoint.ts";
import { madeSeries } from "./simulation.ts";

/** The Nile's flow at Aswan, 1871 to 1970, in 10⁸ m³: the usual example of a series that changed its level once. */
const nile = [
  1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958,
  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020,
  1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040,
  759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890,
  744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
];

suite("A change of level", function () {
  this.timeout(0);

  test("of the Nile is found where Cobb (1978) found it: 1898 was the last year of the old level", () => {
    const { at, shift, pValue } = changePoint(nile, { seed: 1 })!;
    assert.equal(1871 + at - 1, 1898);
    assert.equal(Math.round(shift), -248);
    assert.ok(pValue <= 0.01);
  });

  test("is not looked for in under twelve values, nor in values that are all the same", () => {
    assert.equal(changePoint(nile.slice(0, 11), { seed: 1 }), undefined);
    assert.equal(changePoint(new Array<number>(20).fill(3), { seed: 1 }), undefined);
  });

  test("is the same for the same seed", () => {
    assert.deepEqual(changePoint(nile, { seed: 8 }), changePoint(nile, { seed: 8 }));
  });

  /** How often a change is claimed at 5 %, of a series whose second half lies `shift` deviations higher. */
  function claims(length: number, shift: number, correlation: number): number {
    const random = seededRandom(6);
    const trials = 200;
    let claimed = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = madeSeries(random, length, correlation).map((value, index) =>
        index >= length / 2 ? value + shift : value,
      );
      if (changePoint(values, { seed: trial, rounds: 199 })!.pValue <= 0.05) claimed++;
    }
    return claimed / trials;
  }

  for (const length of [12, 26]) {
    test(`is claimed in no more than 5 % of ${length} weeks without one`, () => {
      const share = claims(length, 0, 0);
      assert.ok(share <= 0.05, String(share));
    });
  }

  test("is seldom claimed of weeks that are only like their neighbours", () => {
    const share = claims(26, 0, 0.3);
    assert.ok(share <= 0.08, String(share));
  });

  test("called at 2 % is claimed in no more than 5 % of weeks that are like their neighbours", () => {
    const random = seededRandom(6);
    const trials = 300;
    let claimed = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { pValue } = changePoint(madeSeries(random, 26, 0.3), { seed: trial, rounds: 199 })!;
      if (pValue <= 0.02) claimed++;
    }
    assert.ok(claimed / trials <= 0.05, `${claimed} of ${trials}`);
  });

  test("lies between its bounds in nine of ten worlds with one of a deviation and a half", () => {
    const random = seededRandom(9);
    const trials = 300;
    let held = 0;
    let width = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = madeSeries(random, 26, 0).map((value, index) => (index >= 15 ? value + 1.5 : value));
      const { at, from, to } = changePoint(values, { seed: trial, rounds: 1 })!;
      assert.ok(from <= at && at <= to);
      if (from <= 15 && 15 <= to) held++;
      width += to - from;
    }
    assert.ok(held / trials >= 0.9, `${held} of ${trials}`);
    assert.ok(width / trials < 12, `${width / trials} weeks wide`);
  });

  test("of two deviations is mostly found in half a year", () => {
    const share = claims(26, 2, 0);
    assert.ok(share >= 0.85, String(share));
  });
});
