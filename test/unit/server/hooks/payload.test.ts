import assert from "node:assert/strict";
import path from "node:path";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { isOfTool, readHookPayload } from "../../../../server/hooks/payload.ts";

const pieces = { kind: "pieces", pieces: [{ before: "a", after: "b" }] };

const claude = {
  session_id: "s1",
  transcript_path: "/h/.claude/projects/x/s1.jsonl",
  cwd: "/repo",
  hook_event_name: "PostToolUse",
  tool_name: "Edit",
  tool_use_id: "toolu_1",
  tool_input: { file_path: "/repo/a.ts", old_string: "a", new_string: "b" },
  tool_response: {
    filePath: "/repo/a.ts",
    oldString: "a",
    newString: "b",
    originalFile: "a",
    structuredPatch: [],
    userModified: true,
  },
};
const codex = {
  cwd: "/repo",
  session_id: "s1",
  hook_event_name: "PostToolUse",
  tool_name: "apply_patch",
  tool_use_id: "c1",
  model: "gpt-5-codex",
  tool_input: { patch: "*** Begin Patch\n*** Update File: a.ts\n@@\n-a\n+b\n*** End Patch" },
};
const gemini = {
  session_id: "s1",
  cwd: "/repo",
  hook_event_name: "AfterTool",
  tool_name: "replace",
  tool_input: { file_path: "/repo/a.ts", old_string: "a", new_string: "b" },
};
const copilot = {
  hook_event_name: "PostToolUse",
  session_id: "s1",
  transcript_path: "/u/workspaceStorage/1/GitHub.copilot-chat/transcripts/s1.jsonl",
  cwd: "/repo",
  tool_name: "replace_string_in_file",
  tool_input: { filePath: "/repo/a.ts", oldString: "a", newString: "b" },
  tool_use_id: "c1",
};
const generic = {
  type: "ai_agent",
  repo_working_dir: "/repo",
  edited_filepaths: ["a.ts", "b.ts"],
  agent_name: "MyTool",
  model: "m",
  conversation_id: "s1",
  dirty_files: { "a.ts": "b" },
};

const cursor = {
  conversation_id: "s1",
  generation_id: "g1",
  hook_event_name: "afterFileEdit",
  workspace_roots: ["/repo"],
  cursor_version: "2.4.0",
  model: "m",
  file_path: "/repo/a.ts",
  edits: [{ old_string: "a", new_string: "b" }],
};
const droid = {
  session_id: "s1",
  cwd: "/repo",
  hookEventName: "PostToolUse",
  tool_name: "ApplyPatch",
  tool_use_id: "c1",
  tool_input: "*** Begin Patch\n*** Update File: a.ts\n@@\n-a\n+b\n*** End Patch",
};
const windsurf = {
  trajectory_id: "s1",
  agent_action_name: "post_write_code",
  model_name: "Unknown",
  execution_id: "c1",
  tool_info: { file_path: "/repo/a.ts", edits: [{ old_string: "a", new_string: "b" }] },
};
const openCode = {
  hook_event_name: "PostToolUse",
  session_id: "s1",
  tool_use_id: "c1",
  cwd: "/repo",
  tool_name: "edit",
  tool_input: { filePath: "a.ts", oldString: "a", newString: "b" },
};
const amp = {
  hook_event_name: "PostToolUse",
  thread_id: "T-1",
  tool_use_id: "c1",
  cwd: "/repo",
  tool_name: "edit_file",
  tool_input: { path: "/repo/a.ts", old_str: "a", new_str: "b" },
};
const cline = {
  hookName: "PostToolUse",
  taskId: "s1",
  workspaceRoots: ["/repo"],
  model: { provider: "p", slug: "m" },
  postToolUse: { toolName: "write_to_file", parameters: { path: "a.ts", content: "b" }, success: true },
};

const read = (tool: string, payload: object) =>
  readHookPayload(tool, JSON.stringify(payload), 5)?.map((edit) => [
    edit.tool,
    edit.model ?? "-",
    edit.call ?? "-",
    edit.path,
    edit.outcome,
    edit.text,
  ]);

suite("What hooks of tools say", () => {
  test("is an edit with its file, its text, and whether it was made", () => {
    const file = "/repo/a.ts";
    assert.deepEqual(read("claude-code", claude), [["claude-code", "-", "toolu_1", file, "applied", pieces]]);
    assert.deepEqual(
      read("claude-code", { ...claude, hook_event_name: "PreToolUse", tool_response: undefined }),
      [["claude-code", "-", "toolu_1", file, "proposed", pieces]],
    );
    assert.deepEqual(read("codex", codex), [["codex", "gpt-5-codex", "c1", file, "applied", pieces]]);
    const words = { ...codex, tool_input: { command: ["apply_patch", codex.tool_input.patch] } };
    assert.deepEqual(read("codex", words), read("codex", codex));
    assert.equal(read("codex", { ...codex, tool_input: { changes: [] } }), undefined, "not nothing");
    assert.deepEqual(read("gemini-cli", gemini), [["gemini-cli", "-", "-", file, "applied", pieces]]);
    assert.deepEqual(read("github-copilot", copilot), [
      ["github-copilot", "-", "c1", file, "applied", pieces],
    ]);
    assert.deepEqual(
      read("github-copilot", {
        ...copilot,
        tool_name: "create_file",
        tool_input: { filePath: "new.ts", content: "b" },
      }),
      [["github-copilot", "-", "c1", "/repo/new.ts", "applied", { kind: "whole", before: "", after: "b" }]],
    );
    assert.deepEqual(
      read("github-copilot", {
        hook_event_name: "PostToolUse",
        session_id: "s1",
        cwd: "/repo",
        tool_name: "edit",
        tool_input: { path: "a.ts", old_str: "a", new_str: "b" },
        tool_result: { result_type: "failure" },
      }),
      [["copilot-cli", "-", "-", file, "failed", pieces]],
    );
    assert.deepEqual(read("agent", generic), [
      ["mytool", "m", "-", file, "applied", { kind: "whole", after: "b" }],
      ["mytool", "m", "-", "/repo/b.ts", "applied", { kind: "unsaid" }],
    ]);
    assert.deepEqual(
      read("agent", { ...generic, edited_filepaths: ["a.ts"], dirty_files_before: { "a.ts": "a" } }),
      [["mytool", "m", "-", file, "applied", { kind: "whole", before: "a", after: "b" }]],
    );
  });

  test("is the same of tools with other words for it", () => {
    const file = "/repo/a.ts";
    assert.deepEqual(read("cursor", cursor), [["cursor", "m", "-", file, "applied", pieces]]);
    const tab = readHookPayload(
      "cursor",
      JSON.stringify({
        ...cursor,
        hook_event_name: "afterTabFileEdit",
        edits: [{ old_string: "", new_string: "b" }],
      }),
      5,
    );
    // Nothing was there before: it is put in, and is no whole file.
    assert.deepEqual(
      tab?.map(({ mode, text }) => [mode, text]),
      [["completion", { kind: "pieces", pieces: [{ after: "b" }] }]],
    );
    assert.deepEqual(read("droid", droid), [["droid", "-", "c1", file, "applied", pieces]]);
    assert.deepEqual(read("windsurf", windsurf), [["windsurf", "-", "c1", file, "applied", pieces]]);
    assert.deepEqual(read("opencode", openCode), [["opencode", "-", "c1", file, "applied", pieces]]);
    assert.deepEqual(read("opencode", { ...openCode, filediff: { file, before: "xa", after: "xb" } }), [
      ["opencode", "-", "c1", file, "applied", { kind: "whole", before: "xa", after: "xb" }],
    ]);
    assert.deepEqual(read("amp", amp), [["amp", "-", "c1", file, "applied", pieces]]);
    assert.deepEqual(read("amp", { ...amp, thread_id: undefined }), undefined);
    const patch = { patchText: codex.tool_input.patch };
    assert.deepEqual(read("amp", { ...amp, tool_name: "apply_patch", tool_input: patch }), [
      ["amp", "-", "c1", file, "applied", pieces],
    ]);
    assert.deepEqual(read("cline", cline), [
      ["cline", "m", "-", file, "applied", { kind: "whole", after: "b" }],
    ]);
    const failed = { ...cline, postToolUse: { ...cline.postToolUse, success: false } };
    assert.equal(read("cline", failed)?.[0]?.[4], "failed");
  });

  test("is read where control characters stand in its strings as they are", () => {
    const text = JSON.stringify(windsurf).replace('"a"', '"a\tb\nc"');
    const [edit] = readHookPayload("windsurf", text, 5)!;
    assert.deepEqual(edit!.text, { kind: "pieces", pieces: [{ before: "a\tb\nc", after: "b" }] });
  });

  test("that was cut off within a text of four megabytes is a problem that is seen at once", () => {
    const content = JSON.stringify({ key: "value" }).repeat(300_000);
    const cut = JSON.stringify({ ...claude, tool_input: { file_path: "/work/a.json", content } }).slice(
      0,
      4_000_000,
    );
    assert.ok(cut.length === 4_000_000 && cut.includes('\\"'));
    assert.equal(readHookPayload("claude-code", cut, 5), undefined);
    assert.equal(isOfTool("claude-code", Buffer.from(cut)), false);
  });

  test("without a folder to which its path is relative is a problem, and no file of the root's", () => {
    assert.equal(read("droid", { ...droid, cwd: undefined }), undefined);
    assert.equal(read("cline", { ...cline, workspaceRoots: [] }), undefined);
    assert.equal(read("opencode", { ...openCode, tool_input: {} }), undefined);
    for (const cwd of [undefined, "here", "../there"]) {
      const relative = JSON.parse(JSON.stringify(copilot).replaceAll("/repo/", "")) as object;
      assert.equal(read("github-copilot", { ...relative, cwd }), undefined, `copilot in ${cwd}`);
      const edited = { edited_filepaths: ["a.ts"], dirty_files: { "a.ts": "x" } };
      const said = cwd === undefined ? {} : { repo_working_dir: cwd };
      assert.equal(read("agent", { ...generic, repo_working_dir: undefined, ...said, ...edited }), undefined);
    }
    assert.deepEqual(read("opencode", { ...openCode, tool_name: "bash" }), []);
  });

  const command = "cd sub && cat > new.ts <<'EOF'\none\nEOF\ntee -a /repo/b.ts <<'EOF'\ntwo\nEOF\nls";
  const written = (outcome: string) => [
    ["/repo/sub/new.ts", outcome, { kind: "whole", after: "one\n" }],
    ["/repo/b.ts", outcome, { kind: "pieces", pieces: [{ after: "two\n" }] }],
  ];
  const elsewhere = (outcome: string) => written(outcome).slice(1);
  const told = (tool: string, payload: object) =>
    readHookPayload(tool, JSON.stringify(payload), 5)?.map((edit) => [edit.path, edit.outcome, edit.text]);

  test("is what a command of a shell writes, where its text stands in the command", () => {
    const before = { hook_event_name: "PreToolUse", tool_response: undefined };
    const bash = { ...claude, tool_name: "Bash", tool_input: { command }, tool_response: { stdout: "" } };
    assert.deepEqual(told("claude-code", { ...bash, ...before }), written("proposed"));
    // Where it went it stays: of a path that is relative to that, nobody can say where it lies afterwards.
    assert.deepEqual(told("claude-code", bash), elsewhere("applied"));
    const there = { ...bash, tool_input: { command: command.replace("cd sub", "cd /repo/sub") } };
    assert.deepEqual(told("claude-code", there), written("applied"));
    const stopped = { ...bash, tool_response: { stdout: "", interrupted: true } };
    assert.deepEqual(told("claude-code", stopped), elsewhere("unknown"));
    const failed = { ...bash, hook_event_name: "PostToolUseFailure", tool_response: undefined };
    assert.deepEqual(told("claude-code", failed), elsewhere("failed"));
    for (const [tool, payload] of [
      ["codex", { ...codex, tool_name: "Bash", tool_input: { command } }],
      ["codex", { ...codex, tool_name: "exec_command", tool_input: { cmd: command, workdir: "/repo" } }],
      ["codex", { ...codex, tool_name: "shell", tool_input: { command: ["bash", "-lc", command] } }],
      ["gemini-cli", { ...gemini, tool_name: "run_shell_command", tool_input: { command } }],
      ["github-copilot", { ...copilot, tool_name: "run_in_terminal", tool_input: { command } }],
      ["droid", { ...droid, tool_name: "Execute", tool_input: { command } }],
      ["opencode", { ...openCode, tool_name: "bash", tool_input: { command } }],
      ["amp", { ...amp, tool_name: "Bash", tool_input: { cmd: command, cwd: "/repo" } }],
    ] as const)
      assert.deepEqual(told(tool, payload), written("applied"), `${tool} ${payload.tool_name}`);
    const inFolder = { command: command.replace("cd sub && ", ""), workdir: "sub", dir_path: "sub" };
    for (const [tool, payload] of [
      ["codex", { ...codex, tool_name: "shell_command", tool_input: inFolder }],
      ["gemini-cli", { ...gemini, tool_name: "run_shell_command", tool_input: inFolder }],
      ["opencode", { ...openCode, tool_name: "bash", tool_input: inFolder }],
    ] as const)
      assert.deepEqual(told(tool, payload), written("applied"), `${tool} in a folder`);
    const ended = { ...openCode, tool_name: "bash", tool_input: { command }, exit: 1 };
    assert.deepEqual(told("opencode", ended), written("failed"));
    const refused = { llmContent: "Output: no\nExit Code: 1" };
    const inShell = { ...gemini, tool_name: "run_shell_command", tool_input: { command } };
    assert.deepEqual(told("gemini-cli", { ...inShell, tool_response: refused }), written("failed"));
  });

  test("is no more of a command than its tool says of it: how it ended, and where it was", () => {
    const shell = { ...cursor, hook_event_name: "afterShellExecution", command, edits: undefined };
    assert.deepEqual(told("cursor", shell), elsewhere("unknown"));
    assert.deepEqual(told("cursor", { ...shell, cwd: "/repo" }), written("unknown"));
    const info = { command_line: command, cwd: "/repo" };
    const run = { ...windsurf, agent_action_name: "post_run_command", tool_info: info };
    assert.deepEqual(told("windsurf", run), written("unknown"));
    const execute = { toolName: "execute_command", parameters: { command }, success: true };
    assert.deepEqual(told("cline", { ...cline, postToolUse: execute }), elsewhere("applied"));
    const several = { toolName: "run_commands", parameters: { commands: ["ls", command] }, success: true };
    assert.deepEqual(told("cline", { ...cline, postToolUse: several }), elsewhere("applied"));
    const asked = { ...openCode, tool_name: "bash", tool_input: { command: "sed -n 1p a.ts" } };
    assert.deepEqual(told("opencode", asked), []);
  });

  test("is of a shell command that any tool tells of", () => {
    const shell = { ...generic, type: "post_shell_command", tool_use_id: "c1", command };
    assert.deepEqual(told("agent", shell), written("applied"));
    assert.deepEqual(told("agent", { ...shell, type: "pre_shell_command" }), written("proposed"));
    assert.equal(readHookPayload("agent", JSON.stringify(shell), 5)?.[0]?.call, "c1");
    assert.deepEqual(told("agent", { ...shell, command: "ls" }), []);
    assert.equal(told("agent", { ...shell, agent_name: undefined }), undefined);
    assert.equal(told("agent", { ...shell, command: undefined }), undefined);
  });

  test("is the tool's that called it, and not the one's whose hooks it runs", () => {
    assert.deepEqual(
      read("claude-code", { ...copilot })?.map(([tool]) => tool),
      ["github-copilot"],
    );
    for (const more of [{ cursor_version: "2.4.0" }, { transcript_path: "/h/.cursor/projects/x.jsonl" }])
      assert.deepEqual(
        read("claude-code", { ...claude, ...more })?.map(([tool]) => tool),
        ["cursor"],
      );
  });

  test("is nothing where no file is edited, and a problem where it is of no known form", () => {
    assert.deepEqual(read("claude-code", { ...claude, tool_name: "Read" }), []);
    assert.deepEqual(read("codex", { ...codex, tool_name: "shell", tool_input: { command: ["ls"] } }), []);
    assert.deepEqual(read("agent", { type: "human" }), []);
    for (const wrong of [
      {},
      { ...claude, session_id: undefined },
      { ...claude, hook_event_name: "UserPromptSubmit" },
    ])
      assert.equal(read("claude-code", wrong), undefined);
    assert.equal(read("nobody", claude), undefined);
    const odd = { renamed_path: "/repo/a.ts", newest: "b" };
    for (const [tool, of, names] of [
      ["codex", codex, ["apply_patch"]],
      ["github-copilot", copilot, ["create_file", "replace_string_in_file", "apply_patch", "edit"]],
      ["gemini-cli", gemini, ["write_file", "replace"]],
    ] as const)
      for (const tool_name of names)
        assert.equal(read(tool, { ...of, tool_name, tool_input: odd }), undefined, `${tool} ${tool_name}`);
    assert.equal(readHookPayload("claude-code", "not JSON", 5), undefined);
    assert.equal(read("claude-code", [claude] as object), undefined);
  });

  test("of 10,000 payloads that are wrong in any way invents nothing and throws nothing", () => {
    const random = seededRandom(4711);
    const sound = [
      ["claude-code", claude],
      ["codex", codex],
      ["gemini-cli", gemini],
      ["github-copilot", copilot],
      ["agent", generic],
      ["cursor", cursor],
      ["droid", droid],
      ["windsurf", windsurf],
      ["opencode", openCode],
      ["cline", cline],
      ["amp", amp],
    ] as const;
    let problems = 0;
    for (let count = 0; count < 10_000; count++) {
      const [tool, payload] = sound[Math.floor(random() * sound.length)]!;
      const text = JSON.stringify(payload);
      const from = Math.floor(random() * text.length);
      const put = ["", "null", "[]", '"', "{", "-1", "../..", "\u0000", "}"][Math.floor(random() * 9)]!;
      const edits = readHookPayload(
        tool,
        text.slice(0, from) + put + text.slice(from + Math.floor(random() * 9)),
        5,
      );
      if (edits === undefined) problems++;
      for (const edit of edits ?? []) {
        assert.ok(path.isAbsolute(edit.path) && !edit.path.split("/").includes(".."), edit.path);
        assert.equal(edit.at, 5);
        if (edit.text.kind === "pieces")
          for (const { after } of edit.text.pieces) assert.equal(typeof after, "string");
      }
    }
    assert.ok(problems > 1000, `${problems}`);
  });
});
