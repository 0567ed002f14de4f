import { toolSchema } from "../../protocol/tool.ts";

const digits = 2;
/** What a collector takes. */
const mostCounted = 1_000_000_000;

/** The nearest number with two significant digits, which is all that leaves the machine. */
export function coarse(count: number): number {
  const step = 10 ** Math.max(0, String(count).length - digits);
  return Math.min(Math.round(count / step) * step, mostCounted);
}

type ToolName = (typeof toolSchema.options)[number];

const names: ReadonlySet<string> = new Set(toolSchema.options);

/** A tool's name as far as the list has it: what an extension calls itself stays on the machine. */
export function listedTool(tool: string | null): ToolName {
  if (tool === null) return "unknown";
  return names.has(tool) ? (tool as ToolName) : "other";
}
