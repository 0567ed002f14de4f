import * as z from "zod";
import { daySchema } from "./day.ts";

/** What can be exported, in the order of an export, with the columns of each. */
export const exportColumns = {
  document: [
    "uri",
    "workspace",
    "languageId",
    "spans",
    "textHash",
    "textLength",
    "window",
    "session",
    "version",
  ],
  edit: [
    "id",
    "uri",
    "at",
    "utcOffsetMinutes",
    "window",
    "session",
    "version",
    "insertedChars",
    "deletedChars",
    "keptChars",
    "kind",
    "tool",
    "model",
    "mode",
    "strength",
    "conflict",
  ],
  evidence: ["editId", "source", "strength", "origin", "at"],
  sample: [
    "editId",
    "dueMs",
    "takenAt",
    "arc",
    "insertedChars",
    "linesInserted",
    "linesDeleted",
    "fourGram",
    "noRevert",
    "late",
    "otherBranch",
  ],
  day: [
    "day",
    "hour",
    "workspace",
    "languageId",
    "kind",
    "tool",
    "model",
    "mode",
    "edits",
    "insertingEdits",
    "insertedChars",
    "deletedChars",
    "keptChars",
    "insertedSquared",
    "keptSquared",
    "insertedTimesKept",
  ],
  stage: ["editId", "stage", "outcome"],
  funnel: ["day", "workspace", "languageId", "kind", "tool", "model", "mode", "stage", "outcome", "edits"],
  retention: [
    "day",
    "workspace",
    "languageId",
    "kind",
    "tool",
    "model",
    "mode",
    "dueMs",
    "samples",
    "arc",
    "insertedChars",
    "arcSquared",
    "insertedSquared",
    "arcTimesInserted",
    "judged",
    "reverted",
    "apart",
  ],
  commit: [
    "repository",
    "name",
    "at",
    "path",
    "firstLine",
    "lastLine",
    "editId",
    "kind",
    "tool",
    "model",
    "mode",
  ],
  tip: [
    "id",
    "rule",
    "ruleVersion",
    "at",
    "day",
    "isHeldOut",
    "state",
    "changedAt",
    "snoozedUntil",
    "nudgedAt",
    "message",
    "before",
    "after",
    "effect",
  ],
  drop: ["name", "count"],
  receipt: ["window", "sequence", "writtenAt"],
  note: ["name", "text"],
} as const;

export type ExportThing = keyof typeof exportColumns;
export const exportThings = Object.keys(exportColumns) as [ExportThing, ...ExportThing[]];

export const exportFormatSchema = z.enum(["json", "csv"]);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** Where an export goes on. */
export const exportCursorSchema = z.strictObject({
  thing: z.enum(exportThings),
  /** The last row that was given. */
  after: z.int().nonnegative(),
  /** How many rows of this thing were given before. */
  count: z.int().nonnegative(),
});
export type ExportCursor = z.infer<typeof exportCursorSchema>;

export const exportQuestionSchema = z.strictObject({
  format: exportFormatSchema,
  /** First local day; null for all there is. */
  from: daySchema.nullable(),
  cursor: exportCursorSchema.nullable(),
});
export type ExportQuestion = z.infer<typeof exportQuestionSchema>;

export const exportPartSchema = z.strictObject({
  text: z.string(),
  rows: z.int().nonnegative(),
  /** Null at the end. */
  next: exportCursorSchema.nullable(),
});
export type ExportPart = z.infer<typeof exportPartSchema>;
