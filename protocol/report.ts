import * as z from "zod";
import { beforeKeptSchema } from "./history.ts";
import { otherMachinesSchema } from "./ownFolder.ts";
import { overwriteSchema } from "./overwrites.ts";
import { tipRecordSchema } from "./coaching.ts";
import { pastMetricSchema } from "./past.ts";
import { fatesSchema } from "./fates.ts";
import { allowanceWindowSchema } from "./allowance.ts";
import { funnelSchema } from "./funnel.ts";
import { requestSummarySchema } from "./requestSummary.ts";
import { toolTypeSchema } from "./toolUse.ts";
import { toolsSaySchema } from "./toolsSay.ts";

/** The three answers there are. */
export const verdictSchema = z.enum(["meets", "misses", "notEnoughData"]);

const metricSchema = z.strictObject({
  /** Stable name of the metric. */
  id: z.string(),
  value: z.number().nullable(),
  unit: z.enum(["share", "edits", "count", "hours", "ms", "minutes", "money", "tokens", "level", "lines"]),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().nonnegative(),
  /** The share of what it counts of which enough is known; null where nothing could be unknown. */
  coverage: z.number().min(0).max(1).nullable(),
  /** The days it is of: the period, the month so far, weeks, or days of commits; null of what is of no days. */
  window: z
    .strictObject({ of: z.enum(["period", "month", "weeks", "committed"]), from: z.string(), to: z.string() })
    .nullable(),
  /** What has to be reached. */
  target: z.number().nullable(),
  /** What it was before AI, and the best that can be had; null where nobody says. */
  baseline: z.number().nullable(),
  ceiling: z.number().nullable(),
  /** Null where the metric has no target to meet. */
  verdict: verdictSchema.nullable(),
  /** Against as long a time before, where both are known and age changes neither; null where they are not. */
  trend: z.enum(["rising", "falling", "noChangeSeen"]).nullable(),
  /** What it was then. */
  past: pastMetricSchema.omit({ id: true }).nullable(),
  /** About how many more of its sample would give a number or a verdict; null where that cannot be said. */
  needsMore: z.int().nonnegative().nullable(),
  /** Why there is no number, in words; null where there is one. */
  reason: z.string().nullable(),
});

/** What `kept report --json` prints. */
export const reportSchema = z.strictObject({
  period: z.strictObject({ from: z.string(), to: z.string(), days: z.int() }),
  coverage: z.number().nullable(),
  synthetic: z.boolean(),
  /** What `kept.ownFolder` adds to the numbers; null without such a folder. */
  otherMachines: otherMachinesSchema.nullable(),
  metrics: z.array(metricSchema),
  origins: z.array(
    z.strictObject({
      origin: z.string(),
      edits: z.int(),
      insertedChars: z.int(),
      deletedChars: z.int(),
      keptChars: z.int(),
      /** Bounds of the 95 % interval of the kept share; null while there is not enough data for one. */
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
  /** The way of AI edits from proposal to commit. */
  funnel: funnelSchema,
  /** What became of committed lines; null while no history was looked at. */
  fates: fatesSchema.nullable(),
  /** What was there before Kept watched. Its edits are in no other number; its requests are in the sums of requests. */
  before: beforeKeptSchema.nullable(),
  /** Who took out whose text, where AI is one of the two. */
  overwrites: z.array(overwriteSchema),
  /** Edits dated later than today; they are in no number until that day. */
  ahead: z.int().nonnegative(),
  /** What a kept change cost, of the tasks that began in each stretch of seven days. */
  costOfWeeks: requestSummarySchema.shape.tasks.shape.costOfWeeks,
  /** How long requests took by tier, of those of which it is known. */
  latencyByTier: requestSummarySchema.shape.latencyByTier,
  /** What is left of the edits of tools' tasks, by model, mode and kind of task. */
  toolTypes: z.array(toolTypeSchema),
  /** What tools count of their own edits, beside what Kept finds; in no other number. */
  toolsSay: toolsSaySchema,
  /** What tools say of their plans, the latest of each window. */
  allowances: z.array(allowanceWindowSchema),
  /** Said in the period and not answered yet, the newest first: those of the panel. */
  tips: z.array(
    tipRecordSchema.pick({
      rule: true,
      day: true,
      message: true,
      state: true,
      before: true,
      after: true,
      effect: true,
    }),
  ),
});
export type Report = z.infer<typeof reportSchema>;
