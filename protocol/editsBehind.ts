import * as z from "zod";
import { originSchema, strengthSchema } from "./origin.ts";
import { stages, type Stage } from "./funnel.ts";
import { tierSchema } from "./requestSummary.ts";
import { rowBehindSchema } from "./rowsBehind.ts";
import { daySchema } from "./day.ts";
import { questionSchema } from "./summary.ts";

const count = z.int().nonnegative();

/** As many as come at once; `next` leads to more. */
export const mostEditsBehind = 100;

/**
 * Edits of the whole kind, of a tool with a model in any mode, of one task, of a tool or kind that took out text of another, or of
 * exactly this origin; where a part that is missing was not told.
 */
const behindOfSchema = z.enum([
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
  "humanCommits",
]);

/** What was found of edits at a stage: "" stands for what was not found yet. */
const foundSchema = z.strictObject({
  stage: z.enum(stages as [Stage, ...Stage[]]),
  outcomes: z.array(z.string().max(40)).max(10),
  /** Of the edits that got through the steps before, as the way counts them. */
  isOnWay: z.literal(true).optional(),
});

/**
 * Commits of all time since AI wrote: that are so many days old, or of which the lines were watched for so many days.
 * Of no days, all.
 */
const fatesAskedSchema = z.strictObject({ of: z.enum(["lines", "commits"]), days: count });
export type FatesAsked = z.infer<typeof fatesAskedSchema>;

/** Of requests, tasks or commits those that a number is of. */
const casesSchema = z.enum([
  // Commits that are the person's own and no merges; and of these those of which the most is known, or with source code
  // of AI and tests, or with one before it on the same day.
  "own",
  "told",
  "tested",
  "paired",
  // Tasks in which every edit went through, and light ones of these with a heavy model; those of which it is told what
  // became of their edits, and that sent anything at all.
  "smooth",
  "light",
  "tried",
  "withInput",
  // Tasks all of whose requests have a price. Requests that have one, of tasks that began in the period.
  "priced",
  // Tasks that kept something and are timed, those whose first edit is, and those of which it is told what they read.
  "timedKept",
  "firstEdit",
  "reads",
  // Requests of tasks that began in the period, and those of which it is known how long they took.
  "ofTasks",
  "timed",
  // Edits of which something else is counted than how many they are: days, text, text of a tool that is told, or sums of a
  // longer time than single edits are kept for.
  "days",
  "text",
  "named",
  "watched",
]);

/** Which edits stand behind a number. */
export const behindSchema = z.strictObject({
  /** Of requests that name a tool here: those with this model, or without one where none is named. */
  origin: originSchema,
  of: behindOfSchema,
  /** Which task, as a summary names it. */
  task: z.string().max(1000).optional(),
  /** Whose text they took out. */
  overwritten: originSchema.optional(),
  /** Of which this was found; of all where nothing is asked for. */
  found: foundSchema.optional(),
  /** The part of the period that they are of. */
  within: z.strictObject({ from: daySchema, to: daySchema }).optional(),
  /** Requests to models of this tier. */
  tier: tierSchema.optional(),
  /** Tasks that came to this. */
  outcome: z.enum(["kept", "nothing", "noEdits", "unknown"]).optional(),
  cases: casesSchema.optional(),
  /** Of the calendar month up to today and of all folders, whatever the question: what a budget is of. */
  month: z.literal(true).optional(),
  /** Commits of which a number of fates is. */
  fates: fatesAskedSchema.optional(),
  /** Edits that were mostly taken back within minutes. */
  undone: z.literal(true).optional(),
  order: z.enum(["leastLeft", "newest"]),
});

/** After which row of a list it goes on: what rows are in order by. */
export const placeSchema = z.strictObject({
  at: count,
  id: z.string().max(1000),
  /** Of edits. */
  insertedChars: count.optional(),
  keptChars: count.optional(),
});
export type ListPlace = z.infer<typeof placeSchema>;

export const editsQuestionSchema = behindSchema.extend({
  question: questionSchema,
  /** From the start where it is missing. */
  after: placeSchema.optional(),
});
export type EditsQuestion = z.infer<typeof editsQuestionSchema>;

const editBehindSchema = z.strictObject({
  id: z.string(),
  uri: z.string(),
  /** Milliseconds since 1970. */
  at: count,
  /** Who made it; of AI the tool, where it was told. */
  origin: originSchema,
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
  /** Where the list goes on; missing at its end. */
  next: placeSchema.optional(),
});
export type EditsBehind = z.infer<typeof editsBehindSchema>;
