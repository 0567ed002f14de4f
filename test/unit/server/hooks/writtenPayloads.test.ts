import assert from "node:assert/strict";
import { readHookPayload } from "../../../../server/hooks/payload.ts";

/*
 * What the tools themselves gave to Kept's hooks, in sessions with a made-up model: Cline's command line 3.0.65, Codex
 * 0.169.0, Copilot CLI 1.0.102, Droid 0.215.0, Gemini CLI 0.61.0 and, by Kept's plugin, OpenCode 1.18.33. Paths and names are others, and
 * what says nothing of edits was left out.
 */
const made = "export const one = 1;\n";
const file = "/work/made.ts";
const asNew = { kind: "whole", before: "", after: made };
const asWhole = { kind: "whole", after: made };
const here = "cat > /work/here.ts <<'EOF'\nexport const here = 1;\nEOF";
const asHere = { kind: "whole", after: "export const here = 1;\n" };

const cline = (result: object, used: object) => ({
  clineVersion: "",
  timestamp: "2026-11-22T11:09:47.979Z",
  taskId: "conv_1_a",
  sessionContext: { rootSessionId: "1_root" },
  workspaceRoots: ["/work"],
  userId: "unknown",
  agent_id: "agent_1",
  parent_agent_id: null,
  hookName: "tool_result",
  iteration: 2,
  tool_result: { durationMs: 94, startedAt: "2026-11-22T11:09:47.884Z", ...result },
  postToolUse: { result: "", success: true, executionTimeMs: 94, ...used },
});
const gemini = (name: string, input: object, response: object) => ({
  session_id: "s1",
  transcript_path: "/home/.gemini/tmp/work/chats/session-2026-11-22T11-00-s1.jsonl",
  cwd: "/work",
  hook_event_name: "AfterTool",
  timestamp: "2026-11-22T11:00:34.495Z",
  tool_name: name,
  tool_input: input,
  tool_response: response,
});
const copilot = (name: string, input: object, more: object) => ({
  hook_event_name: "PostToolUse",
  session_id: "s1",
  timestamp: "2026-11-22T11:04:59.242Z",
  cwd: "/work",
  tool_name: name,
  tool_input: input,
  ...more,
});
const droid = (name: string, input: object, response: string) => ({
  session_id: "s1",
  transcript_path: "/home/.factory/sessions/-work/s1.jsonl",
  cwd: "/work",
  permission_mode: "auto-high",
  hook_event_name: "PostToolUse",
  tool_name: name,
  tool_input: input,
  tool_response: response,
});
const openCode = (name: string, input: object, more: object) => ({
  hook_event_name: "PostToolUse",
  session_id: "ses_1",
  tool_use_id: "toolu_1",
  cwd: "/work",
  tool_name: name,
  tool_input: input,
  ...more,
});

const read = (tool: string, payload: object) =>
  readHookPayload(tool, JSON.stringify(payload), 5)?.map((edit) => [
    edit.session,
    edit.call ?? "-",
    edit.path,
    edit.outcome,
    edit.text,
  ]);

suite("What tools gave to hooks", () => {
  test("by Cline's command line is told under the names that its records have", () => {
    const input = { path: file, new_text: made };
    const result = `File created successfully at: ${file}`;
    const output = { query: `edit:${file}`, result, success: true };
    const told = { id: "call_1", name: "editor", input, output };
    const used = { toolName: "editor", parameters: input };
    assert.deepEqual(read("cline", cline(told, used)), [["1_root", "1_root call_1", file, "applied", asNew]]);
    const change = { path: file, old_text: "one", new_text: "two" };
    const pieces = { kind: "pieces", pieces: [{ before: "one", after: "two" }] };
    const changed = { ...told, input: change, output: { ...output, result: `Edited ${file}` } };
    assert.equal(read("cline", cline(changed, used))?.[0]?.[3], "applied");
    assert.deepEqual(read("cline", cline(changed, used))?.[0]?.[4], pieces);
    const failed = { query: `edit:${file}`, result: "", error: "text not found", success: false };
    // What it says beside that of the same call is that it went well.
    assert.equal(read("cline", cline({ ...changed, output: failed }, used))?.[0]?.[3], "failed");
    const run = { id: "call_4", name: "run_commands", input: { commands: [here] } };
    const ran = { ...run, output: [{ query: here, result: "", success: true }] };
    assert.deepEqual(read("cline", cline(ran, { toolName: "run_commands" })), [
      ["1_root", "1_root call_4", "/work/here.ts", "applied", asHere],
    ]);
    assert.deepEqual(read("cline", cline({ ...run, name: "read_files", input: {} }, {})), []);
    assert.equal(read("cline", cline({ id: "call_1", input }, used)), undefined);
  });

  test("by Gemini CLI says what was there before", () => {
    const input = { file_path: file, content: made };
    const shown = {
      fileName: "made.ts",
      filePath: file,
      originalContent: "",
      newContent: made,
      isNewFile: true,
    };
    const response = { llmContent: "Successfully created and wrote to new file", returnDisplay: shown };
    assert.deepEqual(read("gemini-cli", gemini("write_file", input, response)), [
      ["s1", "-", file, "applied", asNew],
    ]);
    const over = { ...response, returnDisplay: { ...shown, originalContent: "old\n", isNewFile: false } };
    assert.deepEqual(read("gemini-cli", gemini("write_file", input, over))?.[0]?.[4], {
      ...asNew,
      before: "old\n",
    });
    const change = { file_path: file, instruction: "change it", old_string: "nowhere", new_string: "x" };
    const failed = {
      llmContent: "Could not find",
      returnDisplay: "Error",
      error: { message: "Could not find" },
    };
    assert.equal(read("gemini-cli", gemini("replace", change, failed))?.[0]?.[3], "failed");
  });

  test("by Copilot's command line is a new file where it calls that writing, with the text of a file", () => {
    const success = {
      result_type: "success",
      text_result_for_llm: `Created file ${file} with 22 characters`,
    };
    const input = { path: file, file_text: made };
    assert.deepEqual(read("github-copilot", copilot("Write", input, { tool_result: success })), [
      ["s1", "-", file, "applied", asNew],
    ]);
    const command = { command: here, description: "write a file" };
    assert.deepEqual(
      read("github-copilot", copilot("Bash", command, { tool_result: success }))?.[0]?.[4],
      asHere,
    );
  });

  test("by Droid does not say what its new text was put over", () => {
    const answer = JSON.stringify({ success: true, file_path: file });
    assert.deepEqual(read("droid", droid("Create", { file_path: file, content: made }, answer)), [
      ["s1", "-", file, "applied", asWhole],
    ]);
    const change = { file_path: file, old_str: "one", new_str: "two" };
    assert.deepEqual(read("droid", droid("Edit", change, answer))?.[0]?.[4], {
      kind: "pieces",
      pieces: [{ before: "one", after: "two" }],
    });
  });

  test("by OpenCode is a new file where it says that there was none", () => {
    const input = { filePath: file, content: made };
    const written = (more: object) => read("opencode", openCode("write", input, more));
    assert.deepEqual(written({ exists: false }), [["ses_1", "toolu_1", file, "applied", asNew]]);
    for (const more of [{}, { exists: true }]) assert.deepEqual(written(more)?.[0]?.[4], asWhole);
  });

  test("by Codex is a patch within a command of its shell", () => {
    const command =
      "apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: made.ts\n+export const one = 1;\n*** End Patch\nEOF";
    const payload = {
      session_id: "s1",
      turn_id: "t1",
      transcript_path: "/home/.codex/sessions/2026/11/22/rollout-2026-11-22T11-02-33-s1.jsonl",
      cwd: "/work",
      hook_event_name: "PreToolUse",
      model: "gpt-5.1-codex",
      permission_mode: "bypassPermissions",
      tool_name: "Bash",
      tool_input: { command },
      tool_use_id: "call_1",
    };
    assert.deepEqual(read("codex", payload), [["s1", "call_1", file, "proposed", asNew]]);
    // Of models that have a tool for it the patch ends with a line's end, which is no line of the file.
    const patch = "*** Begin Patch\n*** Add File: made.ts\n+export const one = 1;\n*** End Patch\n";
    const called = { ...payload, tool_name: "apply_patch", tool_input: { command: patch } };
    assert.deepEqual(read("codex", called), [["s1", "call_1", file, "proposed", asNew]]);
    const both = { ...called, tool_input: { command: `${patch}${patch.replace("made.ts", "more.ts")}` } };
    assert.deepEqual(
      read("codex", both)?.map(([, , path, , text]) => [path, text]),
      [
        [file, asNew],
        ["/work/more.ts", asNew],
      ],
    );
  });
});
