import assert from "node:assert/strict";
import { readRecordAt, recordAtOf, writeRecordAt } from "../../../../core/provenance/recordAt.ts";

const account = (source: string, metadata: Record<string, string>) => ({
  detailedReason: { source, metadata },
});

suite("Where a tool keeps its record of an edit", () => {
  test("is what the editor says of the conversation", () => {
    const ids = { $$sessionId: "3f2a-session", $$requestId: "request_77" };
    const expected = { tool: "copilot-chat", session: "3f2a-session", request: "request_77" };
    assert.deepEqual(recordAtOf(account("Chat.applyEdits", ids)), expected);
    assert.deepEqual(recordAtOf(account("inlineChat.applyEdits", ids)), expected);
    const address = { $$sessionId: "vscode-chat-session://local/3f2a-session" };
    assert.deepEqual(recordAtOf(account("Chat.applyEdits", address)), { ...expected, request: undefined });
    for (const [harness, tool] of [
      ["claude", "claude-code"],
      ["codex", "codex"],
    ] as const) {
      assert.deepEqual(recordAtOf(account("Chat.applyEdits", { ...ids, $harness: harness })), {
        ...expected,
        tool,
      });
    }
  });

  test("is not known of anything else, nor where an id could be a path", () => {
    assert.equal(recordAtOf({}), undefined);
    assert.equal(recordAtOf(account("Chat.applyEdits", {})), undefined);
    assert.equal(recordAtOf(account("inlineCompletionAccept", { $$sessionId: "3f2a-session" })), undefined);
    for (const id of ["..", "../../etc/passwd/..", "a\\..\\b", "a:b:c:d", ""]) {
      assert.equal(recordAtOf(account("Chat.applyEdits", { $$sessionId: id })), undefined, id);
    }
  });

  test("comes back as it was stored, and no other way", () => {
    for (const record of [
      { tool: "codex", session: "3f2a-session", request: undefined },
      { tool: "claude-code", session: "3f2a-session", request: "request_77" },
    ] as const) {
      assert.deepEqual(readRecordAt(writeRecordAt(record)), record);
    }
    for (const stored of [
      "",
      "codex",
      "codex:..",
      "other:3f2a-session",
      "codex:3f2a:../b",
      "codex:aaaa:bbbb:cccc",
    ]) {
      assert.equal(readRecordAt(stored), undefined, stored);
    }
  });
});
