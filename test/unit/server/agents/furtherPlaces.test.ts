import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { agents } from "../../../../server/agents/registry.ts";
import { readAllRecords } from "../../../../server/agents/reading/readAll.ts";
import { claudeAnswer } from "../../../support/agents/logLines.ts";
import { addMessage, makeOpenCode, openCodeMessage } from "../../../support/agents/toolDatabases.ts";

const at = Date.UTC(2026, 0, 5, 9);

suite("Further places in which tools keep records", () => {
  let home: string;
  setup(() => (home = mkdtempSync(path.join(tmpdir(), "kept-places-"))));
  teardown(() => rmSync(home, { recursive: true }));

  function write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    writeFileSync(path.join(home, name), text);
  }

  function read(platform: string) {
    const databases = { nativeBinding: undefined };
    const { tasks, problems } = readAllRecords({ platform, userHome: home, environment: {}, databases });
    assert.deepEqual(problems, []);
    return tasks.since(0);
  }

  test("are the usual ones where a variable that would name others is set to nothing", () => {
    const nothing = new Proxy({}, { get: () => "" });
    for (const { tool, homes } of agents)
      for (const platform of ["linux", "darwin", "win32"]) {
        const usual = homes({ platform, userHome: home, environment: {} });
        assert.deepEqual(homes({ platform, userHome: home, environment: nothing }), usual, tool);
      }
  });

  const packed = "AppData/Local/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming/Claude";
  for (const [platform, ...folders] of [
    ["linux", ".config/Claude"],
    ["darwin", "Library/Application Support/Claude"],
    ["win32", "AppData/Roaming/Claude", packed],
  ] as const)
    test(`are those of the sessions of Claude Desktop, on ${platform}, with their subagents`, () => {
      for (const [index, folder] of folders.entries()) {
        const session = `${folder}/local-agent-mode-sessions/app/work/local_1`;
        const answer = (id: string) =>
          `${claudeAnswer({ session: `s${index}`, at }, { id: `${id}${index}` })}\n`;
        write(`${session}/.claude/projects/-work/s.jsonl`, answer("m"));
        write(`${session}/.claude/projects/-work/s/subagents/agent-a.jsonl`, answer("helper"));
        write(`${session}/audit.jsonl`, answer("elsewhere"));
        write(`${folder}/other/.claude/projects/-work/s.jsonl`, answer("other"));
      }
      const tasks = read(platform);
      assert.deepEqual(
        tasks.map(({ tool, id, requests, work }) => [tool, id, requests, work.subagentRequests]),
        folders.map((_, index) => ["claude-code", `s${index}`, 2, 1]),
      );
    });

  test("are the files in which older versions of OpenCode kept each message, of which one that its database has counts once", () => {
    const share = ".local/share/opencode";
    const message = (id: string, more: object = {}) =>
      write(
        `${share}/storage/message/ses-1/${id}.json`,
        JSON.stringify(openCodeMessage(at, { id, ...more })),
      );
    message("msg_1");
    message("msg_2");
    message("msg_3", { role: "user", tokens: undefined });
    write(`${share}/storage/message/ses-1/other.json`, "not a message");
    write(`${share}/storage/session/1/ses-1.json`, "{}");
    const database = makeOpenCode(path.join(home, share, "opencode.db"));
    addMessage(database, { id: "msg_2", at, reasoning: 5 });
    database.close();
    const [task, ...others] = read("linux");
    assert.deepEqual(others, []);
    assert.deepEqual(
      [task!.tool, task!.id, task!.requests, task!.endedAt, task!.work.billed],
      ["opencode", "ses-1", 2, at, [{ amount: 0.5, currency: "USD" }]],
    );
    assert.deepEqual(task!.tokens, { input: 20, output: 50, cacheRead: 6, cacheWrite: 8, reasoning: 10 });
  });

  test("tell of an older message of OpenCode that is counted otherwise, instead of none", () => {
    write(
      ".local/share/opencode/storage/message/ses-1/msg_1.json",
      JSON.stringify(openCodeMessage(at, { tokens: 5 })),
    );
    const { tasks, problems } = readAllRecords({ platform: "linux", userHome: home, environment: {} });
    assert.deepEqual(tasks.since(0), []);
    assert.deepEqual(
      problems.map(({ reason }) => reason),
      ["tokens of an unknown form"],
    );
  });
});
