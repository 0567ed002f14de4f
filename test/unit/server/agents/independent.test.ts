import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { readAllRecords } from "../../../../server/agents/reading/readAll.ts";
import { writeMadeHome } from "../../../support/agents/madeHome.ts";

const manifest = createRequire(import.meta.url).resolve("ccusage/package.json");
const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: string | Record<string, string> };
const ccusage = path.join(path.dirname(manifest), typeof bin === "string" ? bin : bin["ccusage"]!);

interface TheirTotals {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
  readonly totalCost: number;
}

suite("Tokens and cost", () => {
  for (const seed of [1, 2, 3]) {
    test(`agree with an independent reader, to the token (seed ${seed})`, () => {
      const home = mkdtempSync(path.join(tmpdir(), "kept-home-"));
      try {
        writeMadeHome(home, seed);
        const printed = execFileSync(process.execPath, [ccusage, "daily", "--json", "--offline"], {
          env: { PATH: process.env["PATH"], HOME: home, USERPROFILE: home },
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        });
        const theirs = (JSON.parse(printed) as { totals: TheirTotals }).totals;
        const { tasks, problems } = readAllRecords({ platform: "linux", userHome: home, environment: {} });
        const all = tasks.since(0);
        const sum = (part: "input" | "output" | "cacheRead" | "cacheWrite") =>
          all.reduce((total, { tokens }) => total + tokens[part], 0);
        assert.deepEqual(
          [sum("input"), sum("output"), sum("cacheRead"), sum("cacheWrite")],
          [theirs.inputTokens, theirs.outputTokens, theirs.cacheReadTokens, theirs.cacheCreationTokens],
        );
        const cost = all.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0);
        assert.ok(Math.abs(cost - theirs.totalCost) < 1e-6, `${cost} and ${theirs.totalCost}`);
        assert.deepEqual(problems, []);
        assert.deepEqual([...new Set(all.map(({ tool }) => tool))].sort(), ["claude-code", "codex"]);
      } finally {
        rmSync(home, { recursive: true });
      }
    });
  }
});
