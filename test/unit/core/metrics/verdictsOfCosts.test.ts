import assert from "node:assert/strict";
import { addDays } from "../../../../core/day.ts";
import { measure } from "../../../../core/metrics/measure.ts";
import { metrics } from "../../../../core/metrics/metrics.ts";
import { budgetOf } from "../../../../core/metrics/sampleOfBudget.ts";
import { verdictOf } from "../../../../core/metrics/verdict.ts";
import { samplesOfRequests } from "../../../../core/metrics/samplesOfRequests.ts";
import { budgetPace } from "../../../../core/requests/pace.ts";
import { summariseRequests } from "../../../../core/requests/requestSummary.ts";
import { groupTasks, type SummaryTask } from "../../../../core/requests/taskGroups.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { costRatio } from "../../../../core/statistics/costRatio.ts";
import { madeCost } from "../statistics/simulation.ts";

const options = { seed: 1, coverage: 1 };
const judging = new Map(metrics.map((metric) => [metric.id, metric]));
const nothing = { value: null, low: null, high: null, n: 0, needsMore: 20 };
const noLabels = {
  ...{ n: 0, edits: 0, withoutEvidence: 0, confusion: [] },
  ai: { precision: nothing, recall: nothing, f1: null },
  human: { precision: nothing, recall: nothing, f1: null },
};

/** A task of 1 to 15 requests that are dear or cheap together, and a dollar on average. */
function madeTask(random: () => number, deviation: number): SummaryTask {
  const requests = 1 + Math.floor(random() * 15);
  const changes = 1 + Math.floor(random() * 6);
  return {
    ...{ day: "2026-03-01", type: "unknown", models: [], unpriced: 0, tried: null },
    ...{ input: 100, output: 50, cacheRead: 0, cacheWrite: 0, edits: changes, applied: changes },
    requests,
    costNano: Math.round(requests * madeCost(random, deviation) * 1e9),
    changes,
    keptChanges: random() < 0.3 ? 0 : 1 + Math.floor(random() * changes),
  };
}

/** Eight requests a task, three and a half changes, and of seven in ten tasks on average two and a quarter kept. */
const costs = [
  { id: "C2", truth: 1, part: "nanoUsd", whole: "pricedRequests" },
  { id: "C3", truth: 8 / (0.7 * 2.25), part: "pricedNanoUsd", whole: "pricedKeptChanges" },
  { id: "C5", truth: 8 / 3.5, part: "pricedNanoUsd", whole: "pricedChanges" },
] as const;

suite("A verdict on cost, at exactly the target", function () {
  this.timeout(60_000);

  const verdicts = (tasks: readonly SummaryTask[], requirements: Readonly<Record<string, number>>) => {
    const requests = summariseRequests({ from: "2026-03-01", days: 30 }, [], tasks);
    const samples = new Map(samplesOfRequests(requests, noLabels));
    return costs.map(({ id }) =>
      measure(judging.get(id)!, samples.get(id), { ...options, target: { requirement: requirements[id] } }),
    );
  };

  for (const { id, truth, part, whole } of costs) {
    for (const deviation of [0.5, 1, 1.5]) {
      for (const count of [20, 60, 180]) {
        test(`is false in no more than 5 %: ${id}, ${count} tasks whose cost is log-normal by ${deviation}`, () => {
          const random = seededRandom(31);
          const trials = 2_000;
          let [claimed, without] = [0, 0];
          for (let trial = 0; trial < trials; trial++) {
            const groups = groupTasks(Array.from({ length: count }, () => madeTask(random, deviation)));
            const interval = costRatio(groups.map((each) => ({ part: each[part], whole: each[whole] })));
            if (!interval) without++;
            if (verdictOf("lower", truth * 1e9, interval) !== "notEnoughData") claimed++;
          }
          assert.ok(claimed / trials <= 0.05, `${claimed} of ${trials}`);
          assert.ok(without / trials <= 0.1, `${without} have no interval`);
        });
      }
    }
  }

  for (const deviation of [0.5, 1, 1.5])
    for (const count of [20, 60])
      test(`is false in no more than 5 %: C13, ${count} days whose cost is log-normal by ${deviation}`, () => {
        const random = seededRandom(37);
        const trials = 2_000;
        let claimed = 0;
        for (let trial = 0; trial < trials; trial++) {
          const days = Array.from({ length: count }, () => ({
            part: random() < 0.8 ? madeCost(random, deviation) : 0,
            whole: Math.floor(random() * 5),
          }));
          if (verdictOf("lower", 0.8 / 2, costRatio(days)) !== "notEnoughData") claimed++;
        }
        assert.ok(claimed / trials <= 0.05, `${claimed} of ${trials}`);
      });

  test("rests on that interval, in dollars", () => {
    const random = seededRandom(3);
    const tasks = Array.from({ length: 60 }, () => madeTask(random, 1));
    const groups = groupTasks(tasks);
    verdicts(tasks, {}).forEach(({ value, low, high }, index) => {
      const { part, whole } = costs[index]!;
      const interval = costRatio(groups.map((each) => ({ part: each[part], whole: each[whole] })))!;
      assert.deepEqual([low, high], [interval.low / 1e9, interval.high / 1e9]);
      assert.ok(low! < value! && value! < high!);
    });
  });

  test("is given where cost is surely on one side", () => {
    const random = seededRandom(5);
    const tasks = Array.from({ length: 100 }, () => madeTask(random, 0.5));
    const half = Object.fromEntries(costs.map(({ id, truth }) => [id, truth / 2]));
    const twice = Object.fromEntries(costs.map(({ id, truth }) => [id, truth * 2]));
    assert.deepEqual(
      verdicts(tasks, half).map(({ verdict }) => verdict),
      costs.map(() => "misses"),
    );
    assert.deepEqual(
      verdicts(tasks, twice).map(({ verdict }) => verdict),
      costs.map(() => "meets"),
    );
  });

  test("is none from a few tasks of many requests, whose cost is said all the same", () => {
    const tasks = Array.from({ length: 12 }, () => ({ ...madeTask(seededRandom(2), 0), requests: 50 }));
    const [request] = verdicts(tasks, { C2: 100, C3: 100, C5: 100 });
    const { value, low, verdict, needsMore } = request!;
    assert.ok(value! > 0);
    assert.deepEqual([low, verdict, needsMore], [null, "notEnoughData", null]);
  });
});

suite("A verdict on the month's budget", function () {
  this.timeout(60_000);
  const budgetMetric = judging.get("C9")!;

  /** The month to its end, of which only what is before is known; the budget is what such a month costs on average. */
  function trial(random: () => number, { before, day, deviation, weekends }: (typeof months)[number]) {
    const today = `2026-06-${String(day).padStart(2, "0")}`;
    const rows = [];
    let total = 0;
    for (let at = addDays("2026-06-01", -before); at <= "2026-06-30"; at = addDays(at, 1)) {
      const isWeekend = [0, 6].includes(new Date(`${at}T00:00:00Z`).getUTCDay());
      if (isWeekend && random() >= weekends) continue;
      const cost = madeCost(random, deviation);
      rows.push({ day: at, requests: 1, unpriced: 0, costNano: Math.round(cost * 1e9) });
      if (at >= "2026-06-01") total += cost;
    }
    const budget = 22 + 8 * weekends;
    const seen = rows.filter((row) => row.day <= today);
    const { verdict, value } = measure(budgetMetric, budgetOf(budgetPace(budget, today, seen)!), options);
    return { value, isFalse: verdict === "meets" ? total > budget : verdict === "misses" && total <= budget };
  }

  const months = [0.5, 1].flatMap((deviation) =>
    [0, 0.3].flatMap((weekends) =>
      [
        { before: 7, day: 10 },
        { before: 7, day: 14 },
        { before: 14, day: 5 },
        { before: 14, day: 10 },
        { before: 56, day: 10 },
        { before: 56, day: 24 },
      ].map((each) => ({ ...each, deviation, weekends })),
    ),
  );
  for (const month of months) {
    const { before, day, deviation, weekends } = month;
    const what = `${before} days before, on day ${day}, log-normal by ${deviation}, at weekends ${weekends}`;
    test(`is false in no more than 5 %: ${what}`, () => {
      const random = seededRandom(37);
      const trials = 1_000;
      let isFalse = 0;
      for (let each = 0; each < trials; each++) if (trial(random, month).isFalse) isFalse++;
      assert.ok(isFalse / trials <= 0.05, `${isFalse} of ${trials}`);
    });
  }

  test("says what the month comes to, and is right where it surely is above or below", () => {
    const random = seededRandom(41);
    const rows = (scale: number) =>
      Array.from({ length: 56 }, (_, ago) => ({
        ...{ day: addDays("2026-06-15", -ago), requests: 1, unpriced: 0 },
        costNano: Math.round(madeCost(random, 0.5) * scale * 1e9),
      }));
    const of = (scale: number) =>
      measure(budgetMetric, budgetOf(budgetPace(30, "2026-06-15", rows(scale))!), options);
    assert.deepEqual([of(0.5).verdict, of(2).verdict], ["meets", "misses"]);
    const at = of(1);
    assert.ok(at.low! < 1 && at.high! > 1 && at.high! < 2, `${at.low} to ${at.high}`);
    assert.deepEqual([at.verdict, at.needsMore], ["notEnoughData", null]);
  });
});
