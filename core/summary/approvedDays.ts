import type { Summary } from "../../protocol/summary.ts";
import { isAmong } from "../tools/toolTitle.ts";
import type { SummaryRow } from "./summary.ts";

/** A folder's list of tools, and what was written in it. */
export interface ListedFolder {
  readonly tools: readonly string[];
  readonly rows: readonly Pick<SummaryRow, "day" | "kind" | "tool" | "edits">[];
}

/** AI edits whose tool is named, by day, and how many of them are by a tool on their folder's list; null without any list. */
export function approvedDays(folders: readonly ListedFolder[]): Summary["approved"] {
  if (folders.length === 0) return null;
  const days = new Map<string, { approved: number; named: number }>();
  for (const { tools, rows } of folders)
    for (const { day, kind, tool, edits } of rows) {
      if (kind !== "ai" || tool === null) continue;
      const known = days.get(day) ?? { approved: 0, named: 0 };
      known.named += edits;
      if (isAmong(tool, tools)) known.approved += edits;
      days.set(day, known);
    }
  return [...days]
    .map(([day, counts]) => ({ day, ...counts }))
    .sort((one, other) => (one.day < other.day ? -1 : 1));
}
