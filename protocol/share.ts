import * as z from "zod";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** A share that is only as good as its sample. */
export const measuredShareSchema = z.strictObject({
  /** Null where there is nothing to divide by. */
  value: share.nullable(),
  /** Bounds of the 95 % interval; null while there is not enough data for one. */
  low: share.nullable(),
  high: share.nullable(),
  /** Edits in the sample. */
  n: count,
  /** About how many more edits are needed before the number says something; 0 when there are enough. */
  needsMore: count,
});
export type MeasuredShare = z.infer<typeof measuredShareSchema>;
