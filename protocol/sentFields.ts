import * as z from "zod";
import { field } from "./field.ts";
import { weekSchema } from "./week.ts";

export const whileAccepted = "At the org for 35 days after its week, then deleted.";
export const inSums = "At the org for 35 days after its week; its share in the week's sums for 13 months.";

/** Version 4 alone: a counter can be used twice after a crash, and other versions carry a time of day. */
export const idSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, {
    error: "expected a random UUID (version 4) in lower case",
  });

/** A number with at most two digits that are not zero at its end: 7, 42, 380, 12000. */
export const coarseCountSchema = z
  .int({ error: "expected a whole number" })
  .min(0, { error: "expected 0 or more" })
  .max(1_000_000_000, { error: "expected 1000000000 or less" })
  .refine(isCoarse, { error: "expected a number rounded to two significant digits" });

export function isCoarse(count: number): boolean {
  return count < 100 || count % 10 ** (String(count).length - 2) === 0;
}

/** What every record says, whatever it is of. */
export const ofEveryRecord = {
  "event.id": field(idSchema, {
    meaning: "Random id of the record, so that it is counted once however often it arrives.",
    sensitivity: "none",
    retention: whileAccepted,
  }),
  week: field(weekSchema, {
    meaning: "ISO week of the person's local calendar day.",
    sensitivity: "none",
    retention: inSums,
  }),
  pseudonym: field(
    z.string().regex(/^[0-9a-f]{32}$/, { error: "expected 32 hexadecimal digits in lower case" }),
    {
      meaning:
        "Stands for the person during this one week; the next week has another that nothing links to it.",
      sensitivity: "personal",
      retention: whileAccepted,
    },
  ),
} as const;
