import * as z from "zod";

/** How much of what a plan allows in a window of time is used, as the tool's own records say it. */
export const allowanceWindowSchema = z.strictObject({
  /** As `core/tools/toolName.ts` calls it. */
  tool: z.string(),
  /** How long the window is; a tool may have several. */
  windowMinutes: z.int().positive(),
  /** 1 is all of it. */
  usedShare: z.number().min(0),
  /** Milliseconds since 1970; null where the tool does not say. What was used until then says nothing of later. */
  resetsAt: z.int().nonnegative().nullable(),
  /** When the tool said so: milliseconds since 1970. */
  readAt: z.int().nonnegative(),
});
export type AllowanceWindow = z.infer<typeof allowanceWindowSchema>;
