import assert from "node:assert/strict";
import { findConversation } from "../../../../server/records/conversation.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

suite("A tool's own record of a conversation", () => {
  const play = new GitPlayground();
  suiteTeardown(() => play.remove());

  const session = "0d5c1f2e-9a1b-4c3d-8e7f-0123456789ab";
  const linux = { platform: "linux", environment: {}, userHome: play.at("home") };
  const find = (tool: "copilot-chat" | "claude-code" | "codex", request?: string, places = linux) =>
    findConversation({ tool, session, request }, places);

  test("is found where each tool keeps it, at the request", async () => {
    const lines = `{"a":1}\n{"requestId":"request_2"}\n`;
    const copilot = play.write(
      "home",
      `.config/Code/User/workspaceStorage/4711/chatSessions/${session}.jsonl`,
      lines,
    );
    const claude = play.write("home", `.claude/projects/-work-a/${session}.jsonl`, lines);
    const codex = play.write(
      "home",
      `.codex/sessions/2026/02/03/rollout-2026-02-03T04-05-06-${session}.jsonl`,
      lines,
    );
    assert.deepEqual(await find("copilot-chat", "request_2"), { file: copilot, line: 1 });
    assert.deepEqual(await find("claude-code"), { file: claude, line: 0 });
    assert.deepEqual(await find("codex", "request_9"), { file: codex, line: 0 });
  });

  test("is found in other places of the same tools", async () => {
    const mac = { platform: "darwin", environment: {}, userHome: play.at("mac") };
    const support = "Library/Application Support/Code/User/globalStorage/emptyWindowChatSessions";
    const file = play.write("mac", `${support}/${session}.json`, "{}");
    assert.deepEqual(await find("copilot-chat", undefined, mac), { file, line: 0 });
    const moved = {
      ...linux,
      environment: { CODEX_HOME: play.at("codex"), CLAUDE_CONFIG_DIR: play.at("claude") },
    };
    const codex = play.write("codex", `archived_sessions/rollout-x-${session}.jsonl`, "");
    const claude = play.write("claude", `projects/p/${session}.jsonl`, "");
    assert.deepEqual(await find("codex", undefined, moved), { file: codex, line: 0 });
    assert.deepEqual(await find("claude-code", undefined, moved), { file: claude, line: 0 });
  });

  test("is gone when the tool has deleted it", async () => {
    const empty = { ...linux, userHome: play.at("empty") };
    for (const tool of ["copilot-chat", "claude-code", "codex"] as const) {
      assert.equal(await find(tool, "request_2", empty), undefined);
    }
  });
});
