import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Task } from "../../../../core/requests/tasks.ts";
import { readAllRecords } from "../../../../server/agents/reading/readAll.ts";
import { ampThread, droidSettings } from "../../../support/agents/chatRecords.ts";
import { usageRow, writeCopilotHome, writeSessionStore } from "../../../support/agents/copilotSessions.ts";
import { writeGeminiSession, writeMadeHome } from "../../../support/agents/madeHome.ts";
import {
  claudeAdvice,
  claudeAnswer,
  claudeProgresses,
  codexLine,
  codexTokens,
} from "../../../support/agents/logLines.ts";
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

  test("of a cache whose parts are null, of the fast mode and of a fork of Codex agree with it, too", () => {
    const home = mkdtempSync(path.join(tmpdir(), "kept-home-"));
    const write = (name: string, lines: readonly string[]) => {
      mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
      writeFileSync(path.join(home, name), `${lines.join("\n")}\n`);
    };
    try {
      const answer = claudeAnswer({ session: "s", at }, { id: "m", model: "claude-opus-4-6" });
      const line = JSON.parse(answer) as { message: { usage: Record<string, unknown> } };
      Object.assign(line.message.usage, { cache_creation: null, cache_creation_input_tokens: 5910 });
      Object.assign(line.message.usage, { speed: "fast", output_tokens: 700 });
      write(".claude/projects/-work/s.jsonl", [JSON.stringify(line)]);
      const usage = (input: number, output: number) => ({ input, cached: 0, output, reasoning: 0 });
      const meta = (id: string, more: object) => codexLine(at, "session_meta", { id, cwd: "/work", ...more });
      const model = codexLine(at, "turn_context", { cwd: "/work", model: "gpt-5-codex" });
      const begin = (time: number) => [
        codexTokens(time, usage(100, 5), usage(100, 5)),
        codexTokens(time + 1, usage(300, 9), usage(200, 4)),
      ];
      const own = codexTokens(at + 90_000, usage(700, 20), usage(400, 11));
      const sessions = ".codex/sessions/2026/01/05/rollout-2026-01-05T09-00-0";
      write(`${sessions}0-one.jsonl`, [meta("one", {}), model, ...begin(at + 1000)]);
      const forked = [meta("two", { forked_from_id: "one" }), meta("one", {}), model];
      write(`${sessions}1-two.jsonl`, [...forked, ...begin(at + 60_000), own]);
      const theirs = theirTotals(home);
      const { tasks, problems } = readAllRecords({ platform: "linux", userHome: home, environment: {} });
      const all = tasks.since(0);
      const sum = (part: keyof Task["tokens"]) => all.reduce((total, { tokens }) => total + tokens[part], 0);
      assert.deepEqual(problems, []);
      assert.deepEqual([sum("input"), sum("output"), sum("cacheWrite")], [701, 720, 5910]);
      assert.deepEqual(
        [sum("input"), sum("output"), sum("cacheWrite")],
        [theirs.inputTokens, theirs.outputTokens, theirs.cacheCreationTokens],
      );
      const cost = all.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0);
      assert.ok(Math.abs(cost - theirs.totalCost) < 1e-6, `${cost} and ${theirs.totalCost}`);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  const told = {
    "what another model was asked for a message": { lines: claudeAdvice(at), requests: 3 },
    "what only a subagent's caller tells of it": { lines: claudeProgresses(at), requests: 2 },
  };
  for (const [what, { lines, requests }] of Object.entries(told))
    test(`of ${what} agree with it, too`, () => {
      const home = mkdtempSync(path.join(tmpdir(), "kept-home-"));
      try {
        mkdirSync(path.join(home, ".claude/projects/-work"), { recursive: true });
        writeFileSync(path.join(home, ".claude/projects/-work/s.jsonl"), `${lines.join("\n")}\n`);
        const theirs = theirTotals(home);
        const { tasks, problems } = readAllRecords({ platform: "linux", userHome: home, environment: {} });
        const [task] = tasks.since(0);
        const { input, output, cacheRead, cacheWrite } = task!.tokens;
        assert.deepEqual([problems, task!.requests], [[], requests]);
        assert.deepEqual(
          [input, output, cacheRead, cacheWrite],
          [theirs.inputTokens, theirs.outputTokens, theirs.cacheReadTokens, theirs.cacheCreationTokens],
        );
        assert.ok(
          Math.abs(task!.costUsd! - theirs.totalCost) < 1e-6,
          `${task!.costUsd} and ${theirs.totalCost}`,
        );
      } finally {
        rmSync(home, { recursive: true });
      }
    });

  test("of one message under two names of requests are the larger of the two, where it counts both", () => {
    const home = mkdtempSync(path.join(tmpdir(), "kept-home-"));
    const line = (requestId: string, output: number) => {
      const answer = claudeAnswer({ session: "s", at }, { id: "m", usage: { input: 1, output } });
      return JSON.stringify({ ...(JSON.parse(answer) as object), requestId });
    };
    try {
      mkdirSync(path.join(home, ".claude/projects/-work"), { recursive: true });
      writeFileSync(
        path.join(home, ".claude/projects/-work/s.jsonl"),
        `${line("r1", 5)}\n${line("r2", 9)}\n`,
      );
      const { tasks } = readAllRecords({ platform: "linux", userHome: home, environment: {} });
      const [task] = tasks.since(0);
      assert.deepEqual([task!.requests, task!.tokens.output, theirTotals(home).outputTokens], [1, 9, 5 + 9]);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

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

  test("of Droid agree with it, too, apart from thoughts, which it leaves out of the output", () => {
    const home = mkdtempSync(path.join(tmpdir(), "kept-home-"));
    try {
      const folder = path.join(home, ".factory/sessions/-work");
      mkdirSync(folder, { recursive: true });
      const later = { inputTokens: 10, outputTokens: 20, cacheReadTokens: 3, cacheCreationTokens: 4 };
      for (const [name, settings] of [
        ["one", droidSettings()],
        ["two", droidSettings({ tokenUsage: later })],
      ] as const)
        writeFileSync(path.join(folder, `${name}.settings.json`), JSON.stringify(settings));
      const theirs = theirTotals(home);
      const { tasks, problems } = readAllRecords({ platform: "linux", userHome: home, environment: {} });
      const all = tasks.since(0);
      assert.deepEqual([problems, all.map(({ tool }) => tool)], [[], ["droid", "droid"]]);
      const sum = (part: keyof Task["tokens"]) => all.reduce((total, { tokens }) => total + tokens[part], 0);
      assert.deepEqual(
        [sum("input"), sum("output") - 1088, sum("reasoning"), sum("cacheRead"), sum("cacheWrite")],
        [theirs.inputTokens, theirs.outputTokens, 1088, theirs.cacheReadTokens, theirs.cacheCreationTokens],
      );
      const cost = all.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0);
      assert.ok(Math.abs(cost - theirs.totalCost) < 1e-6, `${cost} and ${theirs.totalCost}`);
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

  test("of Copilot's command line agree with it, too, which knows a session once it has ended", () => {
    const home = mkdtempSync(path.join(tmpdir(), "kept-home-"));
    try {
      writeCopilotHome(home, at);
      const own = () => {
        const around = { platform: "linux", userHome: home, environment: {} };
        const { tasks, problems } = readAllRecords({ ...around, databases: { nativeBinding: undefined } });
        assert.deepEqual(problems, []);
        const all = tasks.since(0);
        const cost = all.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0);
        const sum = (part: keyof Task["tokens"]) =>
          all.reduce((total, { tokens }) => total + tokens[part], 0);
        return { counts: [sum("input"), sum("output"), sum("cacheRead"), sum("cacheWrite")], cost };
      };
      const theirs = theirTotals(home);
      assert.deepEqual(own().counts, [
        theirs.inputTokens,
        theirs.outputTokens,
        theirs.cacheReadTokens,
        theirs.cacheCreationTokens,
      ]);
      assert.ok(Math.abs(own().cost - theirs.totalCost) < 1e-6, `${own().cost} and ${theirs.totalCost}`);
      // Of one that goes on, or was killed, there is no sum.
      const killed = {
        session_id: "s2",
        ...{ input_tokens: 2221, output_tokens: 51, cache_read_tokens: 810 },
      };
      writeSessionStore(path.join(home, ".copilot", "session-store.db"), [usageRow(at + 5000, killed)]);
      assert.deepEqual(
        [theirTotals(home).outputTokens, own().counts[1]],
        [theirs.outputTokens, theirs.outputTokens + 51],
      );
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
