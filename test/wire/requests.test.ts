import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { RequestSummary } from "../../protocol/requestSummary.ts";
import { summarySchema } from "../../protocol/summary.ts";
import {
  claudeAnswer,
  claudeCall,
  claudeResult,
  codexLine,
  codexTokens,
} from "../support/agents/logLines.ts";
import { TestClient } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const longestMs = 20_000;
const secret = "sk-canary-51d0e2";
const day = 86_400_000;

suite("What tools record of their requests", () => {
  let home: string;
  let work: string;
  let claude: string;
  let codex: string;
  let client: TestClient | undefined;
  let beside: TestClient | undefined;
  const begun = Date.now() - 3 * day;

  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-requests-"));
    work = path.join(home, "work");
    claude = path.join(home, ".claude", "projects", "-work", "session.jsonl");
    codex = path.join(home, ".codex", "sessions", "2026", "01", "01", "rollout-2026-01-01-codex-1.jsonl");
    for (const folder of [work, path.dirname(claude), path.dirname(codex)])
      mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(work, "a.ts"), "let a = 1;\n");
    writeClaude("msg_1", 100);
    const lines = [
      codexLine(begun, "session_meta", { id: "codex-1", cwd: work, cli_version: "0.99.0" }),
      codexLine(begun, "turn_context", { cwd: work, model: "gpt-5-codex" }),
      codexTokens(
        begun,
        { input: 900, cached: 600, output: 40, reasoning: 10 },
        { input: 900, cached: 600, output: 40, reasoning: 10 },
      ),
    ];
    writeFileSync(codex, `${lines.join("\n")}\n`);
  });

  teardown(async () => {
    await client?.kill();
    await beside?.kill();
    client = beside = undefined;
    rmSync(home, { recursive: true, force: true });
  });

  const writeClaude = (id: string, output: number, at = begun) => {
    const prompt = {
      type: "user",
      sessionId: "session-1",
      timestamp: new Date(at).toISOString(),
      message: { role: "user", content: secret },
    };
    const usage = { input: 10, output, cacheRead: 800, short: 50, long: 20 };
    const answer = {
      id,
      model: "claude-opus-4-5-20251101",
      usage,
      content: [{ type: "text", text: secret }],
    };
    const place = { session: "session-1", at, cwd: work };
    appendFileSync(claude, `${JSON.stringify(prompt)}\n${claudeAnswer(place, answer)}\n`);
  };

  const start = async (settings: object = {}, window = "11111111-1111-4111-8111-111111111111") => {
    const started = await TestClient.start({
      home: path.join(home, "kept"),
      userHome: home,
      folders: [pathToFileURL(work).href],
      initializationOptions: { window, settings: { editDays: 90, sumMonths: 25, ...settings } },
    });
    await started.until(() => started.statuses.length > 0, "the server runs");
    return (client = started);
  };

  const requestsOf = async (scope: "all" | "workspace" = "all"): Promise<RequestSummary> => {
    const reply = await client!.ask<{ value: unknown }>("kept/summary", { days: 30, scope });
    return summarySchema.parse(reply.value).requests;
  };

  const until = async (isSo: (found: RequestSummary) => boolean): Promise<RequestSummary> => {
    const deadline = Date.now() + longestMs;
    for (;;) {
      const found = await requestsOf();
      if (isSo(found)) return found;
      if (Date.now() > deadline) assert.fail(JSON.stringify(found, null, 1));
      await wait(200);
    }
  };

  const tasks = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "tasks", ...args], {
      env: { ...process.env, HOME: home, KEPT_HOME: path.join(home, "kept") },
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    return stdout;
  };

  test("is there from before Kept was, once, priced, by tool and model, in all folders and in this one", async () => {
    await start();
    const found = await until(({ requests }) => requests === 2);
    assert.deepEqual(
      found.rows.map(({ tool, model, tier, requests }) => [tool, model, tier, requests]),
      [
        ["claude-code", "claude-opus-4-5-20251101", "heavy", 1],
        ["codex", "gpt-5-codex", "standard", 1],
      ],
    );
    assert.deepEqual(found.tokens, {
      input: 310,
      output: 140,
      cacheRead: 1400,
      cacheWrite: 70,
      reasoning: 10,
    });
    assert.ok(found.spend.nanoUsd! > 0);
    assert.deepEqual([found.spend.unpricedRequests, found.tasks.tasks, found.tasks.noEdits], [0, 2, 2]);
    assert.deepEqual(await requestsOf("workspace"), found);
  });

  test("counts once when it is read again, by another server and by one beside it, and grows with its log", async () => {
    await start();
    const first = await until(({ requests }) => requests === 2);
    beside = client;
    await start({}, "22222222-2222-4222-8222-222222222222");
    // The same answer goes on, and another comes.
    writeClaude("msg_1", 150, begun + 10);
    writeClaude("msg_2", 5, Date.now());
    const output = first.tokens.output + 50 + 5;
    const grown = await until(({ requests, tokens }) => requests === 3 && tokens.output === output);
    assert.equal(grown.tasks.tasks, 2);
    await beside!.stop();
    beside = undefined;
    await client!.stop();
    await start();
    await wait(3000);
    assert.deepEqual(await requestsOf(), grown);
  });

  test("has the price that the person enters, also for what is there", async () => {
    await start();
    const before = await until(({ requests }) => requests === 2);
    const prices = [{ model: "claude-opus-4-5*", input: 1, output: 1 }];
    await client!.notify("kept/settings", { editDays: 90, sumMonths: 25, prices });
    const ownNano = (10 + 100 + 800 + 70) * 1000;
    const codexNano = before.rows.find(({ tool }) => tool === "codex")!.spend.nanoUsd!;
    const found = await until(({ spend }) => spend.nanoUsd === ownNano + codexNano);
    assert.equal(found.requests, 2);
  });

  test("is what kept tasks answers, without a prompt, an answer or an id of the tool's in any file", async () => {
    const edited = path.join(work, "a.ts");
    const place = { session: "session-1", at: begun + 20, cwd: work };
    const input = { file_path: edited, old_string: "let a = 1;", new_string: "let a = 1;\nlet b = 2;" };
    const result = {
      filePath: edited,
      oldString: input.old_string,
      newString: input.new_string,
      structuredPatch: [],
    };
    const lines = [
      claudeAnswer(place, {
        id: "msg_3",
        model: "claude-opus-4-5-20251101",
        usage: { input: 1, output: 1 },
        content: [claudeCall("toolu_1", "Edit", input)],
      }),
      claudeResult(place, { call: "toolu_1", result }),
    ];
    appendFileSync(claude, `${lines.join("\n")}\n`);
    await start();
    await until(({ requests, tasks: { noEdits } }) => requests === 3 && noEdits === 1);
    const stored = JSON.parse(tasks("--json")) as { tasks: Record<string, unknown>[] };
    const read = JSON.parse(tasks("--home", home, "--json")) as { tasks: Record<string, unknown>[] };
    // Which modes a task was in is told by the records alone.
    assert.deepEqual(
      read.tasks.map(({ modes }) => modes),
      [["agent"], ["agent"]],
    );
    const withoutIds = (all: Record<string, unknown>[]) =>
      all
        .map(({ edits, ...task }) => ({
          ...task,
          ...{ id: "", modes: undefined },
          edits: (edits as { path: string }[]).map((edit) => ({ ...edit, path: path.basename(edit.path) })),
        }))
        .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    assert.deepEqual(withoutIds(stored.tasks), withoutIds(read.tasks));
    assert.match(tasks(), /^claude-code: 1 task, 2 requests, 1 edit$/m);
    await client!.stop();
    client = undefined;
    const folder = path.join(home, "kept");
    for (const name of readdirSync(folder)) {
      const text = readFileSync(path.join(folder, name)).toString("latin1");
      for (const planted of [secret, "msg_1", "toolu_1"])
        assert.ok(!text.includes(planted), `${name} has ${planted}`);
    }
  });

  test("leaves out a folder whose policy forbids recording", async () => {
    mkdirSync(path.join(work, ".kept"));
    writeFileSync(path.join(work, ".kept", "policy.json"), '{"record": false}');
    const other = path.join(home, "other");
    mkdirSync(other);
    const answer = { id: "msg_9", usage: { input: 1, output: 7 } };
    appendFileSync(claude, `${claudeAnswer({ session: "session-9", at: begun, cwd: other }, answer)}\n`);
    await start();
    await until(({ tokens }) => tokens.output > 0);
    await wait(2000);
    const found = await requestsOf();
    assert.deepEqual([found.requests, found.tokens.output], [1, 7]);
  });
});
