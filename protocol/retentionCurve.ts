import * as z from "zod";
import { measuredShareSchema } from "./share.ts";

const count = z.int().nonnegative();

/** How much of AI edits is left at one time after each. */
export const retentionPointSchema = z.strictObject({
  /** How long after the edit, in milliseconds. */
  dueMs: count,
  /** Of what these edits inserted: the share not removed by then. */
  left: measuredShareSchema,
  /** Edits of which a sample says whether they were taken back, and those that were. */
  judged: count,
  reverted: count,
  /** Samples that say something else: taken too late, or on another branch. */
  apart: count,
});
export type RetentionPoint = z.infer<typeof retentionPointSchema>;
