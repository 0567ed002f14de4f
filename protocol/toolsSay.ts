import * as z from "zod";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** What tools count of their own edits, beside what Kept finds. It is in no other number. This machine's, all folders. */
export const toolsSaySchema = z.strictObject({
  /** By tool, and by whose the decision was. */
  decisions: z.array(
    z.strictObject({
      tool: z.string(),
      /** `rule`: somebody decided once for all such edits. */
      by: z.enum(["person", "rule", "unknown"]),
      accepted: count,
      rejected: count,
    }),
  ),
  /** What is left of edits, as the mean over them: by tool and measure, the earliest time first. */
  survival: z.array(
    z.strictObject({
      tool: z.string(),
      measure: z.enum(["fourGram", "noRevert"]),
      /** How long after the edits, in milliseconds. */
      dueMs: count,
      /** By the tool, and how many edits that is of. */
      theirs: z.strictObject({ value: share, n: count }),
      /** By Kept's samples of that tool's edits; null where there is none at that time. */
      ours: z.strictObject({ value: share.nullable(), n: count }),
    }),
  ),
});
export type ToolsSay = z.infer<typeof toolsSaySchema>;
