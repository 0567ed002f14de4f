import * as z from "zod";
import { daySchema } from "./day.ts";

const count = z.int().nonnegative();
const amount = z.number().nonnegative();

/** The middle of a sample. */
export const medianSchema = z.strictObject({
  /** Null of an empty sample. */
  value: amount.nullable(),
  /** Bounds of the 95 % interval; null where the sample is too small for one. */
  low: amount.nullable(),
  high: amount.nullable(),
  n: count,
});
export type Median = z.infer<typeof medianSchema>;

const casesSchema = z.strictObject({ cases: count, of: count });

/** The person's own commits of a period, without merges. */
const ownCommitsSchema = z.strictObject({
  own: count,
  /** Those with a line of AI, and those of which a fifth of the lines or more is AI's. */
  withAi: count,
  mostlyAi: count,
  /** Those of which the origin of half of the lines or more is known, and those of them with a line of AI. */
  told: count,
  toldAi: count,
  /** Lines added and removed by hand or tool, what nobody writes by hand left out. */
  lines: medianSchema,
  /** Those of more than 400 lines or 15 files. */
  large: count,
  /** From one to the next in the same repository, on the same day. */
  minutesBetween: medianSchema,
  /** Of those with a line of AI and a source file, those with a test file. */
  tests: casesSchema,
});

/** What is followed week by week. */
export const practiceMeasures = ["lines", "minutesBetween", "tests", "reads", "firstEdit"] as const;
export type PracticeMeasure = (typeof practiceMeasures)[number];

/** How somebody works with AI. */
export const practiceSchema = z.strictObject({
  /** Null where no history was looked at. */
  commits: ownCommitsSchema.nullable(),
  /** Minutes from a task's first request to its first edit that was applied, without long pauses. */
  firstEdit: medianSchema,
  /** How often agents looked at something and edited, of the tasks whose tools tell both, in the order of time. */
  readsOfTasks: z.array(z.strictObject({ reads: count, edits: count })),
  /** Days with own commits or edits of AI, the first day first. */
  days: z.array(z.strictObject({ day: daySchema, commits: count, aiCommits: count, aiEdits: count })),
  /** The last weeks up to the period's last day, whatever the period. */
  weekly: z.array(
    z.strictObject({
      measure: z.enum(practiceMeasures),
      /** By week (its Monday), the oldest first. Null where there is too little of a week. */
      weeks: z.array(z.strictObject({ week: daySchema, value: amount.nullable(), n: count })),
      /** The middle half of the weeks before the last; null while these are too few. */
      usual: z.strictObject({ low: amount, high: amount }).nullable(),
    }),
  ),
});
export type Practice = z.infer<typeof practiceSchema>;
