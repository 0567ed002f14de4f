import assert from "node:assert/strict";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { ClusteredLifetime } from "../../../../core/statistics/clusteredLifetimes.ts";
import { halfLifeOf } from "../../../../core/statistics/halfLife.ts";
import { hazardRatio } from "../../../../core/statistics/hazardRatio.ts";
import { z975 } from "../../../../core/statistics/normalQuantile.ts";

const alone = (died: readonly number[], left: readonly number[], first: number): ClusteredLifetime[] => [
  ...died.map((days, index) => ({ days, died: true, cluster: first + index })),
  ...left.map((days, index) => ({ days, died: false, cluster: first + died.length + index })),
];

/** Weeks of remission, Freireich and others 1963, as Gehan printed them: the example of most textbooks on survival. */
const treated = alone([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], 0);
const placebo = alone([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [], 100);

suite("The age at which half is gone", () => {
  test("and its interval are those of the textbooks for the remissions of Freireich", () => {
    assert.deepEqual(
      halfLifeOf(placebo, () => z975),
      { days: 8, low: 4, high: 11 },
    );
    assert.deepEqual(
      halfLifeOf(treated, () => z975),
      { days: 23, low: 13, high: null },
    );
  });

  test("is not reached where more than half is alive, and tells from when on that may be otherwise", () => {
    const alive = alone([3, 4, 9], Array<number>(7).fill(30), 0);
    const { days, low, high } = halfLifeOf(alive);
    assert.deepEqual([days, low, high], [null, 3, null]);
    const many = alone([3, 4, 9], Array<number>(47).fill(30), 0);
    assert.deepEqual(halfLifeOf(many), { days: null, low: null, high: null });
    assert.deepEqual(halfLifeOf([]), { days: null, low: null, high: null });
  });

  test("takes what belongs together as one", () => {
    const many = placebo.flatMap((each) => Array<ClusteredLifetime>(10).fill(each));
    assert.deepEqual(
      halfLifeOf(many, () => z975),
      halfLifeOf(placebo, () => z975),
    );
    const counted = placebo.map((each) => ({ ...each, count: 10 }));
    assert.deepEqual(
      halfLifeOf(counted, () => z975),
      halfLifeOf(placebo, () => z975),
    );
  });
});

suite("How much sooner one group dies than another", () => {
  test("is what Cox's regression says of the remissions of Freireich, as R prints it with Efron's ties", () => {
    const { value, low, high } = hazardRatio(placebo, treated)!;
    assert.ok(Math.abs(value / 4.817 - 1) < 0.005, String(value));
    assert.ok(Math.abs(low / 2.147 - 1) < 0.06 && Math.abs(high / 10.81 - 1) < 0.06, `${low} ${high}`);
  });

  test("is the other way round the inverse, and counts many of one as it counts them one by one", () => {
    const { value, low, high } = hazardRatio(placebo, treated)!;
    const inverse = hazardRatio(treated, placebo)!;
    const near = (one: number, other: number) => assert.ok(Math.abs(one / other - 1) < 1e-9);
    near(inverse.value, 1 / value);
    near(inverse.low, 1 / high);
    near(inverse.high, 1 / low);
    const three = (each: ClusteredLifetime) => ({ ...each, count: 3 });
    near(hazardRatio(placebo.map(three), treated.map(three))!.high, high);
  });

  test("is unknown while one of the two lost nothing", () => {
    assert.equal(hazardRatio(placebo, alone([], [30, 30, 30], 200)), undefined);
    assert.equal(hazardRatio([], []), undefined);
  });

  for (const clusters of [20, 60])
    test(`is called other than 1 in about 5 % of worlds without a difference: ${clusters} commits each`, () => {
      const random = seededRandom(17);
      const trials = 1_000;
      let claimed = 0;
      const made = (first: number) =>
        Array.from({ length: clusters }, (_, index) => {
          const pace = 5 + 60 * random();
          const seen = Math.ceil(100 * random());
          return Array.from({ length: 1 + Math.floor(12 * random()) }, (): ClusteredLifetime => {
            const age = Math.ceil(-pace * Math.log(1 - random()));
            return { days: Math.min(age, seen), died: age <= seen, cluster: first + index };
          });
        }).flat();
      for (let trial = 0; trial < trials; trial++) {
        const found = hazardRatio(made(0), made(1_000));
        if (found && (found.low > 1 || found.high < 1)) claimed++;
      }
      assert.ok(claimed / trials <= 0.065, `${claimed} of ${trials}`);
    });
});
