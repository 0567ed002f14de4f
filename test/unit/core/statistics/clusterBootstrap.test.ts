import assert from "node:assert/strict";
import fc from "fast-check";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { bootstrapRatio, ratioOf } from "../../../../core/statistics/clusterBootstrap.ts";
import { equalClusters, shareInterval } from "../../../../core/statistics/shareInterval.ts";
import { wilsonInterval } from "../../../../core/statistics/wilson.ts";
import { seed } from "../randomEdits.ts";
import { madeClusters } from "./simulation.ts";

const rounds = 200;

suite("Bootstrap over clusters", function () {
  this.timeout(0);

  test("gives the same for the same seed, in any order, and something else for another", () => {
    const clusters = madeClusters(seededRandom(3), { count: 30, share: 0.3, correlation: 0.3 });
    const once = bootstrapRatio(clusters, { seed: 1 });
    assert.deepEqual(bootstrapRatio(clusters, { seed: 1 }), once);
    assert.deepEqual(bootstrapRatio([...clusters].reverse(), { seed: 1 }), once);
    assert.notDeepEqual(bootstrapRatio(clusters, { seed: 2 }), once);
  });

  test("is a ratio of sums, never a mean of ratios", () => {
    const clusters = [
      { part: 1, whole: 1 },
      { part: 0, whole: 99 },
    ];
    assert.equal(ratioOf(clusters), 0.01);
  });

  test("says nothing of one cluster, or where there is nothing to divide by", () => {
    assert.equal(bootstrapRatio([{ part: 1, whole: 2 }], { seed }), undefined);
    assert.equal(
      bootstrapRatio(
        [
          { part: 3, whole: 0 },
          { part: 1, whole: 0 },
        ],
        { seed },
      ),
      undefined,
    );
    assert.equal(ratioOf([{ part: 3, whole: 0 }]), undefined);
  });

  test("is less sure than lines would be, where lines stand or fall together", () => {
    const random = seededRandom(11);
    const trials = 300;
    let byLines = 0;
    let byClusters = 0;
    for (let trial = 0; trial < trials; trial++) {
      const share = 0.5;
      const clusters = madeClusters(random, { count: 40, share, correlation: 0.2 });
      const lines = clusters.reduce((sum, { whole }) => sum + whole, 0);
      const naive = wilsonInterval(ratioOf(clusters)!, lines);
      const drawn = bootstrapRatio(clusters, { seed: trial, rounds })!;
      if (naive.low <= share && share <= naive.high) byLines++;
      if (drawn.low <= share && share <= drawn.high) byClusters++;
    }
    assert.ok(byLines / trials < 0.65, `lines hold the truth in ${byLines} of ${trials}`);
    assert.ok(byClusters / trials > 0.9, `clusters hold it in ${byClusters} of ${trials}`);
  });
});

suite("The interval of a share in clusters", function () {
  this.timeout(0);

  test("leaves room where every cluster says the same", () => {
    const all = Array.from({ length: 20 }, () => ({ part: 10, whole: 10 }));
    assert.deepEqual(bootstrapRatio(all, { seed }), { low: 1, high: 1 });
    assert.ok(shareInterval(all, { seed }).low < 0.85);
    assert.ok(shareInterval([{ part: 1, whole: 1 }], { seed }).low < 0.25);
    assert.deepEqual(shareInterval([], { seed }), { low: 0, high: 1 });
  });

  test("takes one huge cluster among small ones for little more than one", () => {
    const clusters = [{ whole: 1_000 }, ...Array.from({ length: 20 }, () => ({ whole: 1 }))];
    assert.ok(equalClusters(clusters.map(({ whole }) => ({ part: 0, whole }))) < 1.1);
    assert.ok(
      shareInterval(
        clusters.map(({ whole }) => ({ part: 0, whole })),
        { seed },
      ).high > 0.6,
    );
  });

  for (const correlation of [0, 0.2, 0.5]) {
    for (const share of [0.1, 0.5]) {
      test(`misses the truth in no more than 5 % of worlds: share ${share}, correlation ${correlation}`, () => {
        const random = seededRandom(5);
        const trials = 300;
        let missed = 0;
        for (let trial = 0; trial < trials; trial++) {
          const clusters = madeClusters(random, { count: 20, share, correlation });
          const { low, high } = shareInterval(clusters, { seed: trial, rounds });
          if (share < low || high < share) missed++;
        }
        assert.ok(missed / trials <= 0.05, `${missed} of ${trials}`);
      });
    }
  }

  test(`holds the share and stays one (KEPT_SEED=${seed})`, () => {
    const cluster = fc
      .tuple(fc.nat(50), fc.nat(50))
      .map(([one, other]) => ({ part: Math.min(one, other), whole: Math.max(one, other) }));
    fc.assert(
      fc.property(fc.array(cluster, { maxLength: 30 }), (clusters) => {
        const { low, high } = shareInterval(clusters, { seed, rounds: 50 });
        assert.ok(low >= 0 && low <= high && high <= 1, `${low} ${high}`);
        const share = ratioOf(clusters);
        if (share !== undefined) assert.ok(low <= share + 1e-9 && share <= high + 1e-9);
        assert.ok(high > low, "never without a width");
      }),
      { seed },
    );
  });
});
