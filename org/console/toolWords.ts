import { titleOfTool } from "../../core/tools/toolTitle.ts";
import { joinedKey } from "../../protocol/tallies.ts";

/** A tool as people call it, of those that a device may name. */
export function toolWords(tool: string): string {
  if (tool === joinedKey) return "not told";
  if (tool === "other") return "another tool";
  return tool === "unknown" ? "a tool that is not known" : titleOfTool(tool);
}
