import type { Origin } from "../../protocol/origin.ts";

/** One line of a table by origin: the kind, or `ai/tool/mode/model` with `unknown` for what is missing. */
export function originKey(origin: Origin): string {
  if (origin.kind !== "ai") return origin.kind;
  const parts = [origin.tool, origin.mode, origin.model];
  return ["ai", ...parts.map((part) => (part === undefined ? "unknown" : encodePart(part)))].join("/");
}

function encodePart(part: string): string {
  return part.replaceAll("%", "%25").replaceAll("/", "%2F");
}
