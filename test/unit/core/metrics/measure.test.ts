import assert from "node:assert/strict";
import fc from "fast-check";
import { measure } from "../../../../core/metrics/measure.ts";
import type { Metric } from "../../../../core/metrics/metric.ts";
import { metrics } from "../../../../core/metrics/metrics.ts";
import type { Sample } from "../../../../core/metrics/sample.ts";
import { verdictOf } from "../../../../core/metrics/verdict.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { seed } from "../randomEdits.ts";
import { madeClusters } from "../statistics/simulation.ts";

const rework = metrics.find(({ id }) => id === "Q4")!;
const activeUse = metrics.find(({ id }) => id === "A1")!;
const options = { seed: 1, coverage: 0.9 };

suite("A metric from its sample", function () {
  this.timeout(0);

  test("without an input says what is missing, and claims nothing", () => {
    const measured = measure(rework, undefined, options);
    assert.deepEqual(measured, {
      id: "Q4",
      n: 0,
      coverage: 0.9,
      target: 0.1,
      baseline: null,
      ceiling: null,
      value: null,
      low: null,
      high: null,
      verdict: "notEnoughData",
      trend: null,
      past: null,
      needsMore: null,
      reason: "needs a look at the history of a repository",
    });
  });

  test("with one unit too few says how many it takes, and with that one has a value", () => {
    const commits = (count: number): Sample => ({
      kind: "clusters",
      clusters: Array.from({ length: count }, () => ({ part: 0, whole: 10 })),
    });
    const short = measure(rework, commits(19), options);
    assert.equal(short.value, null);
    assert.equal(short.needsMore, 1);
    assert.equal(short.reason, "not enough data: 19 commits of the 20 it takes");
    const enough = measure(rework, commits(20), options);
    assert.equal(enough.value, 0);
    assert.ok(enough.high! > 0.1);
    assert.equal(enough.verdict, "notEnoughData");
    assert.equal(enough.needsMore, 15, "none of 35 is the first to be surely below 10 %");
    assert.equal(measure(rework, commits(35), options).verdict, "meets");
  });

  test("does not take empty clusters for a sample", () => {
    const clusters = Array.from({ length: 50 }, () => ({ part: 0, whole: 0 }));
    assert.equal(measure(rework, { kind: "clusters", clusters }, options).n, 0);
  });

  test("is judged by a target of one's own, and never where it only describes", () => {
    const days: Sample = { kind: "cases", cases: 40, of: 50 };
    assert.equal(measure(activeUse, days, options).verdict, "meets");
    assert.equal(measure(activeUse, days, { ...options, target: { requirement: 0.95 } }).verdict, "misses");
    const share = metrics.find(({ id }) => id === "A3")!;
    assert.equal(measure(share, days, { ...options, target: { requirement: 0.1 } }).verdict, null);
  });

  test("is the same each time", () => {
    const clusters = madeClusters(seededRandom(2), { count: 30, share: 0.2, correlation: 0.2 });
    const once = measure(rework, { kind: "clusters", clusters }, options);
    assert.deepEqual(measure(rework, { kind: "clusters", clusters: [...clusters].reverse() }, options), once);
  });

  for (const count of [20, 60]) {
    for (const correlation of [0, 0.2, 0.5]) {
      test(`claims falsely in no more than 5 %: ${count} commits exactly at the target, correlation ${correlation}`, () => {
        const random = seededRandom(13);
        const trials = 150;
        let claimed = 0;
        for (let trial = 0; trial < trials; trial++) {
          const clusters = madeClusters(random, { count, share: 0.1, correlation });
          const { verdict } = measure(rework, { kind: "clusters", clusters }, { ...options, seed: trial });
          if (verdict !== "notEnoughData") claimed++;
        }
        assert.ok(claimed / trials <= 0.05, `${claimed} of ${trials}`);
      });
    }
  }

  for (const dayCount of [10, 30, 100]) {
    test(`claims falsely in no more than 5 % on either side: ${dayCount} days, six in ten of them active`, () => {
      const random = seededRandom(17);
      const trials = 4_000;
      const claimed = { meets: 0, misses: 0, notEnoughData: 0 };
      for (let trial = 0; trial < trials; trial++) {
        let cases = 0;
        for (let day = 0; day < dayCount; day++) if (random() < 0.6) cases++;
        claimed[measure(activeUse, { kind: "cases", cases, of: dayCount }, options).verdict!]++;
      }
      assert.ok(claimed.meets / trials <= 0.05, `meets: ${claimed.meets} of ${trials}`);
      assert.ok(claimed.misses / trials <= 0.05, `misses: ${claimed.misses} of ${trials}`);
    });
  }

  for (const days of [1, 2, 5, 15, 30]) {
    for (const correlation of [0, 0.2, 0.4]) {
      test(`claims falsely in no more than 5 % on either side: edits of ${days} days, alike by ${correlation}`, () => {
        const undone = metrics.find(({ id }) => id === "R4")!;
        const trials = 200;
        for (const share of [0.1, 0.3]) {
          const random = seededRandom(19);
          const claimed = { meets: 0, misses: 0, notEnoughData: 0 };
          for (let trial = 0; trial < trials; trial++) {
            const groups = madeClusters(random, { count: days, share, correlation });
            const sum = (part: "part" | "whole") => groups.reduce((total, group) => total + group[part], 0);
            const sample: Sample = { kind: "cases", cases: sum("part"), of: sum("whole"), groups };
            const target = { requirement: share };
            claimed[measure(undone, sample, { ...options, seed: trial, target }).verdict!]++;
          }
          assert.ok(claimed.meets / trials <= 0.05, `${share} meets: ${claimed.meets} of ${trials}`);
          assert.ok(claimed.misses / trials <= 0.05, `${share} misses: ${claimed.misses} of ${trials}`);
        }
      });
    }
  }

  test("does claim what is so of edits that come in days", () => {
    const undone = metrics.find(({ id }) => id === "R4")!;
    const groups = madeClusters(seededRandom(3), { count: 30, share: 0.05, correlation: 0.2 });
    const sum = (part: "part" | "whole") => groups.reduce((total, group) => total + group[part], 0);
    const sample: Sample = { kind: "cases", cases: sum("part"), of: sum("whole"), groups };
    assert.equal(measure(undone, sample, { ...options, target: { requirement: 0.2 } }).verdict, "meets");
    assert.equal(measure(undone, sample, { ...options, target: { requirement: 0.005 } }).verdict, "misses");
  });

  test("does claim what is so", () => {
    const clusters = madeClusters(seededRandom(3), { count: 150, share: 0.4, correlation: 0.2 });
    assert.equal(measure(rework, { kind: "clusters", clusters }, options).verdict, "misses");
  });

  test(`is never NaN, and never certain of a share (KEPT_SEED=${seed})`, () => {
    const cluster = fc.record({ part: fc.nat(20), whole: fc.nat(20) }).map(({ part, whole }) => ({
      part: Math.min(part, whole),
      whole,
    }));
    const sample: fc.Arbitrary<Sample> = fc.oneof(
      fc.array(cluster, { maxLength: 40 }).map((clusters) => ({ kind: "clusters" as const, clusters })),
      fc.tuple(fc.nat(200), fc.nat(200)).map(([cases, of]) => ({ kind: "cases" as const, cases, of })),
    );
    const metric: fc.Arbitrary<Metric> = fc.constantFrom(...metrics.filter(({ unit }) => unit === "share"));
    fc.assert(
      fc.property(
        metric,
        sample,
        fc.option(fc.constant({ requirement: 0.5 }), { nil: undefined }),
        (each, of, target) => {
          const measured = measure(each, of, { ...options, ...(target === undefined ? {} : { target }) });
          for (const value of [measured.value, measured.low, measured.high, measured.n, measured.needsMore]) {
            assert.ok(value === null || Number.isFinite(value), JSON.stringify(measured));
          }
          if (measured.value === null) {
            assert.ok(measured.reason, "says why there is no number");
            return;
          }
          assert.ok(measured.n >= each.leastSample);
          const { low, value, high } = measured;
          assert.ok(low! >= 0 && low! <= value + 1e-9 && value <= high! + 1e-9 && high! <= 1);
          assert.ok(high! > low!, "no share without an interval");
        },
      ),
      { seed, numRuns: 300 },
    );
  });
});

suite("How many more would tell", () => {
  const metricOf = (id: string) => metrics.find((each) => each.id === id)!;
  const more = (id: string, [value, low, high]: readonly number[], of: number, requirement: number) => {
    const sample: Sample = { kind: "estimate", value: value!, interval: { low: low!, high: high! }, of };
    return measure(metricOf(id), sample, { ...options, target: { requirement } }).needsMore;
  };

  test("of what is no share is said by how far the interval reaches and the target lies", () => {
    const dollars = [0.0842, 0.0742, 0.0953];
    assert.equal(
      more("C3", dollars, 110, 0.09),
      Math.ceil(110 * ((0.0953 - 0.0842) / (0.09 - 0.0842)) ** 2) - 110,
    );
    assert.equal(
      more("C3", dollars, 110, 0.08),
      Math.ceil(110 * ((0.0842 - 0.0742) / (0.0842 - 0.08)) ** 2) - 110,
    );
    assert.equal(more("S7", [10, 6, 16], 40, 13), 120, "twice as near takes four times as many");
  });

  for (const id of ["C3", "S7", "P1", "P4"]) {
    test(`does not depend on the unit of ${id}`, () => {
      const inUnit = (unit: number) =>
        more(id, [0.0842 * unit, 0.0742 * unit, 0.0953 * unit], 110, 0.09 * unit)!;
      for (const unit of [0.01, 2, 4, 1_024]) {
        assert.ok(Math.abs(inUnit(unit) - inUnit(1)) <= 1, `${inUnit(unit)} and ${inUnit(1)}`);
      }
      assert.ok(inUnit(1) > 0 && inUnit(1) < 1_000, String(inUnit(1)));
    });
  }

  test("is not said where no sample that can be had would tell", () => {
    assert.equal(more("C3", [0.09, 0.08, 0.1], 110, 0.09), null, "at the target");
    assert.equal(more("C3", [0.09, 0.08, 0.1], 110, 0.0901), null, "a million tasks");
    assert.equal(more("C9", [0.9, 0.7, 1.2], 30, 1), null, "the month is as long as it is");
  });
});

suite("A verdict", () => {
  test("needs the whole interval on one side of the target", () => {
    assert.equal(verdictOf("lower", 0.1, { low: 0.02, high: 0.09 }), "meets");
    assert.equal(verdictOf("lower", 0.1, { low: 0.02, high: 0.1 }), "notEnoughData");
    assert.equal(verdictOf("lower", 0.1, { low: 0.11, high: 0.2 }), "misses");
    assert.equal(verdictOf("higher", 0.6, { low: 0.61, high: 0.7 }), "meets");
    assert.equal(verdictOf("higher", 0.6, { low: 0.4, high: 0.59 }), "misses");
    assert.equal(verdictOf("none", 0.6, { low: 0.4, high: 0.59 }), null);
    assert.equal(verdictOf("higher", undefined, { low: 0.4, high: 0.59 }), null);
  });
});
