import { countOf } from "../countOf.ts";
import type { ToolsSay } from "../../protocol/toolsSay.ts";
import { percent } from "../percent.ts";
import { titleOfTool } from "./toolTitle.ts";

const makers = {
  person: "by a person",
  rule: "by a rule made before",
  unknown: "by nobody knows whom",
} as const;
const measures = { fourGram: "likeness by 4-grams", noRevert: "not taken back" } as const;

/** What tools say of their own edits, as a part of a report; nothing where none does. */
export function toolsSayLines({ decisions, survival }: ToolsSay): string[] {
  if (decisions.length + survival.length === 0) return [];
  const lines = ["", "What tools say of their own edits, of all folders. It is in no other number.", ""];
  for (const { tool, by, accepted, rejected } of decisions)
    lines.push(
      `- ${titleOfTool(tool)}: ${countOf(accepted, "edit")} accepted and ${rejected} rejected, ${makers[by]}`,
    );
  if (survival.length === 0) return lines;
  if (decisions.length > 0) lines.push("");
  lines.push("| tool | measure | after | the tool says | Kept says |", "|---|---|---|---|---|");
  for (const { tool, measure, dueMs, theirs, ours } of survival)
    lines.push(
      `| ${titleOfTool(tool)} | ${measures[measure]} | ${after(dueMs)} | ${score(theirs)} | ${score(ours)} |`,
    );
  return lines;
}

function score({ value, n }: { readonly value: number | null; readonly n: number }): string {
  return value === null ? "no samples" : `${percent(value)} (${countOf(n, "edit")})`;
}

function after(ms: number): string {
  return ms < 60_000 ? `${ms / 1000} s` : `${ms / 60_000} min`;
}
