import * as z from "zod";
import { modeSchema } from "./origin.ts";

const count = z.int().nonnegative();
const tool = z.string();
const nanoUsd = count.nullable();
/** What a row adds to a number that is of cases: to what is counted, and to what that is divided by. */
const adds = z.strictObject({ part: z.number().nonnegative(), whole: count }).optional();

/** What stands behind a number that is not of edits. */
export const rowBehindSchema = z.discriminatedUnion("row", [
  z.strictObject({
    row: z.literal("request"),
    at: count,
    tool,
    model: z.string().nullable(),
    tokens: count,
    /** Null where no price is known. */
    nanoUsd,
    latencyMs: z.number().nullable(),
    adds,
  }),
  z.strictObject({
    row: z.literal("task"),
    at: count,
    /** As a summary names it. */
    task: z.string(),
    tool,
    models: z.array(z.string()),
    /** How AI was used; none where nothing says. */
    modes: z.array(modeSchema),
    requests: count,
    /** Null where the price of one of its requests is not known. */
    nanoUsd,
    changes: count,
    keptChanges: count,
    adds,
  }),
  z.strictObject({
    row: z.literal("commit"),
    at: count,
    /** Its id. */
    commit: z.string(),
    /** The last part of the repository's address. */
    repository: z.string(),
    /** That address. */
    folder: z.string(),
    added: count,
    removed: count,
    files: count,
    /** Its lines that the look at the history knew, those of known origin, and AI's. */
    lines: count,
    known: count,
    ai: count,
    adds,
  }),
]);
export type RowBehind = z.infer<typeof rowBehindSchema>;
