import assert from "node:assert/strict";
import { measure } from "../../../../core/metrics/measure.ts";
import { metrics } from "../../../../core/metrics/metrics.ts";
import { samplesOfRequests } from "../../../../core/metrics/samplesOfRequests.ts";
import { summariseRequests, type SummaryRequests } from "../../../../core/requests/requestSummary.ts";
import { latencyBucket } from "../../../../core/requests/requestLatency.ts";
import { madeSeries } from "../statistics/simulation.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { SummaryTask } from "../../../../core/requests/taskGroups.ts";
import type { MeasuredShare } from "../../../../protocol/share.ts";

const nothing: MeasuredShare = { value: null, low: null, high: null, n: 0, needsMore: 20 };

function detectorOf(precision: MeasuredShare) {
  return {
    n: precision.n,
    edits: precision.n,
    withoutEvidence: 0,
    confusion: [],
    ai: { precision, recall: nothing, f1: null },
    human: { precision: nothing, recall: nothing, f1: null },
  };
}

function measured(
  id: string,
  rows: readonly SummaryRequests[],
  tasks: readonly SummaryTask[],
  precision: MeasuredShare = nothing,
) {
  const requests = summariseRequests({ from: "2026-03-01", days: 30 }, rows, tasks);
  const samples = new Map(samplesOfRequests(requests, detectorOf(precision)));
  const metric = metrics.find((each) => each.id === id)!;
  return measure(metric, samples.get(id), { seed: 1, coverage: 1 });
}

const row: SummaryRequests = {
  day: "2026-03-01",
  tool: "claude-code",
  model: "claude-sonnet-4-5",
  currency: null,
  requests: 10,
  unpriced: 0,
  unpricedTokens: 0,
  subagent: 0,
  input: 100,
  output: 50,
  cacheRead: 800,
  cacheWrite: 100,
  reasoning: 0,
  costNano: 0,
  billedNano: 0,
  latencies: [[80, 10]],
};

const task: SummaryTask = {
  day: "2026-03-01",
  type: "unknown",
  models: [],
  requests: 10,
  unpriced: 0,
  input: 100,
  output: 50,
  cacheRead: 800,
  cacheWrite: 100,
  costNano: 500_000_000,
  edits: 2,
  applied: 2,
  tried: null,
  changes: 2,
  keptChanges: 1,
};

suite("Metrics of requests", () => {
  test("say nothing without requests, and what they wait for", () => {
    for (const id of ["C1", "C2", "C3", "C5", "C6", "C7", "C8", "C10", "R1", "R2", "R3", "S5", "S7", "R8"]) {
      const { value, low, reason } = measured(id, [], []);
      assert.deepEqual([value, low], [null, null], id);
      assert.match(reason!, /^not enough data: (0 |no )/, id);
    }
  });

  test("are no number where nothing was kept that the cost could be divided by", () => {
    const lost = { ...task, keptChanges: 0 };
    const { value, n, reason, needsMore } = measured("C3", [], Array<SummaryTask>(30).fill(lost));
    assert.deepEqual([value, n, needsMore], [null, 30, 0]);
    assert.equal(reason, "not enough data: 30 tasks come to no number yet");
    assert.equal(measured("C5", [], Array<SummaryTask>(30).fill({ ...lost, changes: 0 })).value, null);
  });

  test("have a value and an interval from thirty tasks, in dollars and shares", () => {
    const tasks = Array.from({ length: 30 }, (_, index) => ({ ...task, costNano: (index + 1) * 50_000_000 }));
    const rows = Array.from({ length: 20 }, (_, index) => ({
      ...row,
      day: `2026-03-${String(index + 1).padStart(2, "0")}`,
      model: index % 4 === 0 ? "claude-opus-4-5" : "claude-sonnet-4-5",
    }));
    const expected: Record<string, number> = {
      C1: 20 * 1050,
      C2: 0.0775,
      C3: 0.775,
      C5: 0.3875,
      C6: 0.8,
      C7: 0.25,
      C10: 1,
      R3: 0,
    };
    for (const [id, value] of Object.entries(expected)) {
      const found = measured(id, rows, tasks);
      assert.ok(Math.abs(found.value! - value) < 1e-9, `${id}: ${JSON.stringify(found)}`);
      if (id === "C1") continue;
      assert.ok(found.low! <= value && value <= found.high!, id);
      assert.ok(found.high! > found.low!, `${id} has an interval`);
    }
    assert.equal(measured("S5", rows, tasks).n, 200);
  });

  test("count tasks that wrote something and kept nothing: none that only asked, and none of which it is not known", () => {
    const lost = { ...task, keptChanges: 0 };
    const asked = { ...task, edits: 0, applied: 0, changes: 0, keptChanges: 0 };
    const unseen = { ...task, changes: 0, keptChanges: 0 };
    const tasks = [...Array<SummaryTask>(15).fill(task), ...Array<SummaryTask>(5).fill(lost), asked, unseen];
    const { value, n } = measured("R3", [], tasks);
    assert.deepEqual([value, n], [5 / 20, 20]);
  });

  test("share out what was spent by what became of it, of tasks whose price is known", () => {
    const lost = { ...task, keptChanges: 0, costNano: 1_000_000_000 };
    const half = { ...lost, unpriced: 5 };
    const tasks = [...Array<SummaryTask>(20).fill(task), ...Array<SummaryTask>(5).fill(lost), half];
    const { value, low, high, n } = measured("C10", [], tasks);
    assert.deepEqual([value, n], [10 / 15, 25]);
    assert.ok(low! < 10 / 15 && high! > 10 / 15);
    const { spent } = summariseRequests({ from: "2026-03-01", days: 30 }, [], tasks).tasks;
    assert.deepEqual(spent, { kept: 10_000_000_000, nothing: 5_000_000_000, noEdits: 0, unknown: 0 });
  });

  test("judge the edits that agents tried, by task, where the tools' records tell of them", () => {
    const opus = ["claude-opus-4-5"];
    const smooth = { failed: 0, rejected: 0, files: 1, lines: 12 };
    const tasks: SummaryTask[] = [
      ...Array<SummaryTask>(20).fill({ ...task, applied: 6, tried: smooth, models: opus }),
      ...Array<SummaryTask>(5).fill({ ...task, applied: 3, tried: { ...smooth, failed: 1 }, models: opus }),
      ...Array<SummaryTask>(5).fill({ ...task, applied: 0, tried: { ...smooth, files: 0, rejected: 2 } }),
      ...Array<SummaryTask>(5).fill({ ...task, applied: 9, tried: { ...smooth, lines: 400 }, models: opus }),
      ...Array<SummaryTask>(40).fill({ ...task, models: opus }),
    ];
    const expected: Record<string, readonly [number, number]> = {
      R1: [5 / 185, 185],
      R2: [25 / 35, 35],
      C8: [20 / 30, 30],
    };
    for (const [id, [value, n]] of Object.entries(expected)) {
      const found = measured(id, [], tasks);
      assert.deepEqual([found.value, found.n], [value, n], id);
      assert.ok(found.low! < value && found.high! > value, id);
    }
  });

  test("say in minutes how long a task takes that keeps something", () => {
    const timed = Array.from({ length: 42 }, (_, index) => ({
      ...{ day: "2026-03-01", firstEditMs: null, edits: 1, reads: null, isKept: index % 2 === 0 },
      workedMs: (index / 2 + 1) * 60_000,
    }));
    const requests = summariseRequests({ from: "2026-03-01", days: 30 }, [], [], timed);
    const sample = new Map(samplesOfRequests(requests, detectorOf(nothing))).get("S7");
    const metric = metrics.find(({ id }) => id === "S7")!;
    const { value, low, high, n } = measure(metric, sample, { seed: 1, coverage: 1 });
    assert.deepEqual([value, low, high, n], [11, 6, 16, 21]);
  });

  /** Requests of so many days; those of one day are slow or quick together. */
  const slowDays = (random: () => number, days: number): SummaryRequests[] =>
    Array.from({ length: days }, (_, index) => {
      const [ofDay] = madeSeries(random, 1, 0);
      const times = Array.from(
        { length: 30 },
        () => 8_000 * Math.exp(0.4 * ofDay! + 0.6 * madeSeries(random, 1, 0)[0]!),
      );
      const latencies = times.map((ms): [number, number] => [latencyBucket(ms)!, 1]);
      return { ...row, day: `2026-03-${String(index + 1).padStart(2, "0")}`, requests: 30, latencies };
    });
  const latencyOf = (rows: readonly SummaryRequests[], requirement: number) => {
    const requests = summariseRequests({ from: "2026-03-01", days: 30 }, rows, []);
    const sample = new Map(samplesOfRequests(requests, detectorOf(nothing))).get("S5");
    const metric = metrics.find(({ id }) => id === "S5")!;
    return measure(metric, sample, { seed: 1, coverage: 1, target: { requirement } });
  };

  for (const days of [5, 10, 25]) {
    test(`judge how long requests take falsely in no more than 5 %: ${days} days exactly at the target`, () => {
      const random = seededRandom(43);
      const trials = 500;
      let claimed = 0;
      for (let trial = 0; trial < trials; trial++) {
        const { verdict } = latencyOf(slowDays(random, days), 8_000);
        if (verdict !== "notEnoughData") claimed++;
      }
      assert.ok(claimed / trials <= 0.05, `${claimed} of ${trials}`);
    });
  }

  test("judge how long requests take, of five days and more", () => {
    const rows = slowDays(seededRandom(47), 25);
    const { value, low, high, needsMore } = latencyOf(rows, 8_000);
    assert.ok(low! < value! && value! < high!, `${low} ${value} ${high}`);
    assert.ok(needsMore! > 0);
    assert.deepEqual([latencyOf(rows, 20_000).verdict, latencyOf(rows, 3_000).verdict], ["meets", "misses"]);
    const few = latencyOf(rows.slice(0, 4), 20_000);
    assert.deepEqual([few.value! > 0, few.low, few.verdict], [true, null, "notEnoughData"]);
  });

  test("take the precision from what the person said, and no less than it takes", () => {
    const said = { value: 0.95, low: 0.9, high: 0.98, n: 210, needsMore: 0 };
    const { value, low, high } = measured("R8", [], [], said);
    assert.deepEqual([value, low, high], [0.95, 0.9, 0.98]);
    assert.equal(measured("R8", [], [], { ...said, n: 50 }).value, null);
  });

  test("cover the true cost of a kept change nearly always, though tasks differ much", () => {
    const random = seededRandom(7);
    const made = (): SummaryTask => {
      const size = Math.exp(random() * 3);
      const changes = Math.ceil(random() * 6);
      const keptChanges = random() < 0.3 ? 0 : Math.ceil(changes * random());
      return { ...task, costNano: Math.round(size * 100_000_000), changes, keptChanges };
    };
    const many = Array.from({ length: 40_000 }, made);
    const sum = (name: "costNano" | "keptChanges") => many.reduce((total, each) => total + each[name], 0);
    const truth = sum("costNano") / sum("keptChanges") / 1e9;
    const rounds = 150;
    let covered = 0;
    for (let round = 0; round < rounds; round++) {
      const { low, high } = measured("C3", [], Array.from({ length: 60 }, made));
      if (low! <= truth && truth <= high!) covered++;
    }
    assert.ok(covered / rounds >= 0.95, `${covered} of ${rounds}`);
  });
});
