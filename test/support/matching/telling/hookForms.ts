import { commandOf, madeModel, nameOf, passageOf, patchOf, workFolder, type MadeEdit } from "./made.ts";

/** What a tool hands to its hooks, by the tool whose configuration they stand in. */
export interface HookForm {
  /** The tool as `kept hook` is called by it. */
  readonly calledAs: string;
  /** Before an edit, where it has a hook for that. */
  readonly before?: (edit: MadeEdit) => object;
  readonly after: (edit: MadeEdit) => object;
}

const shellInput = (edit: MadeEdit) => ({ command: commandOf(edit) });

const claudeInput = (edit: MadeEdit) => {
  const { before, after } = passageOf(edit);
  if (edit.madeBy === "shell") return { name: "Bash", input: shellInput(edit) };
  return edit.madeBy === "passage"
    ? { name: "Edit", input: { file_path: edit.path, old_string: before, new_string: after } }
    : { name: "Write", input: { file_path: edit.path, content: edit.textAfter } };
};

const claude = (edit: MadeEdit) => ({
  session_id: edit.session,
  transcript_path: `/home/somebody/.claude/projects/work/${edit.session}.jsonl`,
  cwd: workFolder,
  permission_mode: "acceptEdits",
  tool_name: claudeInput(edit).name,
  tool_use_id: edit.call,
  tool_input: claudeInput(edit).input,
});

const claudeResponse = (edit: MadeEdit) => {
  const { before, after } = passageOf(edit);
  if (edit.madeBy === "shell") return { stdout: "", stderr: "", interrupted: false };
  const common = {
    filePath: edit.path,
    originalFile: edit.textBefore ?? null,
    structuredPatch: [],
    userModified: false,
  };
  return edit.madeBy === "passage"
    ? { ...common, oldString: before, newString: after, replaceAll: false }
    : { ...common, type: edit.textBefore === undefined ? "create" : "update", content: edit.textAfter };
};

const codex = (edit: MadeEdit) => ({
  session_id: edit.session,
  cwd: workFolder,
  model: madeModel,
  tool_name: edit.madeBy === "shell" ? "Bash" : "apply_patch",
  tool_use_id: edit.call,
  tool_input: edit.madeBy === "shell" ? shellInput(edit) : { command: patchOf(edit) },
});

/** Of a tool that inserts code where it sees fit it names only the file. */
const copilotInput = (edit: MadeEdit) => {
  const { before, after } = passageOf(edit);
  switch (edit.madeBy) {
    case "passage":
      return {
        name: "replace_string_in_file",
        input: { filePath: edit.path, oldString: before, newString: after },
      };
    case "patch":
      return { name: "apply_patch", input: { input: patchOf(edit), explanation: "for a test" } };
    case "shell":
      return { name: "run_in_terminal", input: { ...shellInput(edit), isBackground: false } };
    case "unsaid":
      return {
        name: "insert_edit_into_file",
        input: { filePath: edit.path, code: `// ...existing code...\n${edit.after}` },
      };
    default:
      return { name: "create_file", input: { filePath: edit.path, content: edit.textAfter } };
  }
};

const copilot = (edit: MadeEdit) => ({
  timestamp: "2026-01-05T09:00:00.000Z",
  session_id: edit.session,
  transcript_path: `/home/somebody/workspaceStorage/1/GitHub.copilot-chat/transcripts/${edit.session}.jsonl`,
  cwd: workFolder,
  tool_name: copilotInput(edit).name,
  tool_input: copilotInput(edit).input,
  tool_use_id: edit.call,
});

const copilotCommandLine = (edit: MadeEdit) => {
  const { before, after } = passageOf(edit);
  const known = { session_id: edit.session, cwd: workFolder };
  if (edit.madeBy === "patch") return { ...known, tool_name: "apply_patch", tool_input: patchOf(edit) };
  if (edit.madeBy === "shell") return { ...known, tool_name: "bash", tool_input: shellInput(edit) };
  return edit.madeBy === "passage"
    ? { ...known, tool_name: "edit", tool_input: { path: edit.path, old_str: before, new_str: after } }
    : { ...known, tool_name: "create", tool_input: { path: edit.path, file_text: edit.textAfter } };
};

const gemini = (edit: MadeEdit) => {
  const { before, after } = passageOf(edit);
  const known = { session_id: edit.session, cwd: workFolder, timestamp: "2026-01-05T09:00:00.000Z" };
  if (edit.madeBy === "shell")
    return { ...known, tool_name: "run_shell_command", tool_input: shellInput(edit) };
  return edit.madeBy === "passage"
    ? {
        ...known,
        tool_name: "replace",
        tool_input: { file_path: edit.path, old_string: before, new_string: after },
      }
    : { ...known, tool_name: "write_file", tool_input: { file_path: edit.path, content: edit.textAfter } };
};

const droid = (edit: MadeEdit) => {
  const { before, after } = passageOf(edit);
  const known = { session_id: edit.session, cwd: workFolder, tool_use_id: edit.call };
  if (edit.madeBy === "patch")
    return { ...known, tool_name: "ApplyPatch", tool_input: { input: patchOf(edit) } };
  if (edit.madeBy === "shell") return { ...known, tool_name: "Execute", tool_input: shellInput(edit) };
  return edit.madeBy === "passage"
    ? {
        ...known,
        tool_name: "Edit",
        tool_input: { file_path: edit.path, old_str: before, new_str: after },
      }
    : { ...known, tool_name: "Create", tool_input: { file_path: edit.path, content: edit.textAfter } };
};

const openCodeInput = (edit: MadeEdit) => {
  const { before, after } = passageOf(edit);
  if (edit.madeBy === "shell") return { tool: "bash", input: shellInput(edit) };
  return edit.madeBy === "passage"
    ? { tool: "edit", input: { filePath: nameOf(edit), oldString: before, newString: after } }
    : { tool: "write", input: { filePath: nameOf(edit), content: edit.textAfter } };
};

const amp = (edit: MadeEdit) => {
  const { before, after } = passageOf(edit);
  const known = { thread_id: edit.session, tool_use_id: edit.call, cwd: workFolder };
  if (edit.madeBy === "patch")
    return { ...known, tool_name: "apply_patch", tool_input: { patchText: patchOf(edit) } };
  if (edit.madeBy === "shell")
    return { ...known, tool_name: "Bash", tool_input: { cmd: commandOf(edit), cwd: workFolder } };
  return edit.madeBy === "passage"
    ? { ...known, tool_name: "edit_file", tool_input: { path: edit.path, old_str: before, new_str: after } }
    : { ...known, tool_name: "create_file", tool_input: { path: edit.path, content: edit.textAfter } };
};

const generic = (edit: MadeEdit) => ({
  type: "ai_agent",
  agent_name: "another-agent",
  model: madeModel,
  conversation_id: edit.session,
  repo_working_dir: workFolder,
  edited_filepaths: [nameOf(edit)],
  dirty_files: { [nameOf(edit)]: edit.textAfter },
});

const genericShell = (edit: MadeEdit) => ({
  agent_name: "another-agent",
  model: madeModel,
  conversation_id: edit.session,
  repo_working_dir: workFolder,
  tool_use_id: edit.call,
  ...shellInput(edit),
});

const named = (event: string, form: (edit: MadeEdit) => object) => (edit: MadeEdit) => ({
  hook_event_name: event,
  ...form(edit),
});

export const hookForms: Readonly<Record<string, HookForm>> = {
  "claude-code": {
    calledAs: "claude-code",
    before: named("PreToolUse", claude),
    after: named("PostToolUse", (edit) => ({ ...claude(edit), tool_response: claudeResponse(edit) })),
  },
  codex: {
    calledAs: "codex",
    before: named("PreToolUse", codex),
    after: named("PostToolUse", (edit) => ({ ...codex(edit), tool_response: "Done!" })),
  },
  "github-copilot": {
    calledAs: "github-copilot",
    before: named("PreToolUse", copilot),
    after: named("PostToolUse", (edit) => ({ ...copilot(edit), tool_response: "done" })),
  },
  "copilot-cli": {
    calledAs: "github-copilot",
    before: named("PreToolUse", copilotCommandLine),
    after: named("PostToolUse", (edit) => ({
      ...copilotCommandLine(edit),
      tool_result: { result_type: "success", text_result_for_llm: "" },
    })),
  },
  cursor: {
    calledAs: "cursor",
    after: (edit) => {
      const { before, after } = passageOf(edit);
      const common = {
        conversation_id: edit.session,
        generation_id: edit.call,
        model: madeModel,
        cursor_version: "2.4.0",
        workspace_roots: [workFolder],
      };
      if (edit.madeBy === "shell")
        return { ...common, hook_event_name: "afterShellExecution", ...shellInput(edit), output: "" };
      const edits =
        edit.textBefore === undefined || edit.madeBy === "whole"
          ? [{ old_string: edit.textBefore ?? "", new_string: edit.textAfter }]
          : [{ old_string: before, new_string: after }];
      return { ...common, hook_event_name: "afterFileEdit", file_path: edit.path, edits };
    },
  },
  "gemini-cli": {
    calledAs: "gemini-cli",
    before: named("BeforeTool", gemini),
    after: named("AfterTool", (edit) => ({
      ...gemini(edit),
      tool_response: {
        llmContent: "done",
        ...(edit.madeBy !== "shell" && {
          returnDisplay: { originalContent: edit.textBefore ?? "", newContent: edit.textAfter },
        }),
      },
    })),
  },
  windsurf: {
    calledAs: "windsurf",
    after: (edit) => {
      const { before, after } = passageOf(edit);
      const known = { trajectory_id: edit.session, execution_id: edit.call, model_name: "Unknown" };
      if (edit.madeBy === "shell") {
        const tool_info = { command_line: commandOf(edit), cwd: workFolder };
        return { ...known, agent_action_name: "post_run_command", tool_info };
      }
      return {
        ...known,
        agent_action_name: "post_write_code",
        tool_info: {
          file_path: edit.path,
          edits: [
            edit.textBefore === undefined
              ? { old_string: "", new_string: edit.textAfter }
              : { old_string: before, new_string: after },
          ],
        },
      };
    },
  },
  droid: {
    calledAs: "droid",
    before: (edit) => ({ hookEventName: "PreToolUse", ...droid(edit) }),
    after: (edit) => ({ hookEventName: "PostToolUse", ...droid(edit) }),
  },
  opencode: {
    calledAs: "opencode",
    after: named("PostToolUse", (edit) => ({
      session_id: edit.session,
      tool_use_id: edit.call,
      cwd: workFolder,
      tool_name: openCodeInput(edit).tool,
      tool_input: openCodeInput(edit).input,
      ...(edit.madeBy === "shell"
        ? { exit: 0 }
        : { filediff: { file: edit.path, before: edit.textBefore ?? "", after: edit.textAfter } }),
    })),
  },
  amp: { calledAs: "amp", after: named("PostToolUse", amp) },
  cline: {
    calledAs: "cline",
    after: (edit) => ({
      hookName: "PostToolUse",
      taskId: edit.session,
      workspaceRoots: [workFolder],
      model: { provider: "a provider", slug: madeModel },
      postToolUse:
        edit.madeBy === "shell"
          ? { toolName: "execute_command", parameters: shellInput(edit), success: true }
          : {
              toolName: "write_to_file",
              parameters: { path: nameOf(edit), content: edit.textAfter },
              success: true,
            },
    }),
  },
  agent: { calledAs: "agent", after: generic },
  "agent that tells of its shell": {
    calledAs: "agent",
    before: (edit) => ({ type: "pre_shell_command", ...genericShell(edit) }),
    after: (edit) => ({ type: "post_shell_command", ...genericShell(edit) }),
  },
  "agent that says what was there before": {
    calledAs: "agent",
    after: (edit) => ({ ...generic(edit), dirty_files_before: { [nameOf(edit)]: edit.textBefore ?? "" } }),
  },
};
