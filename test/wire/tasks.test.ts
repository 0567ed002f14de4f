import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/paths.ts";
import { writeMadeHome } from "../support/agents/madeHome.ts";
import { addMessage, makeOpenCode } from "../support/agents/toolDatabases.ts";

const command = path.join(root, "dist", "cli.js");

suite("kept tasks", () => {
  let home: string;
  suiteSetup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-tasks-"));
    writeMadeHome(home, 7, 2);
  });
  suiteTeardown(() => rmSync(home, { recursive: true }));

  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [command, "tasks", ...args], {
      // With another home these are not looked at.
      env: {
        ...process.env,
        KEPT_HOME: path.join(home, "kept"),
        CODEX_HOME: "/nowhere",
        CLAUDE_CONFIG_DIR: "/nowhere",
      },
    });

  test("prints one JSON document of the agreed shape", async () => {
    const { stdout, stderr } = await run("--home", home, "--json");
    assert.equal(stderr, "");
    const { tasks, problems } = JSON.parse(stdout) as {
      tasks: Record<string, unknown>[];
      problems: unknown[];
    };
    assert.deepEqual(problems, []);
    assert.equal(tasks.length, 4);
    assert.deepEqual(Object.keys(tasks[0]!), [
      "tool",
      "id",
      "startedAt",
      "endedAt",
      "models",
      "modes",
      "type",
      "work",
      "requests",
      "tokens",
      "costUsd",
      "unpricedRequests",
      "edits",
    ]);
    assert.deepEqual(Object.keys(tasks[0]!["tokens"] as object), [
      "input",
      "output",
      "cacheRead",
      "cacheWrite",
      "reasoning",
    ]);
  });

  test("leaves out what was before --since, and says it in words", async () => {
    const { stdout } = await run("--home", home, "--since", "2026-01-06");
    assert.equal(stdout, "No tool's records were found.\n");
    const { stdout: all } = await run("--home", home);
    assert.match(all, /^claude-code: 2 tasks in \d+ files, \d+ requests, 0 edits$/m);
    assert.match(all, /^codex: 2 tasks/m);
    assert.match(all, /^ {2}requests: by tier 18 standard; by subagents 2; how long they took is not told$/m);
    assert.match(all, /^ {2}kinds of work: 2 unknown$/m);
  });

  test("reads a tool's database with the binary that lies beside it", async () => {
    const other = mkdtempSync(path.join(tmpdir(), "kept-tasks-"));
    const database = makeOpenCode(path.join(other, ".local/share/opencode/opencode.db"));
    try {
      addMessage(database, { id: "m1", at: Date.UTC(2026, 0, 5) });
      const { stdout } = await run("--home", other, "--json");
      const { tasks, problems } = JSON.parse(stdout) as { tasks: { tool: string }[]; problems: unknown[] };
      assert.deepEqual(problems, []);
      assert.deepEqual(
        tasks.map(({ tool }) => tool),
        ["opencode"],
      );
    } finally {
      database.close();
      rmSync(other, { recursive: true });
    }
  });

  for (const [args, reason] of [
    [["--since", "yesterday"], "expected a date"],
    [["--home", "/there/is/none"], "no such folder"],
    [["--nonsense"], "nonsense"],
  ] as const) {
    test(`ends with 2 for ${args.join(" ")}`, async () => {
      await assert.rejects(run(...args), (error: { code: number; stderr: string }) => {
        assert.equal(error.code, 2);
        assert.ok(error.stderr.includes(reason), error.stderr);
        return true;
      });
    });
  }
});
