import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ToolStep } from "../../../../core/tools/toolSteps.ts";
import type { Agent } from "../../../../server/agents/agent.ts";
import { claudeCode } from "../../../../server/agents/claudeCode.ts";
import { codex } from "../../../../server/agents/codex.ts";
import { copilotCli } from "../../../../server/agents/copilotCli.ts";
import { droid } from "../../../../server/agents/droid.ts";
import { geminiCli } from "../../../../server/agents/geminiCli.ts";
import { openCode } from "../../../../server/agents/openCode.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { claudeAnswer, claudeCall, codexLine } from "../../../support/agents/logLines.ts";

const at = Date.UTC(2026, 0, 5, 9);
const iso = new Date(at).toISOString();
const place = { session: "session-1", at };
const briefing = "Mind the gap. ".repeat(200);

suite("What agents do besides writing", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(tmpdir(), "kept-steps-"))));
  teardown(() => rmSync(folder, { recursive: true }));

  function steps(agent: Agent, lines: readonly (string | object)[], name = "rollout-1.jsonl"): ToolStep[] {
    const file = path.join(folder, name);
    const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    writeFileSync(file, `${texts.join("\n")}\n`);
    const found: ToolStep[] = [];
    const nothing = { request: () => undefined, edit: () => undefined, problem: () => undefined };
    new RecordFile(file, agent).read({ ...nothing, step: (step) => found.push(step) });
    return found;
  }
  const kinds = (found: readonly ToolStep[]) => found.map(({ kind }) => kind);

  const call = (id: string, name: string, input: object) =>
    claudeAnswer(place, { id: `m-${id}`, content: [claudeCall(id, name, input)] });
  const result = (id: string, content: string, isError = false) => ({
    ...{ type: "user", cwd: "/work", sessionId: "session-1", timestamp: iso },
    message: {
      role: "user",
      content: [{ type: "tool_result", tool_use_id: id, content, ...(isError && { is_error: true }) }],
    },
  });
  const asked = (content: unknown, more: object = {}) => ({
    ...{ type: "user", cwd: "/work", sessionId: "session-1", timestamp: iso, ...more },
    message: { role: "user", content },
  });

  test("are told of Claude Code: looks, plans, test runs as they ended, and calls of tool servers", () => {
    const found = steps(claudeCode, [
      call("1", "Read", { file_path: "/work/a.ts" }),
      call("2", "TodoWrite", { todos: [] }),
      call("3", "Bash", { command: "npm test" }),
      result("3", "Exit code 1\n2 failing", true),
      call("4", "Bash", { command: "npm test" }),
      result("4", "3 passing"),
      call("5", "mcp__browser__click", {}),
      call("6", "Bash", { command: "git commit -m x" }),
      call("7", "Bash", { command: "rg -n word src" }),
    ]);
    assert.deepEqual(kinds(found), ["read", "plan", "failed", "passed", "server", "read"]);
    const [, , failed, passed] = found;
    assert.equal(failed!.subject, passed!.subject, "the same command is known again");
    assert.deepEqual([found[0]!.session, found[0]!.at, found[0]!.folder], ["session-1", at, "/work"]);
  });

  test("tell of a run whose status another program hides only what it printed", () => {
    const run = (output: string) =>
      kinds(
        steps(claudeCode, [call("1", "Bash", { command: "npm test 2>&1 | tail -5" }), result("1", output)]),
      );
    assert.deepEqual(run("1 failing"), ["failed"]);
    assert.deepEqual(run("12 passing"), ["passed"]);
    assert.deepEqual(run("done"), []);
  });

  test("tell of a file with secrets its kind alone, and only if it was read", () => {
    const found = steps(claudeCode, [
      call("1", "Read", { file_path: "/work/app/.env.production" }),
      result("1", "PASSWORD=1"),
      call("2", "Read", { file_path: "/home/me/.ssh/id_ed25519" }),
      result("2", "denied", true),
      call("3", "Read", { file_path: "/work/.env.example" }),
      call("4", "Bash", { command: "cat keys/server.pem" }),
      result("4", "-----BEGIN"),
    ]);
    assert.deepEqual(
      found.map(({ kind, subject }) => [kind, subject]),
      [
        ["secret", "environment file"],
        ["read", undefined],
        ["secret", "private key"],
      ],
    );
    assert.doesNotMatch(JSON.stringify(found), /production|ed25519|server/);
  });

  test("tell of an opening that is a briefing whether two are the same, and nothing of its text", () => {
    const found = (...lines: object[]) => steps(claudeCode, lines);
    const [one] = found(asked(briefing), asked(`${briefing} again`));
    const [other] = found(asked([{ type: "text", text: briefing }]));
    assert.equal(one!.kind, "opening");
    assert.equal(one!.subject, other!.subject);
    assert.doesNotMatch(JSON.stringify(one), /gap/);
    assert.deepEqual(found(asked("Fix it."), asked(briefing)), [], "the first says whether there is one");
    assert.deepEqual(kinds(found(asked("about", { isMeta: true }), asked(briefing))), ["opening"]);
    assert.deepEqual(found(asked(briefing, { isSidechain: true })), []);
  });

  test("are told of Codex", () => {
    const item = (payload: object) => codexLine(at, "response_item", payload);
    const run = (id: string, words: readonly string[]) =>
      item({
        ...{ type: "function_call", name: "shell", call_id: id },
        arguments: JSON.stringify({ command: words }),
      });
    const ended = (id: string, output: string) => item({ type: "function_call_output", call_id: id, output });
    const found = steps(codex, [
      codexLine(at, "session_meta", { id: "session-2", cwd: "/work" }),
      codexLine(at, "event_msg", { type: "user_message", message: briefing }),
      run("1", ["bash", "-lc", "sed -n 1,20p src/a.ts"]),
      item({ type: "function_call", name: "update_plan", call_id: "2", arguments: '{"plan":[]}' }),
      run("3", ["bash", "-lc", "cargo test"]),
      ended("3", JSON.stringify({ output: "FAILED", metadata: { exit_code: 101 } })),
      run("4", ["bash", "-lc", "cargo test"]),
      ended("4", "what is of no form that is known"),
    ]);
    assert.deepEqual(kinds(found), ["opening", "read", "plan", "failed"]);
  });

  test("are told of Gemini CLI, OpenCode, GitHub Copilot CLI and Droid", () => {
    const tools = [{ id: "1", name: "read_file", args: { file_path: "/work/a.ts" }, status: "success" }];
    const answer = { type: "gemini", id: "m", timestamp: iso, toolCalls: tools };
    assert.deepEqual(kinds(steps(geminiCli, [{ sessionId: "s" }, answer], "session-1.jsonl")), ["read"]);
    const copilot = (type: string, data: object) => ({ type, data, timestamp: iso });
    const began = copilot("tool.execution_start", {
      ...{ toolCallId: "1", toolName: "view", arguments: { path: "/work/a.ts" } },
    });
    const started = copilot("session.start", { sessionId: "s", context: { cwd: "/work" } });
    assert.deepEqual(kinds(steps(copilotCli, [started, began], "events.jsonl")), ["read"]);
    const used = { type: "tool_use", id: "1", name: "TodoWrite", input: {} };
    const message = { type: "message", timestamp: iso, message: { role: "assistant", content: [used] } };
    assert.deepEqual(kinds(steps(droid, [{ type: "session_start", id: "s" }, message], "s.jsonl")), ["plan"]);
    const found: ToolStep[] = [];
    const state = { status: "completed", input: { command: "npm test" }, metadata: { exit: 1 } };
    openCode
      .makeReader("", () => at)
      .read(
        {
          ...{ kind: "part", id: "p", session: "s", changedAt: at, folder: "/work" },
          data: JSON.stringify({ type: "tool", tool: "bash", callID: "1", state }),
        },
        {
          request: () => undefined,
          edit: () => undefined,
          problem: (reason) => assert.fail(reason),
          step: (step) => found.push(step),
        },
      );
    assert.deepEqual(kinds(found), ["failed"]);
  });
});
