import { claudeAnswer, claudeCall, claudeResult, codexLine, codexTokens } from "../../agents/logLines.ts";
import { copilotEvent } from "../../agents/chatRecords.ts";
import {
  commandOf,
  madeModel,
  nameOf,
  passageOf,
  patchOf,
  workFolder,
  type MadeEdit,
  type Moment,
} from "./made.ts";

/** A record that a tool writes line by line. */
export interface LineForm {
  readonly tool: string;
  /** Below the folder in which the tool's records lie. */
  readonly file: string;
  readonly start?: (session: string, at: number) => readonly (object | string)[];
  readonly lines: (moment: Moment) => readonly (object | string)[];
}

const iso = (at: number) => new Date(at).toISOString();

function claudeInput(edit: MadeEdit): { readonly name: string; readonly input: object } {
  const { before, after } = passageOf(edit);
  if (edit.madeBy === "passage")
    return { name: "Edit", input: { file_path: edit.path, old_string: before, new_string: after } };
  if (edit.madeBy === "shell") return { name: "Bash", input: { command: commandOf(edit) } };
  return { name: "Write", input: { file_path: edit.path, content: edit.textAfter } };
}

function claudeLines({ edit, at, outcome }: Moment): string[] {
  const place = { session: edit.session, at, cwd: workFolder };
  const { name, input } = claudeInput(edit);
  if (outcome === "proposed") {
    const content = [claudeCall(edit.call, name, input)];
    return [claudeAnswer(place, { id: `msg of ${edit.call}`, model: madeModel, content })];
  }
  const { before, after } = passageOf(edit);
  const file = {
    filePath: edit.path,
    originalFile: edit.textBefore ?? null,
    structuredPatch: [],
    userModified: false,
  };
  const done =
    edit.madeBy === "passage"
      ? { ...file, oldString: before, newString: after }
      : edit.madeBy === "shell"
        ? { stdout: "", stderr: "", interrupted: false }
        : { ...file, type: edit.textBefore === undefined ? "create" : "update", content: edit.textAfter };
  const refused = outcome === "rejected" ? "User rejected tool use" : "Error: the passage was not found";
  const isError = outcome !== "applied";
  return [claudeResult(place, { call: edit.call, isError, result: isError ? refused : done })];
}

function codexLines({ edit, at, outcome }: Moment): string[] {
  const call = { call_id: edit.call };
  const isShell = edit.madeBy === "shell";
  if (outcome === "proposed") {
    const given = isShell
      ? {
          type: "function_call",
          name: "shell",
          arguments: JSON.stringify({ command: ["bash", "-lc", commandOf(edit)], workdir: workFolder }),
        }
      : { type: "custom_tool_call", name: "apply_patch", input: patchOf(edit) };
    const usage = { input: at % 1e9, cached: 0, output: 5, reasoning: 0 };
    return [codexLine(at, "response_item", { ...call, ...given }), codexTokens(at, usage, usage)];
  }
  const code = outcome === "applied" ? 0 : 1;
  const output = JSON.stringify({ output: "an answer", metadata: { exit_code: code } });
  const type = isShell ? "function_call_output" : "custom_tool_call_output";
  return [codexLine(at, "response_item", { ...call, type, output })];
}

function copilotLines(
  { edit, at, outcome }: Moment,
  calls: (edit: MadeEdit) => { readonly toolName: string; readonly arguments: unknown },
): object[] {
  const toolCallId = edit.call;
  return outcome === "proposed"
    ? [copilotEvent(at, "tool.execution_start", { toolCallId, ...calls(edit) })]
    : [copilotEvent(at, "tool.execution_complete", { toolCallId, success: outcome === "applied" })];
}

const commandLineCall = (edit: MadeEdit) => {
  const { before, after } = passageOf(edit);
  if (edit.madeBy === "patch") return { toolName: "apply_patch", arguments: patchOf(edit) };
  if (edit.madeBy === "shell") return { toolName: "bash", arguments: { command: commandOf(edit) } };
  return edit.madeBy === "passage"
    ? { toolName: "edit", arguments: { path: edit.path, old_str: before, new_str: after } }
    : { toolName: "create", arguments: { path: edit.path, file_text: edit.textAfter } };
};

/** In VS Code, as the model calls them. */
export const editorCall = (edit: MadeEdit) => {
  const { before, after } = passageOf(edit);
  switch (edit.madeBy) {
    case "passage":
      return {
        toolName: "replace_string_in_file",
        arguments: { filePath: edit.path, oldString: before, newString: after },
      };
    case "patch":
      return { toolName: "apply_patch", arguments: { input: patchOf(edit), explanation: "for a test" } };
    case "shell":
      return { toolName: "run_in_terminal", arguments: { command: commandOf(edit), isBackground: false } };
    case "unsaid":
      return { toolName: "insert_edit_into_file", arguments: { filePath: edit.path, code: edit.after } };
    default:
      return { toolName: "create_file", arguments: { filePath: edit.path, content: edit.textAfter } };
  }
};

const started = (session: string, at: number) => [
  copilotEvent(at, "session.start", { sessionId: session, context: { cwd: workFolder } }),
  copilotEvent(at, "session.model_change", { newModel: madeModel }),
];

/** It says neither when, nor what became of it. */
function cursorLines({ edit, outcome }: Moment): object[] {
  if (outcome !== "proposed") return [];
  const { before, after } = passageOf(edit);
  const called =
    edit.madeBy === "passage"
      ? { name: "StrReplace", input: { path: edit.path, old_string: before, new_string: after } }
      : { name: "Write", input: { path: edit.path, contents: edit.textAfter } };
  const content = [
    { type: "text", text: "an answer" },
    { type: "tool_use", ...called },
  ];
  return [{ role: "assistant", message: { content } }];
}

function geminiLines({ edit, at, outcome }: Moment): object[] {
  if (outcome === "proposed") return [];
  const { before, after } = passageOf(edit);
  const shown = {
    fileName: nameOf(edit),
    originalContent: edit.textBefore ?? null,
    newContent: edit.textAfter,
  };
  const called =
    edit.madeBy === "passage"
      ? { name: "replace", args: { file_path: edit.path, old_string: before, new_string: after } }
      : edit.madeBy === "shell"
        ? { name: "run_shell_command", args: { command: commandOf(edit) } }
        : { name: "write_file", args: { file_path: edit.path, content: edit.textAfter } };
  const status = { applied: "success", failed: "error", rejected: "cancelled" }[outcome];
  const tokens = { input: 10, cached: 0, output: 5, thoughts: 0, tool: 0, total: 15 };
  const call = {
    id: edit.call,
    ...called,
    status,
    timestamp: iso(at),
    ...(outcome === "applied" && edit.madeBy !== "shell" && { resultDisplay: shown }),
  };
  const answer = {
    type: "gemini",
    id: `message of ${edit.call}`,
    timestamp: iso(at),
    model: madeModel,
    tokens,
  };
  return [{ ...answer, content: "an answer", toolCalls: [call] }];
}

function droidLines({ edit, at, outcome }: Moment): object[] {
  const message = (role: string, part: object) => ({
    type: "message",
    id: `${role} of ${edit.call}`,
    timestamp: iso(at),
    message: { role, content: [part] },
  });
  if (outcome !== "proposed") {
    const content = JSON.stringify({ success: outcome === "applied", file_path: edit.path });
    return [message("user", { type: "tool_result", tool_use_id: edit.call, content })];
  }
  const { before, after } = passageOf(edit);
  const called =
    edit.madeBy === "patch"
      ? { name: "ApplyPatch", input: { input: patchOf(edit) } }
      : edit.madeBy === "passage"
        ? { name: "Edit", input: { file_path: edit.path, old_str: before, new_str: after } }
        : { name: "Create", input: { file_path: edit.path, content: edit.textAfter } };
  return [message("assistant", { type: "tool_use", id: edit.call, ...called })];
}

/** It tells of an edit once somebody said yes or no. */
function windsurfLines({ edit, outcome }: Moment): object[] {
  if (outcome === "proposed" || outcome === "failed") return [];
  const { before, after } = passageOf(edit);
  const isWhole = edit.madeBy !== "passage";
  const action = {
    acknowledgement_type: `ACKNOWLEDGEMENT_TYPE_${outcome === "applied" ? "ACCEPT" : "REJECT"}`,
    path: `file://${edit.path}`,
    original_content: isWhole ? (edit.textBefore ?? "") : before,
    new_content: isWhole ? edit.textAfter : after,
  };
  return [{ type: "code_action", status: "done", code_action: action }];
}

/** One line for what Continue's extension showed in the editor, with the answer. */
function outcomeLines({ edit, at, outcome }: Moment): object[] {
  if (outcome === "proposed" || outcome === "failed") return [];
  const { before, after } = passageOf(edit);
  return [
    {
      eventName: "editOutcome",
      timestamp: iso(at),
      modelName: madeModel,
      filepath: `file://${edit.path}`,
      previousCode: before,
      newCode: after,
      accepted: outcome === "applied",
    },
  ];
}

export const lineForms = {
  claudeCode: { tool: "claude-code", file: "work/session.jsonl", lines: claudeLines },
  codex: {
    tool: "codex",
    file: "2026/01/05/rollout-1.jsonl",
    start: (session, at) => [
      codexLine(at, "session_meta", { id: session, cwd: workFolder }),
      codexLine(at, "turn_context", { model: madeModel, cwd: workFolder }),
    ],
    lines: codexLines,
  },
  copilotTranscript: {
    tool: "github-copilot",
    file: "workspaceStorage/1/GitHub.copilot-chat/transcripts/session.jsonl",
    start: started,
    lines: (moment) => copilotLines(moment, editorCall),
  },
  copilotCli: {
    tool: "copilot-cli",
    file: "session-state/session/events.jsonl",
    start: started,
    lines: (moment) => copilotLines(moment, commandLineCall),
  },
  cursor: { tool: "cursor", file: "work/agent-transcripts/session.jsonl", lines: cursorLines },
  geminiCli: { tool: "gemini-cli", file: "work/chats/session-1.jsonl", lines: geminiLines },
  droid: {
    tool: "droid",
    file: "work/session.jsonl",
    start: (session) => [{ type: "session_start", id: session, cwd: workFolder }],
    lines: droidLines,
  },
  windsurf: { tool: "windsurf", file: "session.jsonl", lines: windsurfLines },
  continueOutcomes: { tool: "continue", file: "dev_data/0.2.0/editOutcome.jsonl", lines: outcomeLines },
} as const satisfies Readonly<Record<string, LineForm>>;
