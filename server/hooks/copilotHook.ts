import path from "node:path";
import { readApplyPatch, type PatchedFile } from "../../core/applyPatch.ts";
import { fieldsOf, listOf, nameOf, textOf, type Fields } from "../agents/fields.ts";
import type { ReadHook } from "../agents/agent.ts";

/** Copilot, in VS Code and on the command line: both run the same hooks, and name their tools differently. */
export const copilotHook: ReadHook = (payload, { at, outcome }) => {
  const session = nameOf(payload["session_id"] ?? payload["sessionId"]);
  const name = textOf(payload["tool_name"] ?? payload["toolName"]);
  if (session === undefined || name === undefined) return undefined;
  const given = payload["tool_input"] ?? payload["toolArgs"];
  const cwd = nameOf(payload["cwd"]) ?? "/";
  const result = fieldsOf(payload["tool_result"] ?? payload["toolResult"]);
  const isFailed = result["result_type"] !== undefined && result["result_type"] !== "success";
  const inEditor = payload["transcript_path"] !== undefined || payload["tool_use_id"] !== undefined;
  return filesOf(name, given).map((file) => ({
    tool: inEditor ? "github-copilot" : "copilot-cli",
    mode: "agent",
    model: nameOf(payload["model"]),
    session,
    call: nameOf(payload["tool_use_id"]),
    at,
    path: path.resolve(cwd, file.path),
    text: file.text,
    outcome: isFailed ? "failed" : outcome,
  }));
};

function filesOf(name: string, given: unknown): readonly PatchedFile[] {
  const input = fieldsOf(given);
  if (/apply_patch$/.test(name))
    return readApplyPatch(textOf(given) ?? textOf(input["input"] ?? input["patch"]) ?? "");
  const replacements = listOf(input["replacements"]).map(fieldsOf);
  if (replacements.length > 0) return replacements.flatMap((each) => fileOf(name, { ...input, ...each }));
  return fileOf(name, input);
}

function fileOf(name: string, input: Fields): PatchedFile[] {
  const file = textOf(input["filePath"] ?? input["path"] ?? input["file_path"]);
  if (file === undefined || file === "") return [];
  if (name === "create_file" || name === "create") {
    const after = textOf(input["content"] ?? input["file_text"]);
    return after === undefined ? [] : [{ path: file, text: { kind: "whole", before: "", after } }];
  }
  const before = textOf(input["oldString"] ?? input["old_str"] ?? input["old_string"]);
  const after = textOf(input["newString"] ?? input["new_str"] ?? input["new_string"]);
  if (before !== undefined && after !== undefined)
    return [{ path: file, text: { kind: "pieces", pieces: [{ before, after }] } }];
  return /edit|insert/i.test(name) ? [{ path: file, text: { kind: "unsaid" } }] : [];
}
