import * as z from "zod";
import { originSchema, strengthSchema } from "./origin.ts";
import { stages, type Stage } from "./funnel.ts";
import { rowBehindSchema } from "./rowsBehind.ts";
import { questionSchema } from "./summary.ts";

const count = z.int().nonnegative();

/** More than anybody reads. */
export const mostEditsBehind = 100;

/**
 * Edits of the whole kind, of a tool with a model in any mode, of one task, of a tool or kind that took out text of another, or of
 * exactly this origin; where a part that is missing was not told.
 */
export const behindOfSchema = z.enum([
  "kind",
  "model",
  "origin",
  "task",
  "overwrite",
  // No edits: what else a number can be of.
  "requests",
  "tasks",
  "ownCommits",
  "aiCommits",
]);

/** What was found of edits at a stage. */
export const foundSchema = z.strictObject({
  stage: z.enum(stages as [Stage, ...Stage[]]),
  outcomes: z.array(z.string().max(40)).max(10),
});

/** Which edits stand behind a number. */
export const editsQuestionSchema = z.strictObject({
  question: questionSchema,
  origin: originSchema,
  of: behindOfSchema,
  /** Which task, as a summary names it. */
  task: z.string().max(1000).optional(),
  /** Whose text they took out. */
  overwritten: originSchema.optional(),
  /** Of which this was found; of all where nothing is asked for. */
  found: foundSchema.optional(),
  order: z.enum(["leastLeft", "newest"]),
});
export type EditsQuestion = z.infer<typeof editsQuestionSchema>;

const editBehindSchema = z.strictObject({
  id: z.string(),
  uri: z.string(),
  /** Milliseconds since 1970. */
  at: count,
  /** The best reason to believe the origin; null while it is unknown. */
  strength: strengthSchema.nullable(),
  insertedChars: count,
  keptChars: count,
  /** Where what is left of it lies, counted from 0; null where nothing is left or the text still changes. */
  lines: z.strictObject({ first: count, last: count }).nullable(),
});
export type EditBehind = z.infer<typeof editBehindSchema>;

export const editsBehindSchema = z.strictObject({
  edits: z.array(editBehindSchema).max(mostEditsBehind),
  /** In their place, of numbers of other things. */
  rows: z.array(rowBehindSchema).max(mostEditsBehind).optional(),
});
export type EditsBehind = z.infer<typeof editsBehindSchema>;
