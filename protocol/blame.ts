import * as z from "zod";
import { originSchema, strengthSchema } from "./origin.ts";

const share = z.number().min(0).max(1);

const blamedLineSchema = z.strictObject({
  /** Counted from 1. */
  line: z.int().positive(),
  /** Of most of what can be seen on the line. */
  origin: originSchema,
  /** The strength of the best reason to believe it; null while the origin is unknown. */
  evidence: strengthSchema.nullable(),
  /** Where the reasons come from, best first. */
  sources: z.array(z.string()),
  /** The edit that most of it comes from; null where none is known. */
  editId: z.string().nullable(),
  /** Whole days since that edit. */
  ageDays: z.int().nonnegative().nullable(),
  /** What is left of the edits of that origin on the line, as a share of all they inserted anywhere. */
  retention: share.nullable(),
  /** The part of the line's visible text that is of that origin. */
  share,
});
export type BlamedLine = z.infer<typeof blamedLineSchema>;

/** What `kept blame --json` prints. */
export const blameSchema = z.strictObject({
  path: z.string(),
  lines: z.array(blamedLineSchema),
  /** The share of lines whose origin is known; 0 where there are none. */
  coverage: share,
});
export type Blame = z.infer<typeof blameSchema>;
