import assert from "node:assert/strict";
import { addDays } from "../../../../core/day.ts";
import { checkModels, type Checked } from "../../../../core/requests/modelChecks.ts";
import { noSamples } from "../../../../core/retention/retentionCurve.ts";
import { takenBackAtMs } from "../../../../core/summary/wayOfDays.ts";

const today = "2026-06-26";
const from = addDays(today, -29);
const none = { value: null, low: null, high: null, n: 0, needsMore: 20 };
const model = {
  tool: "codex",
  model: "gpt",
  now: none,
  before: none,
  weeks: [],
  change: null,
  says: "cannotTell" as const,
};

/** On each of so many days, so many of ten edits were taken back. */
function undone(reverted: number, firstDay: string, days: number): Checked["undone"] {
  return Array.from({ length: days }, (_, ago) => ({
    ...{ ...noSamples, judged: 10, reverted, dueMs: takenBackAtMs, kind: "ai", tool: "codex", model: "gpt" },
    day: addDays(firstDay, ago),
  }));
}

/** So many tasks with so many failed of ten tried edits in each. */
function tasks(count: number, type: string, failed: number, models = ["gpt"]): Checked["tasks"] {
  const tried = { failed, rejected: 0, files: 1, lines: 1 };
  return Array.from({ length: count }, () => ({ tool: "codex", models, type, tried, applied: 10 - failed }));
}

function check(given: Partial<Checked>) {
  return checkModels([model], { from, undone: [], tasks: [], tasksBefore: [], ...given })[0]!;
}

suite("Models against their own past, beside what is left", () => {
  test("say whether more is undone, and nothing where too little is known", () => {
    const past = undone(1, addDays(from, -30), 30);
    const more = check({ undone: [...past, ...undone(5, from, 30)] }).undone;
    assert.deepEqual([more.now.value, more.before.value, more.says, more.held], [0.5, 0.1, "rising", null]);
    assert.equal(check({ undone: [...past, ...undone(1, from, 30)] }).undone.says, "noChangeSeen");
    assert.equal(check({ undone: [...past, ...undone(5, from, 2)] }).undone.says, "cannotTell");
    assert.equal(check({}).undone.says, "cannotTell");
  });

  test("do not take harder work for a model that became worse", () => {
    // Each kind fails as often as before; there is more of the kind that fails.
    const before = [...tasks(45, "fix", 1), ...tasks(5, "refactor", 6)];
    const now = [...tasks(5, "fix", 1), ...tasks(45, "refactor", 6)];
    const { retries } = check({ tasks: now, tasksBefore: before });
    assert.ok(Math.abs(retries.now.value! - 0.35) < 1e-9 && Math.abs(retries.before.value! - 0.35) < 1e-9);
    assert.deepEqual([retries.says, retries.held], ["noChangeSeen", 1]);
    const worse = [...tasks(5, "fix", 5), ...tasks(45, "refactor", 9)];
    assert.equal(check({ tasks: worse, tasksBefore: before }).retries.says, "rising");
  });

  test("say of how much the kind of task could be held, and compare nothing without one", () => {
    const part = check({
      tasks: [...tasks(10, "fix", 1), ...tasks(10, "unknown", 9)],
      tasksBefore: [...tasks(10, "fix", 1), ...tasks(10, "docs", 9)],
    }).retries;
    assert.deepEqual([part.held, part.now.value, part.now.n], [0.5, 0.1, 100]);
    const without = check({ tasks: tasks(20, "unknown", 9), tasksBefore: tasks(20, "unknown", 1) }).retries;
    assert.deepEqual([without.held, without.says, without.now.value], [0, "cannotTell", null]);
    const several = check({
      tasks: tasks(20, "fix", 9, ["gpt", "opus"]),
      tasksBefore: tasks(20, "fix", 1),
    }).retries;
    assert.equal(several.says, "cannotTell");
  });
});
