import assert from "node:assert/strict";
import { addDays } from "../../../../core/day.ts";
import { changeOfCost } from "../../../../core/requests/costWatch.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";

const monday = "2026-01-05";
const dollar = 1e9;

/** Costs of weeks, each on its Wednesday. */
const weekly = (costs: readonly number[]) =>
  costs.map((cost, week) => ({ day: addDays(monday, week * 7 + 2), costNano: Math.round(cost * dollar) }));
const after = (weeks: number) => addDays(monday, weeks * 7);
/** Around 1, by factors, with neighbours that are somewhat alike. */
function noise(random: () => number, weeks: number, likeness: number): number[] {
  let last = 0;
  return Array.from({ length: weeks }, () => {
    const fresh = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    last = likeness * last + Math.sqrt(1 - likeness ** 2) * fresh;
    return Math.exp(0.5 * last);
  });
}

suite("What a week costs", () => {
  test("changed in the week from which on it costs another multiple", () => {
    const random = seededRandom(3);
    const costs = noise(random, 26, 0).map((cost, week) => (week < 14 ? 10 : 40) * cost);
    const { weeks, change } = changeOfCost(weekly(costs), after(26));
    assert.equal(weeks, 26);
    assert.ok(change && change.earliest <= addDays(monday, 98) && addDays(monday, 98) <= change.latest);
    assert.ok(change.shift > 1.5 && change.shift < 7, String(change.shift));
  });

  test("says nothing of the week that is not over, of weeks that cost nothing, and of fewer than twelve", () => {
    const costs = [...Array.from({ length: 13 }, () => 10), 0, 0, 0.01];
    assert.deepEqual(changeOfCost(weekly(costs), after(15)), { weeks: 13, change: null });
    assert.deepEqual(changeOfCost(weekly([1, 1, 1, 9, 9, 9]), after(6)), { weeks: 6, change: null });
    assert.deepEqual(changeOfCost([], monday), { weeks: 0, change: null });
  });

  for (const likeness of [0, 0.3])
    test(`is called another in no more than 5 % of histories without a change, neighbours ${likeness} alike`, () => {
      const random = seededRandom(11);
      const histories = 400;
      let claimed = 0;
      for (let history = 0; history < histories; history++)
        if (changeOfCost(weekly(noise(random, 26, likeness)), after(26)).change) claimed++;
      assert.ok(claimed / histories <= 0.05, `${claimed} of ${histories}`);
    });

  test("is mostly called another where it is four times as much", () => {
    const random = seededRandom(12);
    const histories = 100;
    let claimed = 0;
    for (let history = 0; history < histories; history++) {
      const costs = noise(random, 26, 0).map((cost, week) => (week < 13 ? cost : 4 * cost));
      if (changeOfCost(weekly(costs), after(26)).change) claimed++;
    }
    assert.ok(claimed / histories >= 0.8, `${claimed} of ${histories}`);
  });
});
