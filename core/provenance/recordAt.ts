import type { Observation } from "../../protocol/observation.ts";

/** Where a tool keeps its own record of an edit: no path, which is found when somebody asks for it. */
export interface RecordAt {
  readonly tool: "copilot-chat" | "claude-code" | "codex";
  readonly session: string;
  readonly request: string | undefined;
}

const tools: readonly RecordAt["tool"][] = ["copilot-chat", "claude-code", "codex"];

/** Nothing in it leads out of a folder. */
const plainId = /^[A-Za-z0-9][A-Za-z0-9_.-]{3,199}$/;

/** As it is stored: `tool:session` or `tool:session:request`. */
export function writeRecordAt({ tool, session, request }: RecordAt): string {
  return [tool, session, ...(request === undefined ? [] : [request])].join(":");
}

/** Undefined where it was written by another version, or by nobody. */
export function readRecordAt(stored: string): RecordAt | undefined {
  const [tool, session, request, ...rest] = stored.split(":");
  const known = tools.find((one) => one === tool);
  const isSound = session !== undefined && rest.length === 0 && plainId.test(session);
  if (!known || !isSound || (request !== undefined && !plainId.test(request))) return undefined;
  return { tool: known, session, request };
}

/** What the editor's own account of a change says of the conversation it came from. */
export function recordAtOf({ detailedReason }: Pick<Observation, "detailedReason">): RecordAt | undefined {
  const source = detailedReason?.source;
  if (source !== "Chat.applyEdits" && source !== "inlineChat.applyEdits") return undefined;
  const { metadata } = detailedReason!;
  const session = idOf(metadata["$$sessionId"]);
  if (session === undefined) return undefined;
  const harness = metadata["$harness"];
  const tool = harness === "claude" ? "claude-code" : harness === "codex" ? "codex" : "copilot-chat";
  return { tool, session, request: idOf(metadata["$$requestId"]) };
}

/** The id itself, or the last part of an address that ends with one. */
function idOf(value: unknown): string | undefined {
  const id = typeof value === "string" ? value.slice(value.lastIndexOf("/") + 1) : "";
  return plainId.test(id) ? id : undefined;
}
