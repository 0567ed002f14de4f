import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Connection, ConnectionChange } from "../../protocol/connections.ts";
import type { Reply } from "../../protocol/errors.ts";
import { TestClient } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const before = '{\n  // mine\n  "model": "opus"\n}\n';

suite("Connecting tools from the editor", () => {
  let home: string;
  let settings: string;
  let client: TestClient;
  let isRunning = false;

  setup(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-connections-"));
    settings = path.join(home, ".claude", "settings.json");
    mkdirSync(path.dirname(settings));
    writeFileSync(settings, before);
    client = await TestClient.start({ home: path.join(home, "kept"), userHome: home });
    isRunning = true;
    await client.until(() => client.statuses.length > 0, "the server runs");
  });
  teardown(async () => {
    if (isRunning) await client.kill();
    rmSync(home, { recursive: true, force: true });
  });

  const stop = async () => {
    await client.stop();
    isRunning = false;
  };
  const change = (action: string, dryRun: boolean, tool = "claude-code") =>
    client.ask<Reply<ConnectionChange>>("kept/connect", { tool, action, dryRun });
  const stateOf = async (tool: string) => {
    const reply = await client.ask<Reply<{ connections: Connection[] }>>("kept/connections", {});
    assert.ok(reply.ok);
    return reply.value.connections.find((each) => each.tool === tool);
  };
  const kept = (name: string, args: readonly string[] = [], input = '{"hook_event_name":"PostToolUse"}') =>
    spawnSync(process.execPath, [cli, name, ...args], {
      env: { PATH: process.env["PATH"], HOME: home, KEPT_HOME: path.join(home, "kept") },
      input,
      encoding: "utf8",
    });

  test("says what it would write, writes that when told to, and takes exactly that out again", async () => {
    assert.deepEqual(await stateOf("claude-code"), {
      tool: "claude-code",
      title: "Claude Code",
      file: settings,
      isInstalled: true,
      isConnected: false,
      isOutdated: false,
      isAnyTool: false,
    });
    const planned = await change("connect", true);
    assert.ok(planned.ok);
    assert.equal(planned.value.before, before);
    assert.match(planned.value.after!, /kept-hook claude-code/);
    assert.equal(readFileSync(settings, "utf8"), before);
    assert.ok((await change("connect", false)).ok);
    assert.equal(readFileSync(settings, "utf8"), planned.value.after);
    assert.equal((await stateOf("claude-code"))?.isConnected, true);
    assert.ok((await change("disconnect", false)).ok);
    assert.equal(readFileSync(settings, "utf8"), before);
  });

  test("lets any other tool join while none of those that it knows is connected, and undoes that", async () => {
    const edit = { type: "ai_agent", agent_name: "mine", repo_working_dir: home, edited_filepaths: ["a.ts"] };
    const call = () => {
      const done = kept("hook", ["agent"], JSON.stringify(edit));
      assert.deepEqual([done.status, done.stdout], [0, ""]);
      return done.stderr;
    };
    assert.match(call(), /Run kept connect agent once/);
    const planned = await change("connect", true, "agent");
    assert.ok(planned.ok);
    assert.equal(planned.value.before, null);
    assert.match(planned.value.after!, /kept-hook agent$/m);
    assert.equal((await stateOf("agent"))?.isConnected, false);
    assert.ok((await change("connect", false, "agent")).ok);
    assert.equal((await stateOf("agent"))?.isConnected, true);
    await stop();
    assert.equal(call(), "");
    assert.match(kept("doctor").stdout, /^- agent: connected, .*1 of its hooks' records wait/m);
    assert.match(kept("disconnect", ["agent"]).stdout, /is deleted/);
    assert.doesNotMatch(kept("doctor").stdout, /^- agent/m);
    assert.match(call(), /Run kept connect agent once/);
  });

  test("says why a file is left as it is", async () => {
    writeFileSync(settings, "{ no JSON");
    const refused = await change("connect", false);
    assert.ok(!refused.ok);
    assert.equal(refused.problem.code, "connect.refused");
    assert.match(String(refused.problem.details["reason"]), /no sound JSON/);
    assert.equal(readFileSync(settings, "utf8"), "{ no JSON");
    assert.equal((await change("connect", true, "vim")).ok, false);
  });

  test("shows in kept doctor what is found, connected and waiting", async () => {
    assert.ok((await change("connect", false)).ok);
    await stop();
    const hook = () => kept("hook", ["claude-code"]);
    assert.deepEqual([hook().status, hook().stdout], [0, ""]);
    const found = JSON.parse(kept("doctor", ["--json"]).stdout) as {
      hooksReadAt: number | null;
      tools: { tool: string; waiting: number; connection?: Connection; records?: { files: number } }[];
    };
    const claude = found.tools.find(({ tool }) => tool === "claude-code")!;
    assert.deepEqual(
      [claude.connection?.isInstalled, claude.connection?.isConnected, claude.waiting, claude.records?.files],
      [true, true, 2, 0],
    );
    assert.ok(found.hooksReadAt! > 0);
    assert.match(
      kept("doctor").stdout,
      /^- claude-code: connected, 0 files .*, 2 of its hooks' records wait/m,
    );
    assert.doesNotMatch(kept("doctor").stdout, /codex|found no room/);
    writeFileSync(path.join(home, "kept", "hooks", ".full"), "..");
    assert.match(kept("doctor").stdout, /^2 of hooks' records found no room since an editor last looked/m);
  });

  test("is undone by kept uninstall, which leaves nothing of Kept's when told to", async () => {
    assert.ok((await change("connect", false)).ok);
    await stop();
    const { status, stdout } = kept("uninstall", ["--data"]);
    assert.equal(status, 0, stdout);
    assert.equal(readFileSync(settings, "utf8"), before);
    assert.equal(existsSync(path.join(home, "kept")), false);
  });
});
