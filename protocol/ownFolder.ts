import * as z from "zod";
import { modeSchema, originKindSchema } from "./origin.ts";
import { daySchema } from "./day.ts";

/** The form of a file in `kept.ownFolder`. A reader passes over files of a form it does not know. */
export const ownFileFormat = 1;

const count = z.int().nonnegative();
const name = z.string().max(200);

/** The first line. */
export const ownFileHeadSchema = z.strictObject({
  kept: z.literal("sums"),
  format: z.int().positive(),
  /** Random id of the store that writes the file; its name too. */
  store: z.uuid(),
});

/** One row: an hour and an origin, without the workspace, and the sums in the order of their names below. */
const ownFileRowSchema = z.tuple([
  z.int().min(0).max(23),
  name,
  originKindSchema,
  name.nullable(),
  name.nullable(),
  modeSchema.nullable(),
  count,
  count,
  count,
  count,
  count,
  count,
  count,
  count,
]);

/** What requests came to: tool, model, currency of what was billed, and sums in the order of their names. */
const ownFileRequestsSchema = z.tuple([
  name,
  name.nullable(),
  name.nullable(),
  z.array(count).length(11),
  /** How many took how long, by `core/requests/requestLatency.ts`'s buckets. */
  z.array(z.tuple([z.int(), count])),
]);

/** Any other line: all rows of one day. Of several lines of a day the one with the highest revision counts. */
export const ownFileDaySchema = z.strictObject({
  day: daySchema,
  revision: count,
  rows: z.array(ownFileRowSchema),
  /** Absent where no tool told of any. */
  requests: z.array(ownFileRequestsSchema).optional(),
});
export type OwnFileDay = z.infer<typeof ownFileDaySchema>;
export type OwnFileRow = OwnFileDay["rows"][number];
export type OwnFileRequests = NonNullable<OwnFileDay["requests"]>[number];

/** Why something in the folder was not added up. */
export const skippedSchema = z.enum([
  /** No file of Kept's, by its name or its first line. */
  "foreign",
  /** A file of a newer Kept. */
  "newer",
  /** A line that is damaged, or was not written to its end. */
  "damagedLine",
  /** A file that could not be read, or is too large. */
  "unreadable",
]);
export type Skipped = z.infer<typeof skippedSchema>;

/** What the other machines in the folder add to a summary. */
export const otherMachinesSchema = z.strictObject({
  /** How many of them are in the numbers. */
  machines: count,
  skipped: z.array(z.strictObject({ reason: skippedSchema, count })),
});
export type OtherMachines = z.infer<typeof otherMachinesSchema>;
