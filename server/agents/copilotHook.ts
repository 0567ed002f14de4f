import { callOf, copilotFilesOf, isEdit } from "./copilotEdits.ts";
import { fieldsOf, nameOf, placeOf, textOf } from "./fields.ts";
import type { ReadHook } from "./agent.ts";

/** Copilot, in VS Code and on the command line: both run the same hooks, and name their tools differently. */
export const copilotHook: ReadHook = (payload, { at, outcome }) => {
  const session = nameOf(payload["session_id"] ?? payload["sessionId"]);
  const name = textOf(payload["tool_name"] ?? payload["toolName"]);
  if (session === undefined || name === undefined) return undefined;
  const given = payload["tool_input"] ?? payload["toolArgs"];
  const cwd = nameOf(payload["cwd"]);
  const result = fieldsOf(payload["tool_result"] ?? payload["toolResult"]);
  const isFailed = result["result_type"] !== undefined && result["result_type"] !== "success";
  const inEditor = payload["transcript_path"] !== undefined || payload["tool_use_id"] !== undefined;
  const files = copilotFilesOf(name, given);
  const edits = files.flatMap((file) => {
    const place = placeOf(cwd, file.path);
    if (place === undefined) return [];
    return [
      {
        tool: inEditor ? "github-copilot" : "copilot-cli",
        mode: "agent" as const,
        model: nameOf(payload["model"]),
        session,
        call: callOf(nameOf(payload["tool_use_id"])),
        at,
        path: place,
        text: file.text,
        outcome: isFailed ? ("failed" as const) : outcome,
      },
    ];
  });
  // It says that it edits, and not where.
  return edits.length === 0 && (files.length > 0 || isEdit(name)) ? undefined : edits;
};
