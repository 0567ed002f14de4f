import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Task } from "../../../../core/requests/tasks.ts";
import { readAllRecords } from "../../../../server/agents/reading/readAll.ts";
import { ampThread } from "../../../support/agents/chatRecords.ts";
import { writeGeminiSession, writeMadeHome } from "../../../support/agents/madeHome.ts";
import { addMessage, makeOpenCode } from "../../../support/agents/toolDatabases.ts";

const at = Date.UTC(2026, 0, 5, 9);

/** What that reader takes for a token that gpt-5-codex writes to a cache, beyond the input's price: no list has it. */
const surcharge = 0.25 * 1.25e-6;

/** The reader itself, without the script around it that chooses one for the machine: it is installed on Linux alone. */
const program = path.resolve(
  import.meta.dirname,
  "../../../../node_modules/@ccusage/ccusage-linux-x64/bin/ccusage",
);

/** What the independent reader says of a home directory. */
function theirTotals(home: string): TheirTotals {
  const ccusage = path.join(home, "ccusage");
  copyFileSync(program, ccusage);
  chmodSync(ccusage, 0o700);
  const printed = execFileSync(ccusage, ["daily", "--json", "--offline"], {
    env: { PATH: process.env["PATH"], HOME: home, USERPROFILE: home },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return (JSON.parse(printed) as { totals: TheirTotals }).totals;
}

interface TheirTotals {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
  readonly totalTokens: number;
  readonly totalCost: number;
}

suite("Tokens and cost", () => {
  suiteSetup(function () {
    if (!existsSync(program)) this.skip();
  });

  for (const seed of [1, 2, 3]) {
    test(`agree with an independent reader, to the token (seed ${seed})`, () => {
      const home = mkdtempSync(path.join(tmpdir(), "kept-home-"));
      try {
        writeMadeHome(home, seed);
        const theirs = theirTotals(home);
        const { tasks, problems } = readAllRecords({ platform: "linux", userHome: home, environment: {} });
        const all = tasks.since(0);
        const sum = (part: "input" | "output" | "cacheRead" | "cacheWrite") =>
          all.reduce((total, { tokens }) => total + tokens[part], 0);
        assert.deepEqual(
          [sum("input"), sum("output"), sum("cacheRead"), sum("cacheWrite")],
          [theirs.inputTokens, theirs.outputTokens, theirs.cacheReadTokens, theirs.cacheCreationTokens],
        );
        const cost = all.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0);
        const codexWrites = all.reduce(
          (sum, { tool, tokens }) => sum + (tool === "codex" ? tokens.cacheWrite : 0),
          0,
        );
        assert.ok(codexWrites > 0);
        const theirCost = theirs.totalCost - codexWrites * surcharge;
        assert.ok(Math.abs(cost - theirCost) < 1e-6, `${cost} and ${theirCost}`);
        assert.deepEqual(problems, []);
        assert.deepEqual([...new Set(all.map(({ tool }) => tool))].sort(), ["claude-code", "codex"]);
      } finally {
        rmSync(home, { recursive: true });
      }
    });
  }

  test("of Gemini CLI agree with it, too, which shows thoughts apart from the output and adds them to its total", () => {
    const home = mkdtempSync(path.join(tmpdir(), "kept-home-"));
    try {
      writeGeminiSession(home, at);
      const theirs = theirTotals(home);
      const around = { platform: "linux", userHome: home, environment: {} };
      const { tasks, problems } = readAllRecords(around);
      const [task, ...others] = tasks.since(0);
      assert.deepEqual([others, problems], [[], []]);
      const { input, output, cacheRead, reasoning } = task!.tokens;
      assert.deepEqual(
        [input, output - reasoning, cacheRead, input + output + cacheRead, task!.requests],
        [theirs.inputTokens, theirs.outputTokens, theirs.cacheReadTokens, theirs.totalTokens, 6],
      );
      assert.ok(
        Math.abs(task!.costUsd! - theirs.totalCost) < 1e-6,
        `${task!.costUsd} and ${theirs.totalCost}`,
      );
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  test("of Amp and OpenCode agree with it, too, apart from thoughts, which it leaves out of the output", () => {
    const home = mkdtempSync(path.join(tmpdir(), "kept-home-"));
    const share = path.join(home, ".local", "share");
    try {
      mkdirSync(path.join(share, "amp", "threads"), { recursive: true });
      writeFileSync(path.join(share, "amp", "threads", "T-1.json"), JSON.stringify(ampThread(at, "done")));
      const database = makeOpenCode(path.join(share, "opencode", "opencode.db"));
      for (const reasoning of [0, 5]) addMessage(database, { id: `m${reasoning}`, at, reasoning });
      database.close();
      const theirs = theirTotals(home);
      const around = { platform: "linux", userHome: home, environment: {} };
      const { tasks, problems } = readAllRecords({ ...around, databases: { nativeBinding: undefined } });
      const all = tasks.since(0);
      assert.deepEqual(problems, []);
      assert.deepEqual(all.map(({ tool }) => tool).sort(), ["amp", "opencode"]);
      const sum = (part: keyof Task["tokens"]) => all.reduce((total, { tokens }) => total + tokens[part], 0);
      assert.deepEqual(
        [sum("input"), sum("output") - 5, sum("reasoning"), sum("cacheRead"), sum("cacheWrite")],
        [theirs.inputTokens, theirs.outputTokens, 5, theirs.cacheReadTokens, theirs.cacheCreationTokens],
      );
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
