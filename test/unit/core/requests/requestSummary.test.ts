import assert from "node:assert/strict";
import { tierOf } from "../../../../core/requests/modelTiers.ts";
import { latencyBucket, latencyQuantile } from "../../../../core/requests/requestLatency.ts";
import { summariseRequests, type SummaryRequests } from "../../../../core/requests/requestSummary.ts";
import { outcomeOf, type SummaryTask } from "../../../../core/requests/taskGroups.ts";
import {
  committedTypeWith,
  pathBelow,
  typeOfCommit,
  typeOfFiles,
  typeOfTask,
} from "../../../../core/requests/taskType.ts";
import { requestSummarySchema } from "../../../../protocol/requestSummary.ts";

const period = { from: "2026-03-01", days: 3 };

function row(change: Partial<SummaryRequests> = {}): SummaryRequests {
  return {
    day: "2026-03-02",
    tool: "claude-code",
    model: "claude-opus-4-5",
    currency: null,
    requests: 2,
    unpriced: 0,
    unpricedTokens: 0,
    subagent: 1,
    input: 10,
    output: 5,
    cacheRead: 80,
    cacheWrite: 10,
    reasoning: 1,
    costNano: 4_000_000_000,
    billedNano: 0,
    latencies: [],
    ...change,
  };
}

/** What a tool tells of a whole session. */
const ofSession = { requests: 0, unpriced: 0, subagent: 0 };

function task(change: Partial<SummaryTask> = {}): SummaryTask {
  return {
    day: "2026-03-01",
    type: "unknown",
    models: [],
    requests: 2,
    unpriced: 0,
    input: 10,
    output: 5,
    cacheRead: 80,
    cacheWrite: 10,
    costNano: 2_000_000_000,
    edits: 1,
    applied: 1,
    tried: null,
    changes: 1,
    keptChanges: 1,
    ...change,
  };
}

suite("What requests come to", () => {
  test("is nothing where there are none, and no price of nothing", () => {
    const summary = summariseRequests(period, [], []);
    assert.deepEqual(requestSummarySchema.parse(summary), summary);
    assert.deepEqual(summary.spend, { nanoUsd: null, unpricedRequests: 0, unpricedTokens: 0 });
    assert.deepEqual(
      [summary.cacheShare.value, summary.latency, summary.tasks.costPerKeptChange.nanoUsd],
      [null, null, null],
    );
    assert.deepEqual(
      summary.days.map(({ day }) => day),
      ["2026-03-01", "2026-03-02", "2026-03-03"],
    );
  });

  test("is a cost and tokens of what tells sums of sessions alone, and in no mix or cost of requests", () => {
    const sum = row({ tool: "droid", ...ofSession });
    const tasks = [task({ ...ofSession, models: ["claude-opus-4-5"] }), task()];
    const summary = summariseRequests(period, [sum, row()], tasks);
    assert.deepEqual([summary.requests, summary.tokens.cacheRead], [2, 160]);
    assert.deepEqual(summary.spend, { nanoUsd: 8_000_000_000, unpricedRequests: 0, unpricedTokens: 0 });
    assert.equal(summary.days[1]!.byTier.heavy, 2);
    const [group] = summary.groups.filter(({ pricedRequests }) => pricedRequests > 0);
    assert.deepEqual([group!.nanoUsd / group!.pricedRequests], [1_000_000_000]);
    assert.equal(
      summary.groups.reduce((all, { pricedTasks }) => all + pricedTasks, 0),
      2,
    );
    const alone = summariseRequests(period, [sum], [task(ofSession)]);
    assert.equal(alone.spend.nanoUsd, 4_000_000_000);
    assert.deepEqual(alone.tasks.byType[0]!.spend.unpricedTokens, 0);
    const unpriced = { ...ofSession, costNano: 0, unpricedTokens: 105 };
    assert.equal(summariseRequests(period, [row(unpriced)], [task(unpriced)]).spend.nanoUsd, null);
  });

  test("is added up by kind, tool, model and tier, the dearest first", () => {
    const summary = summariseRequests(
      period,
      [
        row({ model: "some-other", costNano: 0, unpriced: 2, unpricedTokens: 105 }),
        row({ model: "claude-haiku-4-5", costNano: 1_000_000_000, day: "2026-03-01" }),
        row(),
        row({ day: "2026-03-03", currency: "USD", billedNano: 7 }),
      ],
      [],
    );
    assert.deepEqual(requestSummarySchema.parse(summary), summary);
    assert.deepEqual(
      summary.rows.map(({ model, tier, requests, spend }) => [model, tier, requests, spend.nanoUsd]),
      [
        ["claude-opus-4-5", "heavy", 4, 8_000_000_000],
        ["claude-haiku-4-5", "fast", 2, 1_000_000_000],
        ["some-other", "unknown", 2, null],
      ],
    );
    assert.deepEqual(summary.tokens, { input: 40, output: 20, cacheRead: 320, cacheWrite: 40, reasoning: 4 });
    assert.deepEqual(summary.spend, { nanoUsd: 9_000_000_000, unpricedRequests: 2, unpricedTokens: 105 });
    assert.deepEqual([summary.requests, summary.subagentRequests], [8, 4]);
    assert.deepEqual(summary.billed, [{ currency: "USD", nano: 7 }]);
    assert.deepEqual(
      summary.days.map(({ byTier }) => byTier),
      [
        { fast: 2, standard: 0, heavy: 0, unknown: 0 },
        { fast: 0, standard: 0, heavy: 2, unknown: 2 },
        { fast: 0, standard: 0, heavy: 2, unknown: 0 },
      ],
    );
    assert.deepEqual(
      summary.days.map(({ spendByTier }) => [spendByTier.fast, spendByTier.heavy, spendByTier.unknown]),
      [
        [1_000_000_000, 0, 0],
        [0, 4_000_000_000, 0],
        [0, 4_000_000_000, 0],
      ],
    );
  });

  test("says how long requests took by tier, of those tiers of which it is known", () => {
    const { latencyByTier } = summariseRequests(
      period,
      [
        row({ latencies: [[latencyBucket(8000)!, 3]] }),
        row({ model: "claude-haiku-4-5", latencies: [[latencyBucket(900)!, 2]] }),
        row({ model: "some-other", latencies: [] }),
      ],
      [],
    );
    assert.deepEqual(
      latencyByTier.map(({ tier, latency }) => [tier, latency.requests]),
      [
        ["fast", 2],
        ["heavy", 3],
      ],
    );
    assert.ok(Math.abs(latencyByTier[1]!.latency.medianMs - 8000) < 800);
  });

  test("follows the cost of a kept change by stretches of seven days, the last of which ends with the period", () => {
    const days = ["2026-03-01", "2026-03-02", "2026-03-09", "2026-03-10"];
    const tasks = days.flatMap((day, place) =>
      Array.from({ length: 12 }, () => task({ day, costNano: (place < 2 ? 1 : 3) * 1_000_000_000 })),
    );
    const of = (own: readonly SummaryTask[]) =>
      summariseRequests({ from: "2026-03-01", days: 10 }, [], own).tasks.costOfWeeks;
    assert.deepEqual(
      of(tasks).map(({ from, to, perKeptChange: { nanoUsd, n, needsMore } }) => [
        from,
        to,
        nanoUsd,
        n,
        needsMore,
      ]),
      [
        ["2026-03-01", "2026-03-03", 1_000_000_000, 24, 0],
        ["2026-03-04", "2026-03-10", 3_000_000_000, 24, 0],
      ],
    );
    assert.deepEqual(
      of(tasks.slice(0, 5)).map(({ perKeptChange: { low, n, needsMore } }) => [low, n, needsMore]),
      [
        [null, 5, 15],
        [null, 0, 20],
      ],
    );
  });

  test("says how long requests took, within a step of nine per cent", () => {
    for (const ms of [0, 1, 7, 250, 2000, 90_000, 3_600_000]) {
      const found = latencyQuantile(new Map([[latencyBucket(ms)!, 3]]), 0.5)!;
      assert.ok(Math.abs(found - ms) <= Math.max(1, ms * 0.05), `${ms}: ${found}`);
    }
    assert.deepEqual(
      [latencyBucket(-1), latencyBucket(Number.NaN), latencyBucket(1e12)],
      [undefined, undefined, undefined],
    );
    const latencies = [
      [latencyBucket(100)!, 98],
      [latencyBucket(9000)!, 2],
    ] as const;
    const { latency } = summariseRequests(period, [row({ latencies })], []);
    assert.ok(latency && latency.medianMs < 110 && latency.p95Ms < 110 && latency.p99Ms > 8000);
    assert.equal(latency.requests, 100);
  });

  test("says what became of a task only where that was seen", () => {
    const outcomes: [Partial<SummaryTask>, string][] = [
      [{}, "kept"],
      [{ keptChanges: 0 }, "nothing"],
      [{ keptChanges: 0, applied: 2 }, "unknown"],
      [{ changes: 0, keptChanges: 0, edits: 3, applied: 3 }, "unknown"],
      [{ changes: 0, keptChanges: 0, edits: 3, applied: 0 }, "unknown"],
      [{ changes: 0, keptChanges: 0, edits: 0, applied: 0 }, "noEdits"],
      [{ changes: 2, keptChanges: 1, edits: 0, applied: 0 }, "kept"],
    ];
    for (const [change, expected] of outcomes)
      assert.equal(outcomeOf(task(change)), expected, JSON.stringify(change));
  });

  test("divides all that was spent by what was kept, with what kept nothing in the sum", () => {
    const kept = Array.from({ length: 15 }, () => task({ keptChanges: 2, changes: 2 }));
    const lost = Array.from({ length: 15 }, () => task({ keptChanges: 0 }));
    const unpriced = task({ unpriced: 1, costNano: 0, keptChanges: 100, changes: 100 });
    const { tasks } = summariseRequests(period, [], [...kept, ...lost, unpriced]);
    const cost = tasks.costPerKeptChange;
    assert.equal(cost.nanoUsd, 2_000_000_000);
    assert.equal(cost.n, 30);
    assert.ok(
      cost.low! > 1_200_000_000 && cost.low! < cost.nanoUsd && cost.high! > cost.nanoUsd,
      JSON.stringify(cost),
    );
    assert.deepEqual([tasks.tasks, tasks.kept, tasks.nothing], [31, 16, 15]);
    const few = summariseRequests(period, [], kept.slice(0, 5)).tasks.costPerKeptChange;
    assert.deepEqual(
      [few.nanoUsd, few.low, few.high, few.n, few.needsMore],
      [1_000_000_000, null, null, 5, 15],
    );
    const none = summariseRequests(period, [], lost).tasks.costPerKeptChange;
    assert.deepEqual([none.nanoUsd, none.low], [null, null]);
  });

  test("draws no more than a few hundred groups, whose sums are those of all tasks", () => {
    const many = Array.from({ length: 1001 }, (_, index) => task({ cacheRead: index, costNano: index }));
    const { groups, cacheShare } = summariseRequests(period, [], many);
    const sum = (name: "tasks" | "cacheRead" | "nanoUsd") =>
      groups.reduce((total, group) => total + group[name], 0);
    assert.ok(groups.length <= 200);
    assert.deepEqual([sum("tasks"), sum("cacheRead"), sum("nanoUsd")], [1001, 500_500, 500_500]);
    assert.equal(cacheShare.n, 1001);
    assert.ok(cacheShare.low! < cacheShare.value! && cacheShare.value! < cacheShare.high!);
  });
});

suite("The tier of a model", () => {
  const models = {
    fast: [
      "claude-haiku-4-5-20251001",
      "gpt-5-mini",
      "gpt-5-nano",
      "gemini-2.5-flash",
      "gpt-4o-mini",
      "o4-mini",
      "gemini-2.5-flash-lite",
    ],
    standard: [
      "claude-sonnet-4-5",
      "claude-3-7-sonnet-20250219",
      "gpt-5",
      "gpt-5.1-codex",
      "gpt-4.1",
      "gemini-2.5-pro",
      "kimi-k2",
    ],
    heavy: ["claude-opus-4-5-20251101", "o1", "o3", "o3-pro", "gpt-5-pro", "openai/o1-preview"],
    unknown: ["something-of-ours", ""],
  } as const;
  for (const [tier, names] of Object.entries(models)) {
    test(`is ${tier} for ${names.join(", ")}`, () => {
      for (const name of names) assert.equal(tierOf(name), tier, name);
    });
  }
  test("is unknown where the model is", () => assert.equal(tierOf(null), "unknown"));
});

suite("What kind of work a task was", () => {
  const cases: [string, string[], string][] = [
    ["tests", ["src/a.test.ts", "test/b.ts", "pkg/c_test.go"], "tests"],
    ["documents", ["README.md", "docs/a/b.md", "CHANGELOG"], "docs"],
    [
      "configuration",
      [".github/workflows/ci.yml", "package.json", "eslint.config.mjs", "Dockerfile"],
      "config",
    ],
    ["source, of which files do not tell", ["src/a.ts"], "unknown"],
    ["several kinds", ["src/a.test.ts", "README.md"], "unknown"],
    ["nothing", [], "unknown"],
  ];
  for (const [what, paths, type] of cases)
    test(`is told from files: ${what}`, () => assert.equal(typeOfFiles(paths), type));

  const commits: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ["feat(panel): a thing", undefined, "feature"],
    ["Fix the thing", "feature/thing", "fix"],
    ["test: the thing", "main", "tests"],
    ["The thing", "feature/thing", "feature"],
    ["The thing", "me/hotfix-12", "fix"],
    ["The thing", "docs-of-the-thing", "docs"],
    ["The thing", "main", undefined],
    ["The thing", "fixtures", undefined],
    ["The thing", "constructor/x", undefined],
    ["The thing", undefined, undefined],
    ['Revert "feat: the thing"', "feature/thing", undefined],
  ];
  for (const [message, branch, type] of commits)
    test(`is told from a commit: ${message} on ${branch}`, () =>
      assert.equal(typeOfCommit(message, branch), type));

  test("is what its commits say where they agree, and what its files say otherwise", () => {
    const fix = committedTypeWith(null, "fix");
    assert.equal(typeOfTask(null, ["a.test.ts"]), "tests");
    assert.equal(typeOfTask(fix, ["a.test.ts"]), "fix");
    assert.equal(typeOfTask(committedTypeWith(fix, "fix"), []), "fix");
    const several = committedTypeWith(fix, "feature");
    assert.equal(typeOfTask(several, ["src/a.ts"]), "unknown");
    assert.equal(typeOfTask(committedTypeWith(several, "fix"), ["docs/a.md"]), "docs", "and stays so");
  });

  test("does not depend on what the folders above are called", () => {
    assert.equal(pathBelow("file:///home/me/docs", "file:///home/me/docs/src/a.ts"), "src/a.ts");
    assert.equal(pathBelow(null, "file:///home/me/docs/deep/src/a.ts"), "src/a.ts");
  });
});
