import type { Origin } from "../protocol/origin.ts";

/** One word for an origin: its kind, or `ai/tool/mode/model` with `unknown` for what is missing. */
export function originKey(origin: Origin): string {
  if (origin.kind !== "ai") return origin.kind;
  return ["ai", origin.tool, origin.mode, origin.model].map((part) => encode(part ?? "unknown")).join("/");
}

function encode(part: string): string {
  return part.replaceAll("%", "%25").replaceAll("/", "%2F");
}
