import type { Agent } from "../../../server/agents/agent.ts";
import { ampThread, chatRequest, chatSession, copilotEvent, droidLines, replaceCall } from "./chatRecords.ts";
import { soundEditing } from "./copilotRecords.ts";
import { bubbleRows } from "./cursorRecords.ts";
import { claudeAnswer, claudeCall, claudeResult, codexLine, codexTokens } from "./logLines.ts";
import { clineSession, continueAnswer, continueSession, openAiUsage } from "./sessionRecords.ts";
import { editPart } from "./toolDatabases.ts";

const at = Date.UTC(2026, 0, 5, 9);
const patch = "*** Begin Patch\n*** Update File: a.ts\n@@\n-a\n+b\n*** End Patch";
const usage = { input: 100, cached: 4, output: 2, reasoning: 1 };

interface SoundRecords {
  readonly file: string;
  readonly records: readonly unknown[];
}

/** Records of a tool that are as they should be, with talk in them. */
export function soundRecords({ tool, title }: Pick<Agent, "tool" | "title">): SoundRecords {
  const made = byTool[title] ?? byTool[tool];
  if (!made) throw new Error(`There are no records of ${title} to try its reader with.`);
  return made();
}

const parsed = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as unknown);

const byTool: Readonly<Record<string, () => SoundRecords>> = {
  "claude-code": () => {
    const place = { session: "session-1", at };
    const edit = { file_path: "/work/a.ts", old_string: "a", new_string: "b" };
    const content = [{ type: "text", text: "a prompt" }, claudeCall("c1", "Edit", edit)];
    const result = { filePath: "/work/a.ts", oldString: "a", newString: "b", structuredPatch: [] };
    return {
      file: "session-1.jsonl",
      records: parsed([
        claudeAnswer(place, { id: "m1", content, usage: { input: 10, output: 20, short: 4, long: 5 } }),
        claudeResult(place, { call: "c1", result }),
      ]),
    };
  },
  cline: () => {
    const input = { path: "/work/a.ts", old_text: "a", new_text: "b" };
    const result = { result: "an answer", success: true };
    return {
      file: "session-1.messages.json",
      records: [clineSession(at, [{ name: "editor", input, result }])],
    };
  },
  continue: () => {
    const args = { file_path: "/work/a.ts", old_string: "a", new_string: "b" };
    const call = { id: "c1", name: "Edit", args, status: "done", said: "an answer" };
    return {
      file: "sessions/session-1.json",
      records: [continueSession([continueAnswer([call], openAiUsage)])],
    };
  },
  codex: () => ({
    file: "rollout-1.jsonl",
    records: parsed([
      codexLine(at, "session_meta", { id: "s1", cwd: "/work", instructions: "a prompt" }),
      codexLine(at, "turn_context", { model: "gpt-5-codex", cwd: "/work" }),
      codexTokens(at, usage, usage),
      codexLine(at, "event_msg", {
        type: "token_count",
        rate_limits: { primary: { used_percent: 12.5, window_minutes: 300, resets_at: at / 1000 + 60 } },
      }),
      codexLine(at, "response_item", {
        type: "custom_tool_call",
        name: "apply_patch",
        call_id: "c",
        input: patch,
      }),
      codexLine(at, "response_item", {
        type: "custom_tool_call_output",
        call_id: "c",
        output: JSON.stringify({ output: "an answer", metadata: { exit_code: 0 } }),
      }),
    ]),
  }),
  cursor: () => ({
    file: "session-1.jsonl",
    records: [
      { role: "user", message: { content: [{ type: "text", text: "a prompt" }] } },
      {
        role: "assistant",
        message: {
          content: [
            { type: "text", text: "an answer" },
            { type: "tool_use", name: "Read", input: { path: "/work/a.ts" } },
            {
              type: "tool_use",
              name: "StrReplace",
              input: { path: "/work/a.ts", old_string: "a", new_string: "b" },
            },
          ],
        },
      },
      {
        role: "assistant",
        message: {
          content: [{ type: "tool_use", name: "Write", input: { path: "/work/a.ts", contents: "c" } }],
        },
      },
    ],
  }),
  "Cursor's conversations": () => ({ file: "state.vscdb", records: bubbleRows(at) }),
  "edits of GitHub Copilot in VS Code": () => ({
    file: "workspaceStorage/1/chatEditingSessions/chat-1/state.json",
    records: [soundEditing()],
  }),
  windsurf: () => ({
    file: "session-1.jsonl",
    records: [
      { type: "user_input", status: "done", user_input: { user_response: "a prompt" } },
      {
        type: "code_action",
        status: "done",
        code_action: {
          acknowledgement_type: "ACKNOWLEDGEMENT_TYPE_ACCEPT",
          path: "file:///work/a.ts",
          original_content: "a",
          new_content: "b",
        },
      },
      { type: "planner_response", status: "done", planner_response: { response: "an answer" } },
    ],
  }),
  "gemini-cli": () => ({
    file: "session-1.json",
    records: [
      {
        sessionId: "s1",
        messages: [
          { type: "user", content: "a prompt" },
          {
            id: "m1",
            timestamp: new Date(at).toISOString(),
            type: "gemini",
            content: "an answer",
            model: "gemini-2.5-pro",
            tokens: { input: 100, cached: 30, output: 10, thoughts: 5, tool: 2, total: 117 },
            toolCalls: [
              {
                id: "c1",
                name: "replace",
                status: "success",
                args: { file_path: "/work/a.ts", old_string: "a", new_string: "b" },
              },
            ],
          },
        ],
      },
    ],
  }),
  "copilot-cli": () => ({
    file: "events.jsonl",
    records: [
      copilotEvent(at, "session.start", { sessionId: "s1", context: { cwd: "/work" } }),
      copilotEvent(at, "user.message", { content: "a prompt" }),
      copilotEvent(at, "tool.execution_start", {
        toolCallId: "t1",
        toolName: "create",
        arguments: { path: "a.py", file_text: "print()\n" },
      }),
      copilotEvent(at, "tool.execution_complete", { toolCallId: "t1", success: true }),
    ],
  }),
  "github-copilot": () => ({
    file: "chat-1.jsonl",
    records: [
      {
        kind: 0,
        v: chatSession([chatRequest(at, [replaceCall("c1", "/work/a.ts")], ["/work/a.ts"])]),
      },
      { kind: 2, k: ["requests"], v: [chatRequest(at, [replaceCall("c2", "/work/b.ts")], [])] },
      { kind: 1, k: ["requests", 1, "modelId"], v: "copilot/gpt-5" },
    ],
  }),
  amp: () => ({ file: "T-1.json", records: [ampThread(at, "done")] }),
  droid: () => ({ file: "droid-1.jsonl", records: droidLines(at, { content: '{"success":true}' }) }),
  opencode: () => ({
    file: "opencode.db",
    records: [
      {
        kind: "message",
        id: "m1",
        session: "s1",
        parent: null,
        folder: "/work",
        changedAt: at,
        data: JSON.stringify({
          role: "assistant",
          modelID: "gpt-5",
          cost: 0,
          tokens: { input: 1, output: 2, reasoning: 0, cache: { read: 0, write: 0 } },
        }),
        answer: null,
      },
      {
        kind: "part",
        id: "p1",
        session: "s1",
        parent: null,
        folder: "/work",
        changedAt: at,
        data: JSON.stringify(
          editPart("write", "completed", { filePath: "a.ts", content: "b" }, { title: "a prompt" }),
        ),
        answer: "{}",
      },
    ],
  }),
};
