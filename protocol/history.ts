import * as z from "zod";
import { daySchema } from "./day.ts";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** What one tool's own records say of the days before Kept watched. */
const toolBeforeSchema = z.strictObject({
  tool: z.string(),
  tasks: count,
  requests: count,
  /** Edits that were applied, as far as the records tell. */
  edits: count,
  linesAdded: count,
  /** Days on which it was used. */
  days: count,
  /** The first day of which it has a record. Absent in what an earlier version read. */
  first: daySchema.optional(),
  /** By list prices; null where no model has a price. */
  costUsd: z.number().nonnegative().nullable(),
  unpricedRequests: count,
});

/** What the repositories' histories say of the year before AI is known to have written anything. */
const baselineSchema = z.strictObject({
  from: daySchema,
  to: daySchema,
  commits: count,
  /** Days with a commit. */
  days: count,
  /** The median of lines that a commit brought. */
  linesPerCommit: z.number().nonnegative(),
  /** The share of lines that was changed or deleted within 21 days; null where no line was watched for so long. */
  rework21: z.strictObject({ value: share, low: share, high: share, commits: count }).nullable(),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** The thirty days before Kept watched, from what was there already. None of it is in any other number. */
export const beforeKeptSchema = z.strictObject({
  /** `stopped`: the person ended it; what was read until then is shown. */
  state: z.enum(["reading", "done", "stopped", "failed"]),
  /** Files of records that were read, of those that are to be read. */
  read: count,
  all: count,
  from: daySchema,
  to: daySchema,
  /** Most tasks first. */
  tools: z.array(toolBeforeSchema),
  baseline: baselineSchema.nullable(),
});
export type BeforeKept = z.infer<typeof beforeKeptSchema>;
export type ToolBefore = BeforeKept["tools"][number];
