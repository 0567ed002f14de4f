import type { ToolEdit } from "../../core/toolRecords.ts";
import { fieldsOf, nameOf, parsed, textOf, type Fields } from "../agents/fields.ts";
import type { ReadHook } from "../agents/agent.ts";
import { agents } from "../agents/registry.ts";
import { agentV1 } from "./agentV1.ts";
import { copilotHook } from "./copilotHook.ts";

const readers = new Map<string, ReadHook>([
  ...agents.flatMap(({ tool, readHook }): [string, ReadHook][] => (readHook ? [[tool, readHook]] : [])),
  ["github-copilot", copilotHook],
  ["agent", agentV1],
]);

const outcomes: ReadonlyMap<string, ToolEdit["outcome"]> = new Map([
  ["PreToolUse", "proposed"],
  ["BeforeTool", "proposed"],
  ["PostToolUse", "applied"],
  ["AfterTool", "applied"],
  ["PostToolUseFailure", "failed"],
]);

/** Reads what a hook left. `tool` is whose configuration called it: another tool may run its hooks, too. */
export function readHookPayload(tool: string, text: string, at: number): readonly ToolEdit[] | undefined {
  const payload = fieldsOf(parsed(text.replace(/^\uFEFF/, "")));
  const event = textOf(payload["hook_event_name"] ?? payload["hookEventName"]);
  const outcome = tool === "agent" ? "applied" : outcomes.get(event ?? "");
  if (outcome === undefined) return undefined;
  const caller = callerOf(tool, payload);
  // Whose hooks are not read tells nothing here, and is not taken for the tool whose hooks it runs.
  return caller === undefined ? [] : readers.get(caller)?.(payload, { at, outcome });
}

/** VS Code and Cursor run the hooks of Claude Code for what they do themselves. */
function callerOf(tool: string, payload: Fields): string | undefined {
  if (tool !== "claude-code") return tool;
  if (payload["cursor_version"] !== undefined) return undefined;
  const transcript = nameOf(payload["transcript_path"])?.replaceAll("\\", "/") ?? "";
  if (/\/GitHub\.copilot-chat\//i.test(transcript)) return "github-copilot";
  return transcript.includes("/.cursor/") ? undefined : tool;
}
