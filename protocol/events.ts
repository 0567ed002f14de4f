import * as z from "zod";
import type { ExportThing } from "./export.ts";
import { field } from "./field.ts";
import { recordedFollowedSchema, recordedRestSchema, recordedSpansSchema } from "./recordedTexts.ts";
import { recordedCommitSchema, recordedFunnelSchema, recordedRetentionSchema } from "./eventsOfCommits.ts";
import { recordedDaySchema } from "./eventsOfDays.ts";
import { recordedAllowanceSchema, recordedHeardSchema, recordedToolFigureSchema } from "./eventsOfFigures.ts";
import { recordedHistorySchema } from "./eventsOfHistory.ts";
import { recordedStepSchema } from "./eventsOfSteps.ts";
import { recordedOverwriteDaySchema, recordedOverwriteSchema } from "./eventsOfOverwrites.ts";
import {
  recordedRequestDaySchema,
  recordedRequestSchema,
  recordedTaskEditSchema,
  recordedTaskSchema,
} from "./eventsOfRequests.ts";
import { recordedSyncSchema } from "./eventsOfSync.ts";
import { recordedTipSchema } from "./eventsOfTips.ts";
import { recordedDropSchema, recordedReceiptSchema, recordedUpkeepSchema } from "./eventsOfUpkeep.ts";
import { modeSchema, originKindSchema, strengthSchema } from "./origin.ts";

const editDays = "`kept.retention.editDays` (90 days)";
const asLongAsDocument = "as long as an edit of the document is kept";

const count = z.int().nonnegative();

/** A document in which something was recorded. */
export const recordedDocumentSchema = z.strictObject({
  uri: field(z.string(), {
    meaning: "Address of the document, so that its numbers can be opened again.",
    sensitivity: "local",
    retention: asLongAsDocument,
  }),
  workspace: field(z.string().nullable(), {
    meaning: "Address of the workspace folder it lies in, if any.",
    sensitivity: "local",
    retention: asLongAsDocument,
  }),
  languageId: field(z.string(), {
    meaning: "The editor's language id of the document.",
    sensitivity: "personal",
    retention: asLongAsDocument,
  }),
});

/** One change to one document. */
export const recordedEditSchema = z.strictObject({
  id: field(z.uuid(), {
    meaning: "Random id of the edit; its origin is looked up by it.",
    sensitivity: "none",
    retention: editDays,
  }),
  at: field(count, {
    meaning: "When the edit was made, in milliseconds since 1970.",
    sensitivity: "personal",
    retention: editDays,
  }),
  utcOffsetMinutes: field(z.int(), {
    meaning: "Minutes east of UTC at that moment, so that a day is the person's own day.",
    sensitivity: "personal",
    retention: editDays,
  }),
  window: field(z.string(), {
    meaning: "Random id of the editor window, made anew at each start, so that nothing is recorded twice.",
    sensitivity: "local",
    retention: editDays,
  }),
  session: field(count, {
    meaning: "Which time the window had opened the document.",
    sensitivity: "none",
    retention: editDays,
  }),
  version: field(z.int(), {
    meaning: "The document's version after the edit.",
    sensitivity: "none",
    retention: editDays,
  }),
  insertedChars: field(count, {
    meaning: "UTF-16 code units the edit put in, after what it left unchanged was taken off.",
    sensitivity: "personal",
    retention: editDays,
  }),
  deletedChars: field(count, {
    meaning: "UTF-16 code units the edit took out, counted likewise.",
    sensitivity: "personal",
    retention: editDays,
  }),
  keptChars: field(count, {
    meaning: "How many of the inserted code units were never removed since.",
    sensitivity: "personal",
    retention: editDays,
  }),
});

/** Who made an edit, as far as is known by now. */
export const recordedOriginSchema = z.strictObject({
  kind: field(originKindSchema, {
    meaning: "AI, human, tooling, external or unknown.",
    sensitivity: "personal",
    retention: editDays,
  }),
  tool: field(z.string().nullable(), {
    meaning: "The AI tool, if known.",
    sensitivity: "personal",
    retention: editDays,
  }),
  model: field(z.string().nullable(), {
    meaning: "The AI model, if known.",
    sensitivity: "personal",
    retention: editDays,
  }),
  mode: field(modeSchema.nullable(), {
    meaning: "How AI was used, if known.",
    sensitivity: "personal",
    retention: editDays,
  }),
  strength: field(strengthSchema.nullable(), {
    meaning: "How strong the best reason to believe it is; empty while the origin is unknown.",
    sensitivity: "none",
    retention: editDays,
  }),
  conflict: field(z.boolean(), {
    meaning: "Whether two tools claimed the same text with equal strength.",
    sensitivity: "none",
    retention: editDays,
  }),
});

/** One reason to believe the origin of an edit. */
export const recordedEvidenceSchema = z.strictObject({
  source: field(z.string(), {
    meaning: "Where the reason comes from, for example the editor's account of the change.",
    sensitivity: "none",
    retention: editDays,
  }),
  strength: field(strengthSchema, {
    meaning: "How strong the reason is.",
    sensitivity: "none",
    retention: editDays,
  }),
  origin: field(z.string(), {
    meaning: "The origin it speaks for: kind, tool, model and mode.",
    sensitivity: "personal",
    retention: editDays,
  }),
  at: field(count, {
    meaning: "When the source says it happened, in milliseconds since 1970.",
    sensitivity: "personal",
    retention: editDays,
  }),
});

/** How much of an AI edit was left at a set time after it. */
export const recordedSampleSchema = z.strictObject({
  dueMs: field(count, {
    meaning: "How long after the edit the sample was to be taken, in milliseconds.",
    sensitivity: "none",
    retention: editDays,
  }),
  takenAt: field(count, {
    meaning: "When it was taken, in milliseconds since 1970.",
    sensitivity: "personal",
    retention: editDays,
  }),
  arc: field(count, {
    meaning: "How many of the inserted code units were never removed until then.",
    sensitivity: "personal",
    retention: editDays,
  }),
  insertedChars: field(count, {
    meaning: "UTF-16 code units the edit put in, as retention counts them.",
    sensitivity: "personal",
    retention: editDays,
  }),
  linesInserted: field(count.nullable(), {
    meaning: "Lines that what was left of the edit put in, where that could be told.",
    sensitivity: "personal",
    retention: editDays,
  }),
  linesDeleted: field(count.nullable(), {
    meaning: "Lines that these took the place of.",
    sensitivity: "personal",
    retention: editDays,
  }),
  fourGram: field(z.number().min(0).max(1).nullable(), {
    meaning: "How alike what stood there was to what the edit put in, from 0 to 1.",
    sensitivity: "personal",
    retention: editDays,
  }),
  noRevert: field(z.number().min(0).max(1).nullable(), {
    meaning: "How far it was from what had been there before the edit, from 0, put back, to 1.",
    sensitivity: "personal",
    retention: editDays,
  }),
  late: field(z.boolean(), {
    meaning: "Whether the sample was taken too late to speak for its time.",
    sensitivity: "none",
    retention: editDays,
  }),
  otherBranch: field(z.boolean().nullable(), {
    meaning: "Whether another branch was checked out than when the edit was made, where that is known.",
    sensitivity: "none",
    retention: editDays,
  }),
});

interface RecordedThing {
  readonly title: string;
  readonly about: string;
  /** What an export calls its rows; null for what only this machine can use: a key, or what was hashed with it. */
  readonly exportedAs: ExportThing | null;
  readonly schema: z.ZodObject;
}

/** Everything Kept records on this machine. docs/data.md is generated from it. */
export const recorded: readonly RecordedThing[] = [
  {
    title: "Document",
    about: "A document in which something was recorded.",
    exportedAs: "document",
    schema: recordedDocumentSchema,
  },
  {
    title: "Edit",
    about: "One change to one document. No text is stored.",
    exportedAs: "edit",
    schema: recordedEditSchema,
  },
  {
    title: "Origin",
    about: "Who made an edit, as far as is known by now.",
    exportedAs: "edit",
    schema: recordedOriginSchema,
  },
  {
    title: "Evidence",
    about: "One reason to believe an origin.",
    exportedAs: "evidence",
    schema: recordedEvidenceSchema,
  },
  {
    title: "Sample",
    about: "How much of an AI edit was left at a set time.",
    exportedAs: "sample",
    schema: recordedSampleSchema,
  },
  {
    title: "Followed edit",
    about: "An edit of which samples are still to be taken.",
    exportedAs: null,
    schema: recordedFollowedSchema,
  },
  {
    title: "Text at rest",
    about: "What it takes to follow a text that changes while nobody looks.",
    exportedAs: null,
    schema: recordedRestSchema,
  },
  {
    title: "Funnel",
    about: "What became of an AI edit on its way to a commit.",
    exportedAs: "stage",
    schema: recordedFunnelSchema,
  },
  {
    title: "Retention",
    about: "How much is left of edits at set times after each, added up for the curve and the report.",
    exportedAs: "retention",
    schema: recordedRetentionSchema,
  },
  {
    title: "Overwrite",
    about: "Text of one edit that another took out; of what people typed, only what others than people did.",
    exportedAs: "overwrite",
    schema: recordedOverwriteSchema,
  },
  {
    title: "Day of overwrites",
    about: "Which tools took out whose text, as sums.",
    exportedAs: "overwriteDay",
    schema: recordedOverwriteDaySchema,
  },
  {
    title: "Commit",
    about: "Which lines of a commit come from which edits.",
    exportedAs: "commit",
    schema: recordedCommitSchema,
  },
  {
    title: "History",
    about: "What a look at a repository's history found, in files beside the database.",
    exportedAs: null,
    schema: recordedHistorySchema,
  },
  {
    title: "Spans",
    about: "Which edit each stretch of a document's text comes from.",
    exportedAs: "document",
    schema: recordedSpansSchema,
  },
  {
    title: "Day",
    about: "The sums that every screen and report is made from, by hour, and the same again by day.",
    exportedAs: "day",
    schema: recordedDaySchema,
  },
  {
    title: "Sync",
    about: "Only once you agreed to send sums to an organisation: what it takes to do so.",
    exportedAs: null,
    schema: recordedSyncSchema,
  },
  {
    title: "Tip",
    about: "Advice that a rule gave, or would have given, and what became of it.",
    exportedAs: "tip",
    schema: recordedTipSchema,
  },
  {
    title: "Task",
    about: "A session of an AI tool, as the tool recorded it and as its edits were kept.",
    exportedAs: "task",
    schema: recordedTaskSchema,
  },
  {
    title: "Request",
    about: "One call to a model. Neither the prompt nor the answer is stored.",
    exportedAs: "request",
    schema: recordedRequestSchema,
  },
  {
    title: "Edit of a task",
    about: "What a tool's own record says of one edit of one file. No text is stored.",
    exportedAs: "taskEdit",
    schema: recordedTaskEditSchema,
  },
  {
    title: "Step of a task",
    about:
      "What an agent did besides writing, and test runs: counted and compared. No text, path or name is stored.",
    exportedAs: "step",
    schema: recordedStepSchema,
  },
  {
    title: "Day of requests",
    about: "The sums of requests that every screen and report is made from.",
    exportedAs: "requestDay",
    schema: recordedRequestDaySchema,
  },
  {
    title: "Figure of a tool",
    about: "What a tool counts of its own edits, beside what Kept finds.",
    exportedAs: "toolFigure",
    schema: recordedToolFigureSchema,
  },
  {
    title: "Allowance",
    about: "How much of what a plan allows is used, as the tool's own records say.",
    exportedAs: "allowance",
    schema: recordedAllowanceSchema,
  },
  {
    title: "Heard",
    about: "When a tool told of itself last, and whether it was understood.",
    exportedAs: "heard",
    schema: recordedHeardSchema,
  },
  {
    title: "Drop",
    about: "What was not recorded, and how often.",
    exportedAs: "drop",
    schema: recordedDropSchema,
  },
  {
    title: "Receipt",
    about: "How far the observations of a window were taken in.",
    exportedAs: "receipt",
    schema: recordedReceiptSchema,
  },
  {
    title: "Upkeep",
    about: "What keeps several processes in order, and the key of the hashes.",
    exportedAs: "note",
    schema: recordedUpkeepSchema,
  },
];
