import type { Agent } from "../../../../server/agents/agent.ts";
import { copilotEditing } from "../../../../server/agents/copilotEditing.ts";
import { continueAnswer } from "../../agents/sessionRecords.ts";
import { chat, chatEdits } from "./chatForms.ts";
import { commandOf, madeModel, passageOf, patchOf, workFolder, type MadeCall } from "./made.ts";

/** A record that a tool writes anew as a whole. */
export interface DocumentForm {
  readonly tool: string;
  /** Where it is not the first of the tool's. */
  readonly agent?: Agent;
  readonly file: string;
  readonly document: (session: string, calls: readonly MadeCall[]) => object;
}

const iso = (at: number) => new Date(at).toISOString();

function ampThread(session: string, calls: readonly MadeCall[]): object {
  const status = { applied: "done", failed: "error", rejected: "rejected-by-user" };
  const messages = calls.flatMap(({ edit, at, outcome }, index) => {
    const { before, after } = passageOf(edit);
    const called =
      edit.madeBy === "passage"
        ? { name: "edit_file", input: { path: edit.path, old_str: before, new_str: after } }
        : edit.madeBy === "patch"
          ? { name: "apply_patch", input: { patchText: patchOf(edit).replaceAll("File: ", "File: /work/") } }
          : { name: "create_file", input: { path: edit.path, content: edit.textAfter } };
    const usage = { model: madeModel, inputTokens: 1, outputTokens: 1, timestamp: iso(at) };
    const content = [{ type: "tool_use", id: edit.call, ...called }];
    const answer = { role: "assistant", messageId: 2 * index + 1, content, usage };
    if (outcome === "proposed") return [answer];
    const result = { type: "tool_result", toolUseID: edit.call, run: { status: status[outcome] } };
    return [answer, { role: "user", messageId: 2 * index + 2, content: [result] }];
  });
  return { v: 85, id: session, created: 1, messages };
}

function clineSession(session: string, calls: readonly MadeCall[]): object {
  const messages = calls.flatMap(({ edit, at, outcome }) => {
    const { before, after } = passageOf(edit);
    const isNew = edit.textBefore === undefined;
    const called =
      edit.madeBy === "passage"
        ? { name: "editor", input: { path: edit.path, old_text: before, new_text: after } }
        : edit.madeBy === "shell"
          ? { name: "run_commands", input: { commands: [commandOf(edit)] } }
          : { name: "editor", input: { path: edit.path, new_text: edit.textAfter } };
    const metrics = { inputTokens: 1, outputTokens: 1 };
    const known = { ts: at, modelInfo: { id: madeModel, provider: "a provider" }, metrics };
    const content = [{ type: "tool_use", id: edit.call, ...called }];
    const answer = { id: `message of ${edit.call}`, role: "assistant", content, ...known };
    if (outcome === "proposed") return [answer];
    const said = {
      success: outcome === "applied",
      result: isNew ? "File created successfully" : "an answer",
    };
    const result = { type: "tool_result", tool_use_id: edit.call, content: JSON.stringify(said) };
    return [answer, { id: `result of ${edit.call}`, role: "user", content: [result], ts: at }];
  });
  return { version: 1, agent: "lead", sessionId: session, messages };
}

function continueSession(session: string, calls: readonly MadeCall[]): object {
  const statuses = { proposed: "generated", applied: "done", failed: "errored", rejected: "canceled" };
  const answers = calls.map(({ edit, outcome }) => {
    const { before, after } = passageOf(edit);
    const isNew = edit.textBefore === undefined;
    const called =
      edit.madeBy === "passage"
        ? { name: "Edit", args: { file_path: edit.path, old_string: before, new_string: after } }
        : edit.madeBy === "shell"
          ? { name: "Bash", args: { command: commandOf(edit) } }
          : { name: "Write", args: { filepath: edit.path, content: edit.textAfter } };
    const said = { said: isNew ? "Successfully created file" : "an answer" };
    return continueAnswer([
      { id: edit.call, ...called, status: statuses[outcome], ...(outcome === "applied" && said) },
    ]);
  });
  const asked = { message: { role: "user", content: "a prompt" }, contextItems: [] };
  return { sessionId: session, workspaceDirectory: workFolder, history: [asked, ...answers] };
}

export const documentForms = {
  copilotChat: {
    tool: "github-copilot",
    file: "workspaceStorage/1/chatSessions/session of github-copilot.json",
    document: chat,
  },
  copilotEdits: {
    tool: "github-copilot",
    agent: copilotEditing,
    file: "workspaceStorage/1/chatEditingSessions/session of github-copilot/state.json",
    document: chatEdits,
  },
  amp: { tool: "amp", file: "T-1.json", document: ampThread },
  cline: { tool: "cline", file: "session.messages.json", document: clineSession },
  continueSession: { tool: "continue", file: "sessions/session.json", document: continueSession },
} as const satisfies Readonly<Record<string, DocumentForm>>;
