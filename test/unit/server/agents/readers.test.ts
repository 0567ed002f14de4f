import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { Agent } from "../../../../server/agents/agent.ts";
import { claudeCode } from "../../../../server/agents/claudeCode.ts";
import { codex } from "../../../../server/agents/codex.ts";
import { copilotCli } from "../../../../server/agents/copilotCli.ts";
import { geminiCli } from "../../../../server/agents/geminiCli.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { Found } from "../../../support/agents/found.ts";
import {
  claudeAnswer,
  claudeCall,
  claudeResult,
  codexLine,
  codexTokens,
} from "../../../support/agents/logLines.ts";

const at = Date.UTC(2026, 0, 5, 9);
const place = { session: "session-1", at };

suite("Readers of tools' own records", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(tmpdir(), "kept-records-"))));
  teardown(() => rmSync(folder, { recursive: true }));

  function read(agent: Agent, lines: readonly string[], name = "rollout-session.jsonl"): Found {
    const file = path.join(folder, name);
    writeFileSync(file, `${lines.join("\n")}\n`);
    const found = new Found();
    new RecordFile(file, agent).read(found);
    return found;
  }

  test("of Claude Code give each edit with its model, its outcome and what was there before", () => {
    const edit = { file_path: "/work/a.ts", old_string: "a", new_string: "b" };
    const found = read(claudeCode, [
      claudeAnswer(place, {
        id: "m1",
        content: [claudeCall("c1", "Edit", edit)],
        usage: { input: 1, output: 2 },
      }),
      claudeResult(place, {
        call: "c1",
        result: {
          filePath: "/work/a.ts",
          oldString: "a",
          newString: "b",
          originalFile: "a",
          userModified: true,
          structuredPatch: [],
        },
      }),
      claudeAnswer(place, {
        id: "m2",
        content: [claudeCall("c2", "Write", { file_path: "new.ts", content: "x\n" })],
      }),
      claudeResult(place, {
        call: "c2",
        result: { type: "create", filePath: "new.ts", content: "x\n", structuredPatch: [] },
      }),
      claudeAnswer(place, {
        id: "m3",
        content: [
          claudeCall("c3", "MultiEdit", {
            file_path: "/work/a.ts",
            edits: [
              { old_string: "1", new_string: "2" },
              { old_string: "3", new_string: "" },
            ],
          }),
        ],
      }),
      claudeResult(place, {
        call: "c3",
        result: {
          filePath: "/work/a.ts",
          edits: [
            { old_string: "1", new_string: "2" },
            { old_string: "3", new_string: "" },
          ],
        },
      }),
      claudeAnswer(place, {
        id: "m4",
        content: [claudeCall("c4", "Edit", edit), claudeCall("c5", "Read", { file_path: "/work/a.ts" })],
      }),
      claudeResult(place, {
        call: "c4",
        isError: true,
        result: "Error: The user doesn't want to proceed with this tool use.",
      }),
      claudeResult(place, {
        call: "c5",
        result: { type: "text", file: { filePath: "/work/a.ts", content: "secret" } },
      }),
    ]);
    const model = "claude-sonnet-4-20250514";
    assert.deepEqual(found.made, [
      ["/work/a.ts", "applied", model, { kind: "pieces", pieces: [{ before: "a", after: "b" }] }],
      ["/work/new.ts", "applied", model, { kind: "whole", after: "x\n", before: "" }],
      [
        "/work/a.ts",
        "applied",
        model,
        {
          kind: "pieces",
          pieces: [
            { before: "1", after: "2" },
            { before: "3", after: "" },
          ],
        },
      ],
      ["/work/a.ts", "rejected", model, { kind: "pieces", pieces: [{ before: "a", after: "b" }] }],
    ]);
    assert.deepEqual(
      found.edits.map(({ userModified }) => userModified).filter((each) => each !== undefined),
      [true],
    );
    assert.deepEqual(
      found.requests.map(({ id }) => id),
      ["req_m1", "req_m2", "req_m3", "req_m4"],
    );
    assert.deepEqual(found.problems, []);
  });

  test("of Codex tell what became of a patch in each form that it has had, and not where it does not say", () => {
    const patch = "*** Begin Patch\n*** Add File: a.ts\n+one\n*** End Patch";
    const called = (call: string) =>
      codexLine(at, "response_item", {
        type: "function_call",
        name: "exec_command",
        arguments: JSON.stringify({ cmd: `apply_patch <<'EOF'\n${patch}\nEOF` }),
        call_id: call,
      });
    const answered = (call: string, output: string) =>
      codexLine(at, "response_item", { type: "function_call_output", call_id: call, output });
    const changed = (call: string, status: string) =>
      codexLine(at, "event_msg", { type: "item_completed", item: { type: "FileChange", id: call, status } });
    const after = "Wall time: 0.0000 seconds\nOutput:\n";
    const outcomes = [
      [answered("c", "Success. Updated the following files:\nA a.ts"), "applied"],
      [answered("c", `${after}Exit code: 0\nWall time: 0 seconds\nOutput:\nSuccess.`), "applied"],
      [answered("c", `${after}Exit code: 1\nOutput:\nno`), "failed"],
      [answered("c", "unsupported custom tool call: apply_patch"), "failed"],
      [answered("c", "something that it never said before"), "unknown"],
      [changed("c", "completed"), "applied"],
      [changed("c", "failed"), "failed"],
      [changed("c", "declined"), "rejected"],
    ] as const;
    for (const [line, outcome] of outcomes) {
      const found = read(codex, [
        codexLine(at, "session_meta", { id: "s1", cwd: "/work" }),
        called("c"),
        line,
      ]);
      const last = found.made.at(-1) as readonly unknown[];
      assert.deepEqual(last.slice(0, 2), ["/work/a.ts", outcome], line);
    }
  });

  test("of Codex give the files of a patch, by a tool or a shell command, and tokens as differences", () => {
    const patch =
      "*** Begin Patch\n*** Update File: a.ts\n@@\n keep\n-old\n+new\n*** Add File: sub/b.ts\n+one\n+two\n*** Delete File: c.ts\n*** End Patch";
    const first = { input: 100, cached: 40, output: 20, reasoning: 5 };
    const second = { input: 300, cached: 90, output: 30, reasoning: 9 };
    const found = read(codex, [
      codexLine(at, "session_meta", { id: "s1", cwd: "/work" }),
      codexLine(at, "turn_context", { model: "gpt-5-codex", cwd: "/work" }),
      codexTokens(at, first, first),
      codexTokens(at + 1, second, { input: 200, cached: 50, output: 10, reasoning: 4 }),
      codexTokens(at + 2, second, { input: 200, cached: 50, output: 10, reasoning: 4 }),
      codexLine(at, "response_item", {
        type: "custom_tool_call",
        name: "apply_patch",
        input: patch,
        call_id: "c1",
      }),
      codexLine(at, "response_item", {
        type: "custom_tool_call_output",
        call_id: "c1",
        output: JSON.stringify({ output: "Success.", metadata: { exit_code: 0 } }),
      }),
      codexLine(at, "response_item", {
        type: "function_call",
        name: "shell",
        arguments: JSON.stringify({ command: ["bash", "-lc", `apply_patch <<'EOF'\n${patch}\nEOF`] }),
        call_id: "c2",
      }),
      codexLine(at, "response_item", {
        type: "function_call_output",
        call_id: "c2",
        output: JSON.stringify({ output: "", metadata: { exit_code: 1 } }),
      }),
      codexLine(at, "response_item", {
        type: "function_call",
        name: "shell",
        arguments: JSON.stringify({ command: ["ls"] }),
        call_id: "c3",
      }),
    ]);
    const texts = [
      { kind: "pieces", pieces: [{ before: "keep\nold", after: "keep\nnew" }] },
      { kind: "whole", before: "", after: "one\ntwo\n" },
      { kind: "deleted" },
    ];
    const files = ["/work/a.ts", "/work/sub/b.ts", "/work/c.ts"];
    assert.deepEqual(
      found.made,
      ["applied", "failed"].flatMap((outcome) =>
        files.map((file, index) => [file, outcome, "gpt-5-codex", texts[index]]),
      ),
    );
    assert.deepEqual(
      found.requests.map(({ tokens: { input, output, cacheRead, reasoning } }) => [
        input,
        output,
        cacheRead,
        reasoning,
      ]),
      [
        [60, 20, 40, 5],
        [150, 10, 50, 4],
      ],
    );
    assert.deepEqual(found.problems, []);
  });

  test("of Gemini CLI take thoughts for output and what was cached off the input", () => {
    const line = {
      id: "m1",
      timestamp: new Date(at).toISOString(),
      type: "gemini",
      model: "gemini-2.5-pro",
      tokens: { input: 100, cached: 30, output: 10, thoughts: 5, tool: 2, total: 117 },
      toolCalls: [
        {
          id: "c1",
          name: "replace",
          status: "success",
          args: { file_path: "/work/a.ts", old_string: "a", new_string: "b" },
        },
        {
          id: "c2",
          name: "write_file",
          status: "cancelled",
          args: { file_path: "/work/b.ts", content: "b" },
          resultDisplay: { originalContent: null, newContent: "b" },
        },
        {
          id: "c3",
          name: "replace",
          status: "success",
          args: { file_path: "relative.ts", old_string: "a", new_string: "b" },
        },
      ],
    };
    const whole = [
      ["/work/a.ts", "applied", "gemini-2.5-pro", { kind: "pieces", pieces: [{ before: "a", after: "b" }] }],
      ["/work/b.ts", "rejected", "gemini-2.5-pro", { kind: "whole", after: "b", before: "" }],
    ];
    const lines = read(geminiCli, [JSON.stringify(line)]);
    const document = read(
      geminiCli,
      [JSON.stringify({ sessionId: "s1", messages: [{ type: "user" }, line] })],
      "session-1.json",
    );
    for (const found of [lines, document]) {
      assert.deepEqual(found.made, whole);
      assert.deepEqual(
        found.requests.map(({ tokens }) => [tokens.input, tokens.output, tokens.cacheRead]),
        [[72, 15, 30]],
      );
    }
    assert.deepEqual(document.requests[0]!.session, "s1");
  });

  test("of Copilot CLI give edits with the model that was chosen last", () => {
    const line = (type: string, data: object) =>
      JSON.stringify({ type, data, id: "i", timestamp: new Date(at).toISOString() });
    const found = read(copilotCli, [
      line("session.start", { sessionId: "s1", context: { cwd: "/work" } }),
      line("session.model_change", { newModel: "gpt-4.1" }),
      line("tool.execution_start", {
        toolCallId: "t1",
        toolName: "create",
        arguments: { path: "a.py", file_text: "print()\n" },
      }),
      line("tool.execution_complete", { toolCallId: "t1", success: true }),
      line("tool.execution_start", {
        toolCallId: "t2",
        toolName: "edit",
        arguments: { path: "/work/a.py", old_str: "(", new_str: "[" },
      }),
      line("tool.execution_complete", { toolCallId: "t2", result: { result_type: "failure" } }),
      line("tool.execution_start", { toolCallId: "t3", toolName: "bash", arguments: { command: "ls" } }),
    ]);
    assert.deepEqual(found.made, [
      ["/work/a.py", "applied", "gpt-4.1", { kind: "whole", after: "print()\n", before: "" }],
      ["/work/a.py", "failed", "gpt-4.1", { kind: "pieces", pieces: [{ before: "(", after: "[" }] }],
    ]);
  });

  test("say what they do not understand, and read on", () => {
    const found = read(claudeCode, [
      '{"type":"assistant","usage":',
      JSON.stringify({ type: "assistant", message: { usage: {} } }),
      JSON.stringify({ type: "assistant", sessionId: "s", timestamp: "never", message: { usage: {} } }),
      claudeAnswer(place, { id: "m1", usage: { input: 1, output: 1 } }),
    ]);
    assert.deepEqual(found.problems, ["1: not JSON", "2: no session", "3: no time"]);
    assert.equal(found.requests.length, 1);
  });

  test("read only what is new of a file, all of one that was written anew, and nothing of one that is unchanged", () => {
    const file = path.join(folder, "rollout-1.jsonl");
    const line = (id: string) => claudeAnswer(place, { id, usage: { input: 1, output: 1 } });
    const ids = (found: Found) => found.requests.map(({ id }) => id.replace("req_", ""));
    writeFileSync(file, `${line("m1")}\n${line("m2").slice(0, 40)}`);
    const record = new RecordFile(file, claudeCode);
    const read = () => {
      const found = new Found();
      const anything = record.read(found);
      return [anything, ids(found), found.problems] as const;
    };
    assert.deepEqual(read(), [true, ["m1"], []]);
    assert.deepEqual(read(), [false, [], []]);
    appendFileSync(file, `${line("m2").slice(40)}\n${line("m3")}`);
    assert.deepEqual(read(), [true, ["m2", "m3"], []], "the last line is whole without its end");
    appendFileSync(file, `\n${line("m4")}\n`);
    assert.deepEqual(read(), [true, ["m4"], []]);
    const later = new RecordFile(file, claudeCode, { mark: record.mark });
    appendFileSync(file, `${line("m5")}\n`);
    const found = new Found();
    later.read(found);
    assert.deepEqual(ids(found), ["m5"], "another process goes on where this one was");
    truncateSync(file, 0);
    appendFileSync(file, `${line("m6")}\n`);
    assert.deepEqual(read(), [true, ["m6"], []]);
    rmSync(file);
    assert.match(read()[2][0]!, /^0: .*ENOENT/);
  });

  test("pass a line over that is longer than what is read, and keep what stands around it", function () {
    this.timeout(60_000);
    const file = path.join(folder, "rollout-1.jsonl");
    writeFileSync(
      file,
      `${claudeAnswer(place, { id: "m1", usage: { input: 1, output: 1 } })}\n{"type":"file-history-snapshot","x":"`,
    );
    const part = "y".repeat(8 * 1024 * 1024);
    for (let count = 0; count < 8; count++) appendFileSync(file, part);
    appendFileSync(file, `"}\n{"type":"assistant","usage":"${part.repeat(5)}"}\n`);
    appendFileSync(file, `${claudeAnswer(place, { id: "m2", usage: { input: 1, output: 1 } })}\n`);
    assert.ok(statSync(file).size > 100e6);
    const found = new Found();
    new RecordFile(file, claudeCode).read(found);
    assert.equal(found.requests.length, 2);
    assert.deepEqual(found.problems, ["3: a line longer than what is read"]);
  });

  test("survive 10,000 lines that are wrong in any way, and invent nothing", function () {
    this.timeout(60_000);
    const random = seededRandom(20_260_105);
    const edit = { file_path: "/work/a.ts", old_string: "a", new_string: "b" };
    const sound = [
      claudeAnswer(place, {
        id: "m1",
        content: [claudeCall("c1", "Edit", edit)],
        usage: { input: 10, output: 20 },
      }),
      claudeResult(place, { call: "c1", result: { filePath: "/work/a.ts", oldString: "a", newString: "b" } }),
      codexLine(at, "response_item", {
        type: "custom_tool_call",
        name: "apply_patch",
        call_id: "c",
        input: "*** Begin Patch\n*** Update File: a.ts\n@@\n-a\n+b\n*** End Patch",
      }),
      codexTokens(
        at,
        { input: 100, cached: 4, output: 2, reasoning: 1 },
        { input: 10, cached: 4, output: 2, reasoning: 1 },
      ),
    ];
    const wrong = Array.from({ length: 10_000 }, () => {
      const line = sound[Math.floor(random() * sound.length)]!;
      const from = Math.floor(random() * line.length);
      const to = from + Math.floor(random() * 12);
      const put = ["", "null", "[]", '"', "{", "-1", "1e999", "\u0000", "../../..", "\ud800"][
        Math.floor(random() * 10)
      ]!;
      return `${line.slice(0, from)}${put}${line.slice(to)}`.replaceAll("\n", " ");
    });
    for (const agent of [claudeCode, codex, geminiCli, copilotCli]) {
      const found = read(agent, wrong);
      for (const { tokens } of found.requests) {
        for (const count of Object.values(tokens))
          assert.ok(Number.isSafeInteger(count) && count >= 0, `${count}`);
      }
      for (const { path: file, text, at: time } of found.edits) {
        assert.ok(path.isAbsolute(file) && !file.split("/").includes(".."), file);
        assert.ok(Number.isSafeInteger(time));
        assert.ok(text.kind !== "pieces" || text.pieces.every(({ after }) => typeof after === "string"));
      }
      if (agent === claudeCode) assert.ok(found.problems.length > 100);
    }
  });
});
