import assert from "node:assert/strict";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { ratioOfSums } from "../../../../core/statistics/ratioOfSums.ts";

suite("The interval of a ratio of two sums", () => {
  test("has days with one of the two alone in it", () => {
    const both = ratioOfSums([2, 1, 3, 0, 2, 4].map((part, index) => ({ part, whole: index % 2 })))!;
    assert.equal(both.value, 12 / 3);
    assert.ok(both.low > 0 && both.low < both.value && both.high > both.value);
  });

  test("is none of fewer than five clusters, or where a sum is nothing", () => {
    const cluster = { part: 1, whole: 1 };
    assert.equal(ratioOfSums(Array.from({ length: 4 }, () => cluster)), undefined);
    assert.equal(ratioOfSums([...Array<typeof cluster>(4).fill(cluster), { part: 0, whole: 0 }]), undefined);
    assert.equal(ratioOfSums(Array.from({ length: 9 }, () => ({ part: 0, whole: 1 }))), undefined);
    assert.equal(ratioOfSums(Array.from({ length: 9 }, () => ({ part: 1, whole: 0 }))), undefined);
  });

  for (const days of [10, 20, 60]) {
    test(`misses the truth in about 5 % of worlds: ${days} days of skewed cost and few commits`, () => {
      const random = seededRandom(11);
      const trials = 2000;
      let missed = 0;
      for (let trial = 0; trial < trials; trial++) {
        const clusters = Array.from({ length: days }, () => ({
          part: random() < 0.8 ? -2 * Math.log(1 - random()) : 0,
          whole: Math.floor(random() * 5),
        }));
        const found = ratioOfSums(clusters);
        const truth = (0.8 * 2) / 2;
        if (found && (truth < found.low || truth > found.high)) missed++;
      }
      assert.ok(missed / trials <= 0.06, `${missed} of ${trials}`);
    });
  }
});
