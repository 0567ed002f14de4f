import assert from "node:assert/strict";
import { measure, type Measured } from "../../../../core/metrics/measure.ts";
import { metrics } from "../../../../core/metrics/metrics.ts";
import type { Sample } from "../../../../core/metrics/sample.ts";
import { withTrends } from "../../../../core/metrics/trend.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { PastMetric } from "../../../../protocol/past.ts";
import { madeClusters } from "../statistics/simulation.ts";

const retention = metrics.find(({ id }) => id === "Q2")!;
const activeUse = metrics.find(({ id }) => id === "A1")!;
const options = { seed: 1, coverage: 1 };

function pastOf({ id, value, low, high, n }: Measured): PastMetric {
  return { id, value: value!, low: low!, high: high!, n };
}

/** Edits of so many days: those of one day are alike by `correlation`. */
function someDays(random: () => number, count: number, share: number, correlation: number): Sample {
  const groups = madeClusters(random, { count, share, correlation });
  const sum = (part: "part" | "whole") => groups.reduce((total, each) => total + each[part], 0);
  return { kind: "cases", cases: sum("part"), of: sum("whole"), groups };
}

suite("The trend of a metric", function () {
  this.timeout(0);

  const now = measure(activeUse, { kind: "cases", cases: 50, of: 100 }, options);
  const trend = (low: number, high: number) =>
    withTrends([now], [{ id: "A1", value: (low + high) / 2, low, high, n: 100 }])[0]!.trend;

  test("is up or down only where the intervals have nothing in common", () => {
    assert.equal(trend(0.1, 0.3), "rising");
    assert.equal(trend(0.7, 0.9), "falling");
    assert.equal(trend(0.3, 0.45), "noChangeSeen");
  });

  test("says what it was before, and nothing where nothing is known of before or now", () => {
    const past = { id: "A1", value: 0.2, low: 0.1, high: 0.3, n: 60 };
    assert.deepEqual(withTrends([now], [past])[0]!.past, { value: 0.2, low: 0.1, high: 0.3, n: 60 });
    assert.deepEqual([withTrends([now], undefined)[0]!.trend, withTrends([now], [])[0]!.past], [null, null]);
    const few = measure(activeUse, { kind: "cases", cases: 3, of: 3 }, options);
    assert.deepEqual([withTrends([few], [past])[0]!.trend, withTrends([few], [past])[0]!.past], [null, null]);
  });

  test("takes more where more is compared", () => {
    const small = { low: 0.2, high: 0.4, value: 0.3, n: 100 };
    const changed = { ...now, value: 0.51, low: 0.41, high: 0.61 };
    const called = (others: number) =>
      withTrends(
        [changed, ...Array.from({ length: others }, (_, index) => ({ ...now, id: `other ${index}` }))],
        [
          { id: "A1", ...small },
          ...Array.from({ length: others }, (_, index) => ({ ...pastOf(now), id: `other ${index}` })),
        ],
      )[0]!.trend;
    assert.equal(called(0), "rising");
    assert.equal(called(60), "noChangeSeen");
  });

  for (const days of [8, 20, 60]) {
    for (const correlation of [0, 0.2, 0.5]) {
      test(`is called falsely in no more than 5 %: nothing changed over ${days} days alike by ${correlation}`, () => {
        const random = seededRandom(19);
        const trials = 200;
        let called = 0;
        for (let trial = 0; trial < trials; trial++) {
          const [before, after] = [0, 1].map((each) =>
            measure(retention, someDays(random, days, 0.8, correlation), {
              ...options,
              seed: trial * 2 + each,
            }),
          ) as [Measured, Measured];
          if (before.value === null) continue;
          if (withTrends([after], [pastOf(before)])[0]!.trend !== "noChangeSeen") called++;
        }
        assert.ok(called / trials <= 0.05, `${called} of ${trials}`);
      });
    }
  }

  test("of ten metrics that did not change names any in no more than 5 %", () => {
    const random = seededRandom(23);
    const trials = 150;
    const ids = Array.from({ length: 10 }, (_, index) => `metric ${index}`);
    let called = 0;
    for (let trial = 0; trial < trials; trial++) {
      const all = () =>
        ids.map((id) => ({
          ...measure(retention, someDays(random, 20, 0.8, 0.2), { ...options, seed: trial }),
          id,
        }));
      const found = withTrends(all(), all().map(pastOf));
      if (found.some((each) => each.trend !== "noChangeSeen")) called++;
    }
    assert.ok(called / trials <= 0.05, `${called} of ${trials}`);
  });

  test("is seen where something did change", () => {
    const random = seededRandom(29);
    let called = 0;
    for (let trial = 0; trial < 50; trial++) {
      const before = measure(retention, someDays(random, 30, 0.8, 0.1), options);
      const after = measure(retention, someDays(random, 30, 0.5, 0.1), options);
      if (withTrends([after], [pastOf(before)])[0]!.trend === "falling") called++;
    }
    assert.ok(called >= 45, `${called} of 50`);
  });
});
