import * as z from "zod";
import { daySchema } from "./day.ts";

const count = z.int().nonnegative();

/** What is to be forgotten: all that fits every part that is given. Nothing given means everything. */
export const forgetScopeSchema = z
  .strictObject({
    /** Addresses of one folder, however it may be written: everything in it and below. */
    repository: z.array(z.string().min(1).max(4096)).min(1).max(8).nullable(),
    /** An AI tool; `unknown` for AI whose tool is not known. */
    tool: z.string().min(1).max(200).nullable(),
    /** Local days, both included. */
    from: daySchema.nullable(),
    to: daySchema.nullable(),
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, "the period ends before it begins");
export type ForgetScope = z.infer<typeof forgetScopeSchema>;

/** How much was, or would be, forgotten. */
export const forgottenSchema = z.strictObject({
  edits: count,
  evidence: count,
  samples: count,
  documents: count,
  /** Calls to models, as tools recorded them. */
  requests: count,
  /** Rows of sums: an hour of a day, a folder, a language and an origin each. */
  sums: count,
  /** Of these, rows that held other things too and could not be divided, because their single edits are gone. */
  undivided: count,
});
export type Forgotten = z.infer<typeof forgottenSchema>;

export const forgetResultSchema = forgottenSchema.extend({
  /** What became of the sums in `kept.ownFolder`; `failed`: the file could not be written and still has them. */
  ownFile: z.enum(["untouched", "cleaned", "failed"]),
});
export type ForgetResult = z.infer<typeof forgetResultSchema>;
