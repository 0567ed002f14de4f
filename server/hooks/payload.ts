import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import { fieldsOf, parsed, textOf, type Fields } from "../agents/fields.ts";
import type { ReadHook } from "../agents/agent.ts";
import { agents } from "../agents/registry.ts";
import { agentV1 } from "./agentV1.ts";

const readers = new Map<string, ReadHook>([
  ...agents.flatMap(({ tool, readHook }): [string, ReadHook][] => (readHook ? [[tool, readHook]] : [])),
  ["agent", agentV1],
]);

const outcomes: ReadonlyMap<string, ToolEdit["outcome"]> = new Map([
  ["PreToolUse", "proposed"],
  ["PostToolUse", "applied"],
  ["PostToolUseFailure", "failed"],
  ...agents.flatMap(({ hookEvents = {} }) => Object.entries(hookEvents)),
]);

/** Reads what a hook left. `tool` is whose configuration called it: another tool may run its hooks, too. */
export function readHookPayload(tool: string, text: string, at: number): readonly ToolEdit[] | undefined {
  const payload = payloadIn(text);
  const outcome = tool === "agent" ? "applied" : outcomeIn(payload);
  if (outcome === undefined) return undefined;
  return readers.get(callerOf(tool, payload))?.(payload, { at, outcome });
}

function payloadIn(text: string): Fields {
  const sound = text.replace(/^\uFEFF/, "");
  return fieldsOf(parsed(sound) ?? parsed(withEscapedControls(sound)));
}

function outcomeIn(payload: Fields): ToolEdit["outcome"] | undefined {
  const names = ["hook_event_name", "hookEventName", "agent_action_name", "hookName"];
  return names.map((name) => outcomes.get(textOf(payload[name]) ?? "")).find((each) => each !== undefined);
}

/** Throws for what is no text. As tools write it: with or without a byte order mark, in UTF-8 or Windows' UTF-16. */
export function decodePayload(bytes: Uint8Array): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isWide ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
}

/** Whether a payload is of a tool's call. A prompt is not, nor is what Kept does not know. Throws as `decodePayload`. */
export function isOfTool(tool: string, bytes: Uint8Array): boolean {
  return tool === "agent" || outcomeIn(payloadIn(decodePayload(bytes))) !== undefined;
}

/** Some tools run the hooks of others for what they do themselves. */
function callerOf(tool: string, payload: Fields): string {
  if (tool === "agent") return tool;
  return agents.find(({ ranHook }) => ranHook?.(payload))?.tool ?? tool;
}

const [quote, backslash, space] = [0x22, 0x5c, 0x20];

/**
 * Some leave control characters in their strings as they are. Each character is looked at once: what a shim cut off in a
 * string is megabytes with many a quote that does not end it.
 */
function withEscapedControls(text: string): string {
  const parts: string[] = [];
  let [from, isString, isEscaped] = [0, false, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isString && code < space) {
      parts.push(text.slice(from, at), JSON.stringify(text[at]).slice(1, -1));
      from = at + 1;
    }
    if (code === quote && !isEscaped) isString = !isString;
    isEscaped = isString && code === backslash && !isEscaped;
  }
  return parts.join("") + text.slice(from);
}
