import * as z from "zod";
import { daySchema } from "./day.ts";

const count = z.int().nonnegative();

/** What a metric was before, with the 95 % interval it had: without one nothing is compared. */
export const pastMetricSchema = z.strictObject({
  id: z.string(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  n: count,
});
export type PastMetric = z.infer<typeof pastMetricSchema>;

/** As long a time, right before the one asked about. */
export const pastSchema = z.strictObject({
  from: daySchema,
  to: daySchema,
  /** Those that had enough data then and do not change with age. */
  metrics: z.array(pastMetricSchema),
});
export type Past = z.infer<typeof pastSchema>;

/** So many cases of so many. */
const casesSchema = z.strictObject({ cases: count, of: count });

/** What became of the AI edits of one day: what one day holds belongs together when an interval is made. */
export const wayOfDaySchema = z.strictObject({
  day: daySchema,
  accepted: casesSchema,
  keptAt15: casesSchema,
  /** Of those of which a commit can be seen; what is in none yet is not. */
  committed: casesSchema,
  /** Taken back within five minutes. */
  undone: casesSchema,
  /** With new errors in their lines, of those looked at. */
  problems: casesSchema,
  /** That stand in another file, of those looked for. */
  repeated: casesSchema,
});
export type WayOfDay = z.infer<typeof wayOfDaySchema>;
