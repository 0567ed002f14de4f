import * as z from "zod";

/** A name that an organisation gives to a group of people. */
export const teamNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{C}]*$/u, { error: "expected a name without control characters" });
