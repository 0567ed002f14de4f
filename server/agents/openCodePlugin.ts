import { ownMark, pluginTelling } from "../hooks/ownFiles.ts";

export function openCodePlugin(shim: string, tool: string): string {
  return `// ${ownMark}
import { spawn } from "node:child_process";

const told = new Set(["edit", "write", "patch", "multiedit", "apply_patch", "bash"]);

${pluginTelling(shim, tool)}

export const Kept = async ({ directory }) => {
  const inputs = new Map();
  return {
    "tool.execute.before": async (call, output) => {
      if (told.has(call.tool)) inputs.set(call.callID, output?.args);
    },
    "tool.execute.after": async (call, output) => {
      if (!told.has(call.tool)) return;
      const input = call.args ?? inputs.get(call.callID);
      inputs.delete(call.callID);
      tell({
        hook_event_name: "PostToolUse",
        session_id: call.sessionID,
        tool_use_id: call.callID,
        cwd: directory,
        tool_name: call.tool,
        tool_input: input,
        filediff: output?.metadata?.filediff,
        exists: output?.metadata?.exists,
        exit: output?.metadata?.exit,
      });
    },
  };
};
`;
}
