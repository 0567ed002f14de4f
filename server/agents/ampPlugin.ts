import { ownMark, pluginTelling } from "../hooks/ownFiles.ts";

/** It is asked for nothing: a handler before a call would have to say whether Amp may. */
export function ampPlugin(shim: string, tool: string): string {
  return `// @i-know-the-amp-plugin-api-is-wip-and-very-experimental-right-now
// ${ownMark}
import { spawn } from "node:child_process";

const told = new Set([
  ...["Write", "Edit", "create_file", "edit_file", "apply_patch"],
  ...["Bash", "shell_command"],
]);
const events = new Map([["done", "PostToolUse"], ["error", "PostToolUseFailure"]]);

${pluginTelling(shim, tool)}

export default function (amp) {
  amp.on("tool.result", (call) => {
    const event = events.get(call?.status);
    if (event === undefined || !told.has(call.tool)) return;
    tell({
      hook_event_name: event,
      thread_id: call.thread?.id,
      tool_use_id: call.toolUseID,
      cwd: process.cwd(),
      tool_name: call.tool,
      tool_input: call.input,
    });
  });
}
`;
}
