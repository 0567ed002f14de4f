import * as z from "zod";
import { daySchema } from "./day.ts";
import { measuredShareSchema } from "./share.ts";

/** The last seven days, in words and in the numbers behind them. */
export const digestSchema = z.strictObject({
  from: daySchema,
  to: daySchema,
  /** The history is made up. */
  synthetic: z.boolean(),
  /** What the week came to, a sentence each. */
  says: z.array(z.string()),
  /** Those that wrote most, most first. */
  origins: z.array(
    z.strictObject({ name: z.string(), edits: z.int().nonnegative(), kept: measuredShareSchema }),
  ),
  /** What was said in the week, and what became of earlier advice, which has its day. */
  tips: z.array(z.strictObject({ day: daySchema.nullable(), message: z.string(), became: z.string() })),
});
export type Digest = z.infer<typeof digestSchema>;
