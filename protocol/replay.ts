import * as z from "zod";
import { evidenceSchema, originSchema } from "./origin.ts";

const milliseconds = z.number().nonnegative();
const offset = z.int().nonnegative();
const id = z.string().min(1);

/** A replaced range in UTF-16 code units of the text before the step, half-open. */
const replayEditSchema = z.strictObject({ start: offset, end: offset, text: z.string() });

/** Says where its edits come from in one of several ways, or only that something happened. */
const replayStepSchema = z.strictObject({
  /** From the start. Never falls from one step to the next. */
  at: milliseconds,
  /** Names the edit in the answer. Needed where the origin is AI, and then used once only. */
  id: id.optional(),
  origin: originSchema.optional(),
  /** The origin is what these reasons amount to. Without a time, they are of the step's own time. */
  evidence: z.array(evidenceSchema.extend({ at: z.int().optional() })).optional(),
  /** What was removed or replaced before comes back and belongs to whom it belonged, as restored text. */
  reason: z.enum(["undo", "redo"]).optional(),
  /** The document was read again from disk; `evidence` beside it may say who wrote there. */
  reload: z.literal(true).optional(),
  /** A save is under way, and what edits is a formatter; `evidence` beside it may know better. */
  save: z.literal(true).optional(),
  /** The document is closed. Until a later step edits it, samples that fall due are left out. */
  close: z.literal(true).optional(),
  /** Name of the branch from now on. Samples of edits made on another one are marked. */
  branch: z.string().min(1).optional(),
  /** Sorted and disjoint; touching is allowed. */
  edits: z.array(replayEditSchema).optional(),
});
export type ReplayStep = z.infer<typeof replayStepSchema>;

/** A recorded sequence of edits of one document. */
export const replayFileSchema = z.strictObject({
  languageId: z.string().optional(),
  initial: z.string(),
  /** When each AI edit is looked at again, from its own time on. */
  sampleAt: z.array(milliseconds),
  steps: z.array(replayStepSchema),
});
export type ReplayFile = z.infer<typeof replayFileSchema>;

const count = z.int().nonnegative();
const score = z.number().min(0).max(1);

/** How much of an AI edit was left at a time. */
const replaySampleSchema = z.strictObject({
  at: milliseconds,
  /** Code units it inserted that were never removed. */
  arc: count,
  linesInserted: count,
  linesDeleted: count,
  fourGram: score,
  noRevert: score,
  /** The branch is another than at the time of the edit. */
  branchChanged: z.literal(true).optional(),
});
export type ReplaySample = z.infer<typeof replaySampleSchema>;

export const replayAnswerSchema = z.strictObject({
  final: z.string(),
  /** The AI edits, in file order. */
  edits: z.array(z.strictObject({ id, insertedChars: count, samples: z.array(replaySampleSchema) })),
  /** Those that inserted anything, by first appearance. The key is `ai/tool/mode/model`, or the kind. */
  origins: z.array(z.strictObject({ key: z.string(), insertedChars: count, keptChars: count })),
  /** Only where a step left its origin to be found out. */
  resolved: z
    .array(
      z.strictObject({
        /** Counted from 0. */
        step: count,
        id: id.optional(),
        /** Origins are given by their key. */
        origin: z.string(),
        strength: evidenceSchema.shape.strength.nullable(),
        sources: z.array(z.string()),
        conflict: z.array(z.string()).optional(),
        hint: z.string().optional(),
      }),
    )
    .optional(),
  /** With `resolved`: whose the final text is. Text that was there from the start is left out. */
  spans: z
    .array(
      z.strictObject({
        start: offset,
        end: offset,
        origin: z.string(),
        editId: id.optional(),
        /** It was removed once and came back. */
        restored: z.literal(true).optional(),
      }),
    )
    .optional(),
});
export type ReplayAnswer = z.infer<typeof replayAnswerSchema>;
