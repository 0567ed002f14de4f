import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Tasks } from "../../../../core/requests/tasks.ts";
import { copilotChat } from "../../../../server/agents/copilotChat.ts";
import { findRecords } from "../../../../server/agents/reading/findRecords.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { debugLine, debugLog, debugRequest } from "../../../support/agents/copilotRecords.ts";
import { Found } from "../../../support/agents/found.ts";
import { addSpan, makeTraces } from "../../../support/agents/toolDatabases.ts";

const at = Date.UTC(2026, 0, 5, 9);
const databases = { nativeBinding: undefined };

suite("What Copilot in VS Code keeps beside its sessions", () => {
  let user: string;
  let home: string;
  setup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-copilot-"));
    user = path.join(home, ".config/Code/User");
  });
  teardown(() => rmSync(home, { recursive: true }));

  function write(file: string, records: readonly object[]): void {
    const place = path.join(user, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, records.map((each) => `${JSON.stringify(each)}\n`).join(""));
  }

  function read(): Found {
    const found = new Found();
    const around = { platform: "linux", userHome: home, environment: {} };
    for (const file of findRecords(copilotChat, around))
      new RecordFile(file, copilotChat, { databases }).read(found);
    return found;
  }

  const logs = "workspaceStorage/0a1b/GitHub.copilot-chat/debug-logs";

  test("tells each request of a debug log, without what was cached, and what was billed", () => {
    write(`${logs}/chat-1/main.jsonl`, debugLog(at));
    const { requests, edits, problems } = read();
    assert.deepEqual(requests, [
      {
        tool: "github-copilot",
        session: "chat-1",
        id: "s1",
        at: at + 900,
        model: "gpt-5",
        tokens: { input: 40, output: 9, cacheRead: 60, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 },
        billed: { amount: 0.015, currency: "USD" },
        latencyMs: 900,
        isSubagent: false,
      },
    ]);
    assert.deepEqual(
      edits,
      [],
      "its calls have no name by which they would be one with those of the session",
    );
    assert.deepEqual(problems, []);
  });

  test("gives what a session began to that session, also in a window without a folder", () => {
    const tokens = { inputTokens: 10, outputTokens: 2 };
    write(`${logs}/chat-1/main.jsonl`, [debugRequest(at, "s1", tokens)]);
    write(`${logs}/chat-1/runSubagent-Explore-chat-2.jsonl`, [debugRequest(at, "s2", tokens)]);
    write(`${logs}/chat-1/title-chat-3.jsonl`, [debugRequest(at, "s3", tokens)]);
    write("globalStorage/github.copilot-chat/debug-logs/chat-4/main.jsonl", [debugRequest(at, "s4", tokens)]);
    assert.deepEqual(
      read()
        .requests.map(({ id, session, isSubagent }) => [id, session, isSubagent])
        .sort(),
      [
        ["s1", "chat-1", false],
        ["s2", "chat-1", true],
        ["s3", "chat-1", false],
        ["s4", "chat-4", false],
      ],
    );
  });

  test("counts a request once that its traces tell of as well", () => {
    write(`${logs}/chat-1/main.jsonl`, debugLog(at));
    const database = makeTraces(path.join(user, "globalStorage/github.copilot-chat/agent-traces.db"));
    const span = { start_time_ms: at, end_time_ms: at + 900, chat_session_id: "chat-1" };
    const tokens = { input_tokens: 100, output_tokens: 9, cached_tokens: 60, response_model: "gpt-5" };
    const named = { "copilot_chat.copilot_usage_nano_aiu": "1500000000" };
    addSpan(database, { ...span, ...tokens, span_id: "s1", operation_name: "chat" }, named);
    const { requests } = read();
    database.close();
    assert.equal(requests.length, 2);
    assert.deepEqual(requests[0], requests[1], "both say the same");
    const tasks = new Tasks(() => undefined);
    for (const request of requests) tasks.addRequest(request);
    assert.deepEqual(
      tasks.since(0).map((task) => [task.requests, task.tokens.input, task.work.billed]),
      [[1, 40, [{ currency: "USD", amount: 0.015 }]]],
    );
  });

  test("does not take a request for free of which nobody says what it took", () => {
    write(`${logs}/chat-1/main.jsonl`, [
      debugRequest(at, "s1", {}),
      debugRequest(at, "s2", { inputTokens: 5, outputTokens: -1 }),
      { ...debugRequest(at, "s3", {}), status: "error" },
      { ...debugRequest(at, "s4", { inputTokens: 5, outputTokens: 1 }), spanId: undefined },
      { ...debugRequest(at, "s5", { inputTokens: 5, outputTokens: 1 }), ts: "soon" },
      debugLine(at, "model_call", { attrs: { inputTokens: 5, outputTokens: 1 } }),
    ]);
    const { requests, problems } = read();
    assert.deepEqual(requests, []);
    assert.deepEqual(problems, [
      "1: tokens of an unknown form",
      "2: tokens of an unknown form",
      "4: a request without a name",
      "5: no time",
      "6: tokens in a line of an unknown kind",
    ]);
  });
});
