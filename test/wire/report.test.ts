import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { measureSummary } from "../../core/metrics/measureSummary.ts";
import type { Reply } from "../../protocol/errors.ts";
import { reportSchema } from "../../protocol/report.ts";
import type { Summary } from "../../protocol/summary.ts";
import { TestClient } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const aims = { budgetUsd: 400, targets: { C3: { requirement: 0.02 }, R1: { requirement: 0.5 } } };

suite("The report of the command line beside the summary of the server", function () {
  this.timeout(90_000);
  let home: string;
  let client: TestClient;
  let summary: Summary;

  const kept = (...args: string[]) =>
    execFileSync(process.execPath, [cli, ...args], {
      env: { ...process.env, HOME: home, USERPROFILE: home, KEPT_HOME: home },
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
  const report = (...args: string[]) => reportSchema.parse(JSON.parse(kept("report", "--json", ...args)));
  const budget = (...args: string[]) => report(...args).metrics.find(({ id }) => id === "C9")!;

  suiteSetup(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-report-"));
    kept("demo", "--workspace", "file:///projects/shop");
    client = await TestClient.start({
      home,
      initializationOptions: {
        window: "00000000-0000-4000-8000-000000000001",
        settings: { editDays: 90, sumMonths: 25, ...aims },
      },
    });
    const question = { days: 30, scope: "all", isCompared: true };
    const reply = await client.ask<Reply<Summary>>("kept/summary", question);
    assert.ok(reply.ok, JSON.stringify(reply));
    summary = reply.value;
  });
  suiteTeardown(async () => {
    await client.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test("judges every metric alike, by the budget and the targets that were set in the editor", () => {
    const reported = new Map(report().metrics.map((metric) => [metric.id, metric]));
    for (const metric of measureSummary(summary)) {
      const found = reported.get(metric.id)!;
      const told = Object.keys(metric).map((name) => found[name as keyof typeof found]);
      assert.deepEqual(told, Object.values(metric), metric.id);
    }
    assert.notEqual(reported.get("C9")!.value, null, "a quarter is enough for a forecast");
    assert.equal(reported.get("C3")!.target, 0.02);
  });

  test("goes by a budget that is given to it instead, also by none", () => {
    const twice = budget("--budget", "800");
    assert.ok(Math.abs(twice.value! * 2 - budget().value!) < 1e-9, `${twice.value} and ${budget().value}`);
    const without = budget("--budget", "0");
    assert.deepEqual([without.value, without.verdict], [null, "notEnoughData"]);
    assert.match(without.reason!, /needs a budget/);
  });

  test("follows a budget that is changed while the server runs", async () => {
    await client.notify("kept/settings", {
      ...{ editDays: 90, sumMonths: 25, agents: true, gitNotes: false, hover: true, codeLens: false },
      ...{ ...aims, budgetUsd: 200 },
    });
    const before = budget("--budget", "400").value!;
    await client.until(() => client.changes > 0, "the settings are heeded");
    assert.ok(Math.abs(budget().value! - 2 * before) < 1e-9);
  });
});
