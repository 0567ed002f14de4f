/** Files that are Kept's alone in another tool's folder: a plugin, or a script. */

/** By it Kept knows its own again, of whatever version. */
export const ownMark = 'Part of Kept. "kept disconnect" takes it out again.';

export function isOwnFile(text: string): boolean {
  return text.slice(0, 200).includes(ownMark);
}

/** What a plugin tells Kept by, in the tool's own process: it waits for nothing and throws nothing. */
function telling(shim: string, tool: string): string {
  return `const tell = (said) => {
  try {
    const child = spawn(${JSON.stringify(shim)}, [${JSON.stringify(tool)}], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      shell: process.platform === "win32",
    });
    child.on("error", () => {});
    child.stdin.on("error", () => {});
    child.stdin.end(JSON.stringify(said));
    child.unref();
  } catch {
    // Kept is never in the way.
  }
};`;
}

/** OpenCode's. */
export function openCodePlugin(shim: string, tool: string): string {
  return `// ${ownMark}
import { spawn } from "node:child_process";

const told = new Set(["edit", "write", "patch", "multiedit", "apply_patch", "bash"]);

${telling(shim, tool)}

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
        exit: output?.metadata?.exit,
      });
    },
  };
};
`;
}

/** Amp's. It is asked for nothing: a handler before a call would have to say whether Amp may. */
export function ampPlugin(shim: string, tool: string): string {
  return `// @i-know-the-amp-plugin-api-is-wip-and-very-experimental-right-now
// ${ownMark}
import { spawn } from "node:child_process";

const told = new Set([
  ...["Write", "Edit", "create_file", "edit_file", "apply_patch"],
  ...["Bash", "shell_command"],
]);
const events = new Map([["done", "PostToolUse"], ["error", "PostToolUseFailure"]]);

${telling(shim, tool)}

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

/** Cline asks each script whether to go on. */
export function clineScript(shim: string, tool: string): string {
  return `#!/bin/sh
# ${ownMark}
'${shim.replaceAll("'", "'\\''")}' ${tool} 2>/dev/null
echo '{"cancel":false}'
exit 0
`;
}
