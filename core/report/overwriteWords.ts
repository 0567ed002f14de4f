import type { Origin } from "../../protocol/origin.ts";
import type { Overwrite } from "../../protocol/overwrites.ts";
import { titleOfTool } from "../tools/toolTitle.ts";

export const overwriteTitle = "Whose text was taken out by whom";
export const overwriteHead = ["by", "of", "characters", "pairs of edits"] as const;

/** As cells of a table. */
export function overwriteCells({ by, of, chars, edits }: Overwrite): [string, string, string, string] {
  return [makerWords(by), makerWords(of), String(chars), String(edits)];
}

function makerWords(maker: Origin): string {
  if (maker.kind !== "ai") return maker.kind;
  return maker.tool === undefined ? "AI, tool not known" : titleOfTool(maker.tool);
}
