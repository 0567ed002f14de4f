import assert from "node:assert/strict";
import fc from "fast-check";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { medianInterval } from "../../../../core/statistics/medianInterval.ts";

const oneTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

suite("The interval of a median", () => {
  // Ranks of the sign test's interval of at least 95 %, as tables of nonparametric statistics have them.
  for (const [n, low, high] of [
    [6, 1, 6],
    [10, 2, 9],
    [15, 4, 12],
    [20, 6, 15],
    [25, 8, 18],
    [30, 10, 21],
    [50, 18, 33],
    [100, 40, 61],
  ] as const) {
    test(`of ${n} values is from number ${low} to number ${high}`, () => {
      const found = medianInterval(oneTo(n))!;
      assert.deepEqual([found.low, found.high], [low, high]);
    });
  }

  test("is none of five values", () => {
    assert.equal(medianInterval(oneTo(5)), undefined);
    assert.equal(medianInterval([]), undefined);
  });

  test("goes on as it was where there are very many", () => {
    const [few, many] = [medianInterval(oneTo(500))!, medianInterval(oneTo(502))!];
    assert.ok(Math.abs(many.low - few.low) <= 2 && Math.abs(many.high - few.high) <= 3);
  });

  test("misses the truth in no more than 5 % of worlds, however skewed", () => {
    const random = seededRandom(5);
    const trials = 2000;
    let missed = 0;
    for (let trial = 0; trial < trials; trial++) {
      const sample = Array.from({ length: 25 }, () => (-Math.log(1 - random())) ** 3);
      const { low, high } = medianInterval(sample)!;
      const truth = Math.log(2) ** 3;
      if (truth < low || truth > high) missed++;
    }
    assert.ok(missed / trials <= 0.05, `${missed} of ${trials}`);
  });

  test("holds the median, whatever the values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: 0, max: 1e9 }), { minLength: 6, maxLength: 60 }),
        (values) => {
          const { value, low, high } = medianInterval(values)!;
          assert.ok(low <= value && value <= high);
        },
      ),
    );
  });
});
