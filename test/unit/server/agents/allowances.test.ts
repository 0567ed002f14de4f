import assert from "node:assert/strict";
import type { AllowanceWindow } from "../../../../protocol/allowance.ts";
import { codex } from "../../../../server/agents/codex.ts";
import { RecordHealth } from "../../../../server/agents/recordHealth.ts";
import type { RecordsRead } from "../../../../server/agents/reading/recordWatch.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { codexLine } from "../../../support/agents/logLines.ts";
import { allowanceOf, noon } from "../../../support/store/rows.ts";

function read(limits: unknown): { readonly said: readonly AllowanceWindow[]; readonly problems: string[] } {
  const said: AllowanceWindow[] = [];
  const problems: string[] = [];
  const line = codexLine(noon, "event_msg", { type: "token_count", info: null, rate_limits: limits });
  codex
    .makeReader("rollout-1.jsonl", () => noon)
    .read(JSON.parse(line), {
      request: () => assert.fail("no request was made"),
      edit: () => assert.fail("nothing was edited"),
      allowance: (window) => said.push(window),
      problem: (reason) => problems.push(reason),
    });
  return { said, problems };
}

suite("What plans allow", () => {
  const five = { used_percent: 25, window_minutes: 300 };

  test("is read of both windows, with the time of the reset in any form there was", () => {
    const week = { used_percent: 3.5, window_minutes: 10_080, resets_at: noon / 1000 + 60 };
    assert.deepEqual(read({ primary: { ...five, resets_in_seconds: 30 }, secondary: week }), {
      said: [
        allowanceOf({ resetsAt: noon + 30_000 }),
        allowanceOf({ windowMinutes: 10_080, usedShare: 0.035, resetsAt: noon + 60_000 }),
      ],
      problems: [],
    });
    assert.deepEqual(read({ limit_id: "codex", primary: five, secondary: null }).said, [
      allowanceOf({ resetsAt: null }),
    ]);
  });

  test("is nothing where the tool does not say how long a window is, and another plan's is not the tool's", () => {
    for (const limits of [
      null,
      {},
      { primary: { used_percent: 3 } },
      { limit_id: "codex_other", primary: five },
    ])
      assert.deepEqual(read(limits), { said: [], problems: [] });
  });

  test("is a problem in a form that is not known", () => {
    for (const used_percent of ["25", -1, 1e9, null]) {
      const { said, problems } = read({ primary: { ...five, used_percent } });
      assert.deepEqual([said, problems], [[], ["an allowance of unknown form"]]);
    }
  });
});

suite("Whether tools' own records are understood", () => {
  const nothing: RecordsRead = {
    at: noon,
    edits: [],
    requests: [],
    taskEdits: [],
    allowances: [],
    problems: {},
    goesOn: false,
  };
  const request = { tool: "codex" } as RecordsRead["requests"][number];

  test("is stored as counts of all that was read, at the end of a look and not at every one", () => {
    const store = new MemoryStore({ now: () => noon });
    const health = new RecordHealth(store.figures);
    const heard = () => store.figures.heard();
    health.take({ ...nothing, requests: [request, request], problems: { codex: 1 }, goesOn: true });
    assert.deepEqual(heard(), []);
    health.take({ ...nothing, requests: [request], allowances: [allowanceOf()] });
    assert.deepEqual(heard(), [{ tool: "codex", way: "log", at: noon, taken: 3, notUnderstood: 1 }]);
    assert.deepEqual(store.figures.allowances(), [allowanceOf()]);
    health.take({ ...nothing, at: noon + 1000, problems: { codex: 4 } });
    assert.equal(heard()[0]?.notUnderstood, 1);
    health.take({ ...nothing, at: noon + 20_000 });
    assert.deepEqual(heard(), [{ tool: "codex", way: "log", at: noon + 1000, taken: 3, notUnderstood: 5 }]);
    // Another window reads the same again.
    new RecordHealth(store.figures).take({ ...nothing, requests: [request], problems: { codex: 1 } });
    assert.deepEqual([heard()[0]?.taken, heard()[0]?.notUnderstood], [1, 1]);
  });

  test("waits while the database is held by another", () => {
    const store = new MemoryStore({ now: () => noon });
    let isHeld = true;
    const health = new RecordHealth({
      ...store.figures,
      figures: () => [],
      allowances: () => [],
      heard: () => [],
      write: (batch) =>
        isHeld
          ? { outcome: "retry", problem: { code: "store.unwritable", details: {} } as never }
          : store.figures.write(batch),
    });
    health.take({ ...nothing, requests: [request], allowances: [allowanceOf()] });
    isHeld = false;
    health.take({ ...nothing, at: noon + 1000 });
    assert.equal(store.figures.heard()[0]?.taken, 1);
    assert.equal(store.figures.allowances().length, 1);
  });
});
