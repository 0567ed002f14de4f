import * as z from "zod";
import { daySchema } from "./day.ts";

/** US dollars for a million tokens; a million dollars is no price. */
const price = z.number().min(0).max(1_000_000);

/** What an organisation or a person really pays for a model, in place of its list price. */
export const ownPriceSchema = z.strictObject({
  /** The model as tools name it; a `*` at the end stands for whatever follows. */
  model: z.string().min(1).max(200),
  /** From this day on; always where it is missing. */
  from: daySchema.optional(),
  input: price,
  output: price,
  /** As much as uncached input where it is missing. */
  cacheRead: price.optional(),
  cacheWrite: price.optional(),
});
export type OwnPrice = z.infer<typeof ownPriceSchema>;
