import { isTestFile } from "../../core/coaching/fileKinds.ts";
import type { ToolEdit, ToolEditLines } from "../../core/tools/toolRecords.ts";
import { changesAssertions, type ToolStep } from "../../core/tools/toolSteps.ts";

/** Whether an edit of a test changed what it asserts, as far as a record has the text before and after. */
export function assertsOtherwise({ path, text }: Pick<ToolEdit, "path" | "text">): boolean {
  if (!isTestFile(path)) return false;
  const pieces = text.kind === "pieces" ? text.pieces : text.kind === "whole" ? [text] : [];
  return pieces.some(({ before, after }) => before !== undefined && changesAssertions(before, after));
}

/** That, as a step of the task. What was refused or failed changed nothing. */
export function assertionStep(edit: ToolEditLines): ToolStep | undefined {
  const { tool, session, call, at, path, outcome } = edit;
  if (!edit.assertsOtherwise || (outcome !== "applied" && outcome !== "unknown")) return undefined;
  return { tool, session, at, id: `asserts ${call ?? `${session} ${at}`} ${path}`, kind: "assertion" };
}
