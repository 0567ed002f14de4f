import assert from "node:assert/strict";
import { bootstrapRatio } from "../../../../core/statistics/clusterBootstrap.ts";
import { linearisedRatio } from "../../../../core/statistics/linearisedRatio.ts";
import { shareInterval } from "../../../../core/statistics/shareInterval.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";

suite("The linearised interval of a ratio", () => {
  const random = seededRandom(7);
  const clusters = Array.from({ length: 600 }, () => {
    const whole = 1 + Math.floor(random() ** 3 * 400);
    return { whole, part: Math.round(whole * Math.min(1, 0.4 + 0.6 * random())) };
  });

  test("is the bootstrap's, to a tenth of its width, of hundreds of clusters of many sizes", () => {
    const [drawn, told] = [bootstrapRatio(clusters, { seed: 1, rounds: 4000 })!, linearisedRatio(clusters)!];
    const width = drawn.high - drawn.low;
    assert.ok(Math.abs(drawn.low - told.low) < width / 10, `${drawn.low} ${told.low}`);
    assert.ok(Math.abs(drawn.high - told.high) < width / 10, `${drawn.high} ${told.high}`);
  });

  test("stands for the bootstrap in the interval of a share of many clusters", () => {
    const some = clusters.slice(0, 120);
    const drawn = shareInterval(some, { seed: 1, rounds: 4000 });
    const told = shareInterval(some, { seed: 1, manyClusters: 100 });
    const width = drawn.high - drawn.low;
    assert.ok(Math.abs(drawn.low - told.low) < width / 10, `${drawn.low} ${told.low}`);
    assert.ok(Math.abs(drawn.high - told.high) < width / 10, `${drawn.high} ${told.high}`);
    assert.deepEqual(shareInterval(some, { seed: 1, rounds: 4000, manyClusters: 120 }), drawn);
  });

  test("is none of fewer than two clusters, or of empty ones", () => {
    const [one] = clusters;
    for (const few of [[], [one!], [one!, { part: 0, whole: 0 }]])
      assert.equal(linearisedRatio(few), undefined);
  });
});
