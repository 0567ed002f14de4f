import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Agent } from "../../../../server/agents/agent.ts";
import { claudeCode } from "../../../../server/agents/claudeCode.ts";
import { codex } from "../../../../server/agents/codex.ts";
import { geminiCli } from "../../../../server/agents/geminiCli.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { Found } from "../../../support/agents/found.ts";
import { claudeAnswer, claudeCall, claudeResult, codexLine } from "../../../support/agents/logLines.ts";

const at = Date.UTC(2026, 0, 5, 9);
const place = { session: "session-1", at };

suite("Records of shell commands", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(tmpdir(), "kept-shell-"))));
  teardown(() => rmSync(folder, { recursive: true }));

  function read(agent: Agent, lines: readonly string[], name = "rollout-session.jsonl"): Found {
    const file = path.join(folder, name);
    writeFileSync(file, `${lines.join("\n")}\n`);
    const found = new Found();
    new RecordFile(file, agent).read(found);
    return found;
  }

  test("give what a command of a shell writes, where its text stands in the command", () => {
    const command = "cd sub && cat > new.ts <<'EOF'\none\nEOF\nls";
    const made = [{ kind: "whole", after: "one\n" }];
    const claude = read(claudeCode, [
      claudeAnswer(place, { id: "m1", content: [claudeCall("c1", "Bash", { command })] }),
      claudeResult(place, { call: "c1", result: { stdout: "", stderr: "" } }),
      claudeAnswer(place, {
        id: "m2",
        content: [claudeCall("c2", "Bash", { command: "sed -i s/oldName/newName/ a.ts" })],
      }),
      claudeResult(place, { call: "c2", result: { stdout: "", stderr: "" } }),
      claudeAnswer(place, { id: "m3", content: [claudeCall("c3", "Bash", { command })] }),
      claudeResult(place, { call: "c3", isError: true, result: "Error: no such folder" }),
    ]);
    const model = "claude-sonnet-4-20250514";
    assert.deepEqual(claude.made, [
      ["/work/sub/new.ts", "applied", model, ...made],
      [
        ...["/work/a.ts", "applied", model],
        { kind: "pieces", pieces: [{ before: "oldName", after: "newName" }], isIfThere: true },
      ],
      ["/work/sub/new.ts", "failed", model, ...made],
    ]);
    assert.deepEqual(claude.problems, []);
    const call = (id: string, given: object) =>
      codexLine(at, "response_item", {
        type: "function_call",
        name: "exec_command",
        arguments: JSON.stringify(given),
        call_id: id,
      });
    const done = (id: string) =>
      codexLine(at, "response_item", { type: "function_call_output", call_id: id, output: "Exit code: 0" });
    const found = read(codex, [
      codexLine(at, "session_meta", { id: "s1", cwd: "/work" }),
      codexLine(at, "turn_context", { model: "gpt-5-codex", cwd: "/work" }),
      call("c1", { cmd: command, workdir: "/work/deep" }),
      done("c1"),
      call("c2", { command: ["bash", "-lc", command] }),
      done("c2"),
    ]);
    assert.deepEqual(found.made, [
      ["/work/deep/sub/new.ts", "applied", "gpt-5-codex", ...made],
      ["/work/sub/new.ts", "applied", "gpt-5-codex", ...made],
    ]);
    const shell = (id: string, text: string) => ({
      ...{ id, name: "run_shell_command", status: "success" },
      args: { command: text },
    });
    const line = {
      ...{ id: "m1", timestamp: new Date(at).toISOString(), type: "gemini", model: "gemini-2.5-pro" },
      // It does not say where it is.
      toolCalls: [shell("c1", `cd /work\n${command}`), shell("c2", command)],
    };
    const gemini = read(
      geminiCli,
      [JSON.stringify({ sessionId: "s" }), JSON.stringify(line)],
      "session-1.jsonl",
    );
    assert.deepEqual(gemini.made, [["/work/sub/new.ts", "applied", "gemini-2.5-pro", ...made]]);
  });
});
