import type { Origin } from "../../protocol/origin.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { detailOf, nameOf } from "../origins.ts";

/** One tool in one mode with one model. */
export interface ToolRow {
  readonly tool: string;
  readonly detail: string;
  /** Both, for a sentence. */
  readonly name: string;
  readonly origin: Origin;
  readonly edits: number;
  readonly insertedChars: number;
  readonly kept: MeasuredShare;
}

/** More rows than this are more than can be compared. */
const mostRows = 16;

/** The AI origins, tool by tool: the tool that wrote most first, and so within each. */
export function toolRows(
  { origins }: Summary,
  language: Language,
): { rows: readonly ToolRow[]; more: number } {
  const rows = origins
    .filter(({ origin }) => origin.kind === "ai")
    .map(({ origin, edits, insertedChars, kept }): ToolRow => {
      const tool = nameOf(origin, language);
      const detail = detailOf(origin, language);
      return {
        tool,
        detail,
        name: detail === "" ? tool : `${tool}, ${detail}`,
        origin,
        edits,
        insertedChars,
        kept,
      };
    });
  const byTool = new Map<string, number>();
  for (const row of rows) byTool.set(row.tool, (byTool.get(row.tool) ?? 0) + row.insertedChars);
  const shown = rows
    .sort((one, other) => other.insertedChars - one.insertedChars)
    .slice(0, mostRows)
    .sort(
      (one, other) =>
        byTool.get(other.tool)! - byTool.get(one.tool)! ||
        one.tool.localeCompare(other.tool) ||
        other.insertedChars - one.insertedChars,
    );
  return { rows: shown, more: rows.length - shown.length };
}
