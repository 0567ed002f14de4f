import * as z from "zod";
import { originSchema } from "./origin.ts";

const count = z.int().nonnegative();

/** How much text of one maker another took out. Of AI the tool is told, and neither model nor mode. */
export const overwriteSchema = z.strictObject({
  by: originSchema,
  of: originSchema,
  /** Pairs of an edit that took text out and one whose text it was. */
  edits: count,
  chars: count,
});
export type Overwrite = z.infer<typeof overwriteSchema>;
