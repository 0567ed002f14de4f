import * as z from "zod";
import { originKindSchema, originSchema } from "./origin.ts";
import { measuredShareSchema } from "./share.ts";

/** Whose the text of a document is, as the editor asks for it. Lines are counted from 0, as in LSP. */

const count = z.int().nonnegative();

export const documentQuestionSchema = z.strictObject({ uri: z.string().min(1).max(4096) });

export const lineQuestionSchema = documentQuestionSchema.extend({ line: count });

/** A document that is not open, or of which nothing is known, has no version and nothing else. */
export const documentLinesSchema = z.strictObject({
  /** The version of the text that the lines are counted in. */
  version: z.int().nullable(),
  /** Lines in a row whose text is mostly of one kind; both ends included. Lines of unknown origin are left out. */
  ranges: z.array(z.strictObject({ firstLine: count, lastLine: count, kind: originKindSchema })),
  /** Code units of the whole text, by origin, most first. */
  shares: z.array(z.strictObject({ origin: originSchema, chars: count })),
});
export type DocumentLines = z.infer<typeof documentLinesSchema>;

/** Null where nothing is known of the document. */
export const explanationSchema = z.strictObject({ markdown: z.string().nullable() });

/** The record that the tool itself keeps of the edit a line comes from. Null where there is none, or no longer. */
export const conversationSchema = z.strictObject({
  place: z.strictObject({ file: z.string(), line: count }).nullable(),
});

export type Conversation = z.infer<typeof conversationSchema>;

/** What a person can say of text. */
export const labelSchema = z.enum(["human", "ai"]);
export type Label = z.infer<typeof labelSchema>;

/** The same, or that it is taken back. */
export const sayingSchema = z.enum([...labelSchema.options, "withdrawn"]);
export type Saying = z.infer<typeof sayingSchema>;

const positionSchema = z.strictObject({ line: count, character: count });

export const labelQuestionSchema = documentQuestionSchema.extend({
  label: sayingSchema,
  /** An empty range stands for its whole line. */
  ranges: z
    .array(z.strictObject({ start: positionSchema, end: positionSchema }))
    .min(1)
    .max(1000),
});
export type LabelQuestion = z.infer<typeof labelQuestionSchema>;

export const labelOutcomeSchema = z.strictObject({
  /** Edits that carry the label now, or no longer. */
  labelled: count,
  /** Edits most of whose text lies elsewhere. An edit cannot be labelled in part. */
  leftAlone: count,
  /** Code units that no edit is known for. */
  unknownChars: count,
  /** Whether it is in the database, or will be as soon as that can be written. */
  recorded: z.boolean(),
});
export type LabelOutcome = z.infer<typeof labelOutcomeSchema>;

const detectedSchema = z.strictObject({
  /** Of what was taken for this kind: the share that is. */
  precision: measuredShareSchema,
  /** Of what is of this kind: the share that was taken for it. */
  recall: measuredShareSchema,
  /** Null while one of the two has not enough data. */
  f1: z.number().nullable(),
});

/** How often the evidence says what the person says. */
export const detectorQualitySchema = z.strictObject({
  /** Judgements: all edits labelled in one go and taken for the same kind are one. */
  n: count,
  /** Edits behind them. */
  edits: count,
  /** Labelled edits that no evidence says anything of. */
  withoutEvidence: count,
  /** Judgements by what the person said and what the evidence says. */
  confusion: z.array(z.strictObject({ label: labelSchema, predicted: originKindSchema, count })),
  ai: detectedSchema,
  human: detectedSchema,
});
export type DetectorQuality = z.infer<typeof detectorQualitySchema>;
