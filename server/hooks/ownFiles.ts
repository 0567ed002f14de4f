/** Files that are Kept's alone in another tool's folder: a plugin, or a script. */

/** By it Kept knows its own again, of whatever version. */
export const ownMark = 'Part of Kept. "kept disconnect" takes it out again.';

export function isOwnFile(text: string): boolean {
  return text.slice(0, 200).includes(ownMark);
}

/** OpenCode runs it in its own process: it waits for nothing and throws nothing. */
export function openCodePlugin(shim: string, tool: string): string {
  return `// ${ownMark}
import { spawn } from "node:child_process";

const telling = new Set(["edit", "write", "patch", "multiedit", "apply_patch", "bash"]);

const tell = (said) => {
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
};

export const Kept = async ({ directory }) => {
  const inputs = new Map();
  return {
    "tool.execute.before": async (call, output) => {
      if (telling.has(call.tool)) inputs.set(call.callID, output?.args);
    },
    "tool.execute.after": async (call, output) => {
      if (!telling.has(call.tool)) return;
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

/** Cline asks each script whether to go on. */
export function clineScript(shim: string, tool: string): string {
  return `#!/bin/sh
# ${ownMark}
'${shim.replaceAll("'", "'\\''")}' ${tool} 2>/dev/null
echo '{"cancel":false}'
exit 0
`;
}
