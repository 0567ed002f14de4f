import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import { fieldsOf, listOf, nameOf, placeOf, textOf } from "../agents/fields.ts";
import type { ReadHook } from "../agents/agent.ts";
import { placedEdits } from "../agents/placedEdits.ts";
import { filesOfShell } from "../agents/shellCall.ts";

const shellOutcomes: ReadonlyMap<unknown, ToolEdit["outcome"]> = new Map([
  ["pre_shell_command", "proposed"],
  ["post_shell_command", "applied"],
]);

/**
 * The payload that any tool may send: which files it has edited, and what they hold now, or which command of a shell it has
 * run. Where it does not say what was there before, what it tells is compared with what changed and counts for nothing else.
 */
export const agentV1: ReadHook = (payload, { at, outcome }) => {
  const tool = nameOf(payload["agent_name"]);
  const folder = nameOf(payload["repo_working_dir"]);
  if (payload["type"] === "human") return [];
  if (tool === undefined || folder === undefined) return undefined;
  const known = {
    tool: tool.toLowerCase(),
    mode: "agent",
    model: nameOf(payload["model"]),
    session: nameOf(payload["conversation_id"]) ?? "unknown",
    call: nameOf(payload["tool_use_id"]),
    at,
  } as const;
  const ofShell = shellOutcomes.get(payload["type"]);
  if (ofShell !== undefined) {
    if (textOf(payload["command"]) === undefined) return undefined;
    return placedEdits(filesOfShell(payload), folder, { ...known, outcome: ofShell });
  }
  if (payload["type"] !== "ai_agent") return undefined;
  const texts = fieldsOf(payload["dirty_files"]);
  const textsBefore = fieldsOf(payload["dirty_files_before"]);
  const files = listOf(payload["edited_filepaths"]);
  const edits = files.flatMap((given) => {
    const file = nameOf(given);
    const place = file === undefined ? undefined : placeOf(folder, file);
    if (file === undefined || place === undefined) return [];
    const after = textOf(texts[file]);
    const before = textOf(textsBefore[file]);
    return [
      {
        ...known,
        call: undefined,
        path: place,
        text:
          after === undefined
            ? ({ kind: "unsaid" } as const)
            : { kind: "whole" as const, after, ...(before !== undefined && { before }) },
        outcome,
      },
    ];
  });
  // It says that it edits, and not where.
  return edits.length === 0 && files.length > 0 ? undefined : edits;
};
