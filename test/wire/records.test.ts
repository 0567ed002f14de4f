import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { blameSchema } from "../../protocol/blame.ts";
import { claudeAnswer, claudeCall, claudeResult } from "../support/agents/logLines.ts";
import { addMessage, addPart, editPart, makeOpenCode } from "../support/agents/toolDatabases.ts";
import { TestClient, typed } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const longestMs = 15_000;
const secret = "sk-canary-7f3a91";

suite("What tools record while the server runs", () => {
  let home: string;
  let work: string;
  let log: string;
  let client: TestClient | undefined;
  let calls = 0;

  setup(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-records-"));
    work = path.join(home, "work");
    log = path.join(home, ".claude", "projects", "-work", "session.jsonl");
    mkdirSync(work);
    mkdirSync(path.dirname(log), { recursive: true });
    await start();
  });

  teardown(async () => {
    await client?.kill();
    client = undefined;
    rmSync(home, { recursive: true, force: true });
  });

  const start = async (settings: object = {}) => {
    client = await TestClient.start({
      home: path.join(home, "kept"),
      userHome: home,
      folders: [pathToFileURL(work).href],
      initializationOptions: {
        window: "11111111-1111-4111-8111-111111111111",
        settings: { editDays: 90, sumMonths: 25, ...settings },
      },
    });
    await client.until(() => client!.statuses.length > 0, "the server runs");
  };

  const stop = async () => {
    await client?.stop();
    client = undefined;
  };

  /** The tool's log gets an edit, with a prompt and an answer around it. */
  const record = (file: string, before: string, after: string, at = Date.now()) => {
    const place = { session: "session-1", at, cwd: work };
    const call = `toolu_${++calls}`;
    const input = { file_path: file, old_string: before, new_string: after };
    const prompt = {
      type: "user",
      sessionId: "session-1",
      timestamp: new Date(at).toISOString(),
      message: { role: "user", content: secret },
    };
    const content = [{ type: "text", text: secret }, claudeCall(call, "Edit", input)];
    const lines = [
      JSON.stringify(prompt),
      claudeAnswer(place, { id: `msg_${calls}`, model: "opus", content, usage: { input: 1, output: 1 } }),
      claudeResult(place, {
        call,
        result: { filePath: file, oldString: before, newString: after, structuredPatch: [] },
      }),
    ];
    appendFileSync(log, `${lines.join("\n")}\n`);
  };

  const blame = (file: string) => {
    const ended = spawnSync(process.execPath, [cli, "blame", file, "--json"], {
      env: { ...process.env, KEPT_HOME: path.join(home, "kept") },
      encoding: "utf8",
    });
    assert.equal(ended.status, 0, ended.stderr);
    return blameSchema
      .parse(JSON.parse(ended.stdout))
      .lines.map(({ origin, evidence }) =>
        origin.kind === "ai" ? `${origin.tool} ${origin.model} ${origin.mode} ${evidence}` : origin.kind,
      );
  };

  /** Resolves when a file's lines are whose they should be. */
  const untilBlamed = async (file: string, expected: readonly string[]) => {
    const deadline = Date.now() + longestMs;
    for (;;) {
      await client?.ask("kept/flush", {});
      const found = blame(file);
      if (JSON.stringify(found) === JSON.stringify(expected)) return;
      if (Date.now() > deadline) assert.deepEqual(found, expected);
      await wait(200);
    }
  };

  test("is found in a tool's database, below another home", async () => {
    await stop();
    const other = mkdtempSync(path.join(os.tmpdir(), "kept-other-"));
    const database = makeOpenCode(path.join(other, ".local/share/opencode/opencode.db"));
    try {
      await start({ agentHomes: [other] });
      const file = path.join(work, "open.ts");
      const uri = pathToFileURL(file).href;
      writeFileSync(file, "one\ntwo\n");
      await client!.open(uri, "one\ntwo\n");
      writeFileSync(file, "one\n2\n");
      const changes = [{ offset: 4, deletedLength: 3, insertedLength: 1 }];
      await client!.observe(typed({ sequence: 1, uri, version: 2, changes, reloaded: true }));
      await client!.change(uri, 2, [1, 0, 1, 3], "2");
      addMessage(database, { id: "m1", at: Date.now() });
      const input = { filePath: file, oldString: "two", newString: "2" };
      const data = editPart("edit", "completed", input);
      addPart(database, { id: "p1", message: "m1", at: Date.now(), data });
      await untilBlamed(file, ["unknown", "opencode gpt-5 agent matched"]);
    } finally {
      database.close();
      rmSync(other, { recursive: true });
    }
  });

  test("says whose a file is that the editor read again", async () => {
    const file = path.join(work, "open.ts");
    const uri = pathToFileURL(file).href;
    writeFileSync(file, "one\ntwo\n");
    await client!.open(uri, "one\ntwo\n");
    writeFileSync(file, "one\n2\n");
    const changes = [{ offset: 4, deletedLength: 3, insertedLength: 1 }];
    await client!.observe(typed({ sequence: 1, uri, version: 2, changes, reloaded: true }));
    await client!.change(uri, 2, [1, 0, 1, 3], "2");
    record(file, "two", "2");
    await untilBlamed(file, ["unknown", "claude-code opus agent matched"]);
  });

  test("says whose a file is that nobody had open, and nothing where the window says that it is not recorded", async () => {
    const [file, excluded] = ["closed.ts", "excluded.ts"].map((name) => path.join(work, name)) as [
      string,
      string,
    ];
    client!.isRecordable = (uri) => !uri.includes("excluded");
    for (const each of [excluded, file]) {
      writeFileSync(each, "first\nwritten by the tool\n");
      record(each, "first\n", "first\nwritten by the tool\n");
    }
    await untilBlamed(file, ["unknown", "claude-code opus agent matched"]);
    assert.deepEqual(blame(excluded), ["unknown", "unknown"]);
  });

  test("is taken up where it was left, and nothing twice, when the server starts again", async () => {
    const [before, meanwhile] = ["before.ts", "meanwhile.ts"].map((name) => path.join(work, name)) as [
      string,
      string,
    ];
    writeFileSync(before, "first\nbefore\n");
    record(before, "first\n", "first\nbefore\n");
    await untilBlamed(before, ["unknown", "claude-code opus agent matched"]);
    await stop();
    writeFileSync(meanwhile, "first\nmeanwhile\n");
    record(meanwhile, "first\n", "first\nmeanwhile\n");
    await start();
    await untilBlamed(meanwhile, ["unknown", "claude-code opus agent matched"]);
    await untilBlamed(before, ["unknown", "claude-code opus agent matched"]);
    await stop();
    const exported = spawnSync(process.execPath, [cli, "export"], {
      env: { ...process.env, KEPT_HOME: path.join(home, "kept") },
      encoding: "utf8",
    });
    const edits = exported.stdout.match(/"insertedChars":\d+/g) ?? [];
    assert.ok(edits.length > 0, exported.stdout.slice(0, 500));
    const report = spawnSync(process.execPath, [cli, "report", "--json"], {
      env: { ...process.env, KEPT_HOME: path.join(home, "kept") },
      encoding: "utf8",
    });
    const { origins } = JSON.parse(report.stdout) as { origins: { origin: string; edits: number }[] };
    assert.deepEqual(
      origins.map(({ origin, edits: count }) => [origin, count]),
      [["ai/claude-code/agent/opus", 2]],
    );
  });

  test("reaches no file that a link leads out of the workspace to", async () => {
    const outside = path.join(home, "outside.ts");
    writeFileSync(outside, "first\nwritten\n");
    symlinkSync(outside, path.join(work, "link.ts"));
    record(path.join(work, "link.ts"), "first\n", "first\nwritten\n");
    record(path.join(work, "..", "outside.ts"), "first\n", "first\nwritten\n");
    const file = path.join(work, "after.ts");
    writeFileSync(file, "first\nafter\n");
    record(file, "first\n", "first\nafter\n");
    await untilBlamed(file, ["unknown", "claude-code opus agent matched"]);
    assert.deepEqual(blame(outside), ["unknown", "unknown"]);
  });

  test("leaves no prompt, no answer and no text of an edit in any file of Kept's", async () => {
    const file = path.join(work, "canary.ts");
    writeFileSync(file, `first\n${secret} in code\n`);
    record(file, "first\n", `first\n${secret} in code\n`);
    await untilBlamed(file, ["unknown", "claude-code opus agent matched"]);
    await stop();
    const kept = path.join(home, "kept");
    for (const name of readdirSync(kept, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const bytes = readFileSync(path.join(name.parentPath, name.name));
      assert.ok(!bytes.includes(secret), name.name);
    }
  });

  const kept = (...args: string[]) => {
    const ended = spawnSync(process.execPath, [cli, ...args], {
      env: {
        ...process.env,
        HOME: home,
        USERPROFILE: home,
        CLAUDE_CONFIG_DIR: undefined,
        KEPT_HOME: path.join(home, "kept"),
      },
      encoding: "utf8",
    });
    assert.equal(ended.status, 0, ended.stderr);
    return ended.stdout;
  };

  test("is certain where a connected tool says it as it works, is one with its log, and leaves nothing behind", async function () {
    if (process.platform === "win32") this.skip();
    // The server looks for what hooks leave now and then, and at once when it starts.
    kept("connect", "claude-code");
    await stop();
    await start();
    const settings = JSON.parse(readFileSync(path.join(home, ".claude", "settings.json"), "utf8")) as {
      hooks: Record<string, { hooks: { command: string }[] }[]>;
    };
    const file = path.join(work, "hooked.ts");
    const uri = pathToFileURL(file).href;
    writeFileSync(file, "one\ntwo\n");
    await client!.open(uri, "one\ntwo\n");
    const call = `toolu_${calls + 1}`;
    const input = { file_path: file, old_string: "two", new_string: secret };
    for (const event of ["PreToolUse", "PostToolUse"]) {
      const { command } = settings.hooks[event]![0]!.hooks[0]!;
      const payload = {
        session_id: "session-1",
        cwd: work,
        hook_event_name: event,
        tool_name: "Edit",
        tool_use_id: call,
        tool_input: input,
      };
      const ended = spawnSync("/bin/sh", ["-c", command], {
        input: JSON.stringify(payload),
        env: { PATH: "/usr/bin:/bin" },
      });
      assert.equal(ended.status, 0);
      if (event !== "PreToolUse") continue;
      writeFileSync(file, `one\n${secret}\n`);
      const changes = [{ offset: 4, deletedLength: 3, insertedLength: secret.length }];
      await client!.observe(typed({ sequence: 1, uri, version: 2, changes, reloaded: true }));
      await client!.change(uri, 2, [1, 0, 1, 3], secret);
    }
    await untilBlamed(file, ["unknown", "claude-code undefined agent exact"]);
    record(file, "two", secret);
    await untilBlamed(file, ["unknown", "claude-code opus agent exact"]);
    const left = readdirSync(path.join(home, "kept", "hooks"));
    assert.deepEqual(left.sort(), [".looked", ".until", ".waiting"]);
    assert.match(kept("disconnect", "--all"), /claude-code/);
    assert.equal(existsSync(path.join(home, ".claude", "settings.json")), false);
  });
});
