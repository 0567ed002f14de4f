import type { MeasuredShare } from "../../protocol/share.ts";
import type { ToolType } from "../../protocol/toolUse.ts";
import { countOf } from "../countOf.ts";
import { percent } from "../percent.ts";
import { taskModeWords } from "../requests/taskMode.ts";
import { titleOfTool } from "../tools/toolTitle.ts";

export const toolTypesTitle = "What is kept of the edits of tasks, by kind of task";
export const toolTypesHead = ["tool", "model", "mode", "kind of task", "edits", "kept"] as const;

/** As cells of a table. */
export function toolTypeCells({ tool, model, mode, type, changes, kept }: ToolType): readonly string[] {
  const used = model ?? "several models, or not known";
  return [titleOfTool(tool), used, taskModeWords(mode), type, String(changes), keptWords(kept)];
}

function keptWords({ value, low, high, n, needsMore }: MeasuredShare): string {
  if (value === null || low === null || high === null)
    return `not enough data (${countOf(n, "task")}, needs about ${needsMore} more)`;
  return `${percent(value)} (${percent(low)} to ${percent(high)}, ${countOf(n, "task")})`;
}
