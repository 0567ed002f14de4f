import * as z from "zod";
import { daySchema } from "./day.ts";
import { medianSchema } from "./practice.ts";
import { measuredShareSchema } from "./share.ts";

const count = z.int().nonnegative();

/** How much a model thinks before it answers, and what it costs: by a table of models, `unknown` for what is not in it. */
export const tierSchema = z.enum(["fast", "standard", "heavy", "unknown"]);
export type Tier = z.infer<typeof tierSchema>;

/** Tokens by kind. `input` never includes what was cached; `reasoning` is part of `output`. */
export const tokensSchema = z.strictObject({
  input: count,
  output: count,
  cacheRead: count,
  cacheWrite: count,
  reasoning: count,
});
export type TokensByKind = z.infer<typeof tokensSchema>;

/** Money in billionths of a US dollar, by list price: who pays by subscription pays something else. */
export const spendSchema = z.strictObject({
  /** Of the requests whose price is known; null where none is. */
  nanoUsd: count.nullable(),
  unpricedRequests: count,
  /** Tokens of these, of all kinds. */
  unpricedTokens: count,
});
export type Spend = z.infer<typeof spendSchema>;

/** How long requests took, of those of which it is known; null where it is of none. */
export const latencySchema = z
  .strictObject({ medianMs: count, p95Ms: count, p99Ms: count, requests: count })
  .nullable();

/** An amount that is only as good as its sample. */
export const measuredAmountSchema = z.strictObject({
  /** Billionths of a US dollar; null where there is nothing to divide by. */
  nanoUsd: z.number().nonnegative().nullable(),
  /** Bounds of the 95 % interval; null while there is not enough data for one. */
  low: z.number().nonnegative().nullable(),
  high: z.number().nonnegative().nullable(),
  /** Tasks in the sample. */
  n: count,
  /** About how many more tasks are needed before the number says something; 0 when there are enough. */
  needsMore: count,
});
export type MeasuredAmount = z.infer<typeof measuredAmountSchema>;

const byTierSchema = z.strictObject({ fast: count, standard: count, heavy: count, unknown: count });

/** What became of tasks. */
export const taskOutcomesSchema = z.strictObject({
  tasks: count,
  /** Something of what they wrote was never removed. */
  kept: count,
  /** They wrote, and nothing of it is left, or nothing of it was taken. */
  nothing: count,
  /** They wrote nothing, as far as the tool's records tell: a question, or exploring. */
  noEdits: count,
  /** They wrote, and what became of it was not seen here. */
  unknown: count,
});
export type TaskOutcomes = z.infer<typeof taskOutcomesSchema>;

/** Sums over some tasks, drawn together when an interval is made. Money is in billionths of a US dollar. */
export const taskGroupSchema = z.strictObject({
  tasks: count,
  requests: count,
  pricedRequests: count,
  nanoUsd: count,
  cacheRead: count,
  /** Everything that went in: uncached, read from a cache and written to one. */
  allInput: count,
  /** Of the tasks all of whose requests have a price: how many, what they cost, their edits, and those kept. */
  pricedTasks: count,
  pricedNanoUsd: count,
  pricedChanges: count,
  pricedKeptChanges: count,
  /** Of what these cost, what those cost that kept something. */
  keptNanoUsd: count,
  /** Edits that were applied or failed, those that failed; tasks with any told edit, those without a failed or rejected one. */
  triedEdits: count,
  failedEdits: count,
  triedTasks: count,
  smoothTasks: count,
  /** Tasks that used a heavy model and changed something, and those of them that were small and smooth. */
  heavyTasks: count,
  lightHeavyTasks: count,
});
export type TaskGroup = z.infer<typeof taskGroupSchema>;

/** What tools' own records say of requests to models in a period, from rollups alone. */
export const requestSummarySchema = z.strictObject({
  requests: count,
  /** Made by an agent that another agent had started. */
  subagentRequests: count,
  tokens: tokensSchema,
  spend: spendSchema,
  /** What tools say they were billed, by currency, beside the list price. In billionths of it. */
  billed: z.array(z.strictObject({ currency: z.string(), nano: count })),
  /** Of all that went in, what was read from a cache. */
  cacheShare: measuredShareSchema,
  latency: latencySchema,
  /** Bounds of the 95 % interval of its median; null while too few days are known. */
  latencyInterval: z.strictObject({ low: z.number().min(0), high: z.number() }).nullable(),
  /** By tool and model, dearest first. */
  rows: z.array(
    z.strictObject({
      tool: z.string(),
      model: z.string().nullable(),
      tier: tierSchema,
      requests: count,
      tokens: tokensSchema,
      spend: spendSchema,
      latency: latencySchema,
    }),
  ),
  /** One entry for each day of the period, first day first. */
  days: z.array(
    z.strictObject({
      day: daySchema,
      requests: count,
      spend: spendSchema,
      byTier: byTierSchema,
      /** Billionths of a US dollar, of the requests whose price is known. */
      spendByTier: byTierSchema,
    }),
  ),
  /** How long they took by tier, of those of which it is known. */
  latencyByTier: z.array(z.strictObject({ tier: tierSchema, latency: latencySchema.unwrap() })),
  /** The tasks that began in the period. */
  tasks: taskOutcomesSchema.extend({
    /** Edits of theirs that were recorded, and those of which something was never removed. */
    changes: count,
    keptChanges: count,
    costPerKeptChange: measuredAmountSchema,
    /** The same of the tasks that began in each stretch of seven days; the last one ends with the period. */
    costOfWeeks: z.array(
      z.strictObject({ from: daySchema, to: daySchema, perKeptChange: measuredAmountSchema }),
    ),
    /** How many milliseconds those took that kept something, of the newest that ended a day ago, without long pauses. */
    timeToKept: medianSchema,
    /** What those cost all of whose requests have a price, by what became of them. */
    spent: taskOutcomesSchema.omit({ tasks: true }),
    byType: z.array(
      taskOutcomesSchema.extend({ type: z.string(), spend: spendSchema, changes: count, keptChanges: count }),
    ),
  }),
  /** The dearest of those that kept nothing. */
  dearest: z.array(
    z.strictObject({
      /** Keyed hash: it names the task on this machine and nowhere else. */
      task: z.string(),
      tool: z.string(),
      /** Null where there were several, or none is known. */
      model: z.string().nullable(),
      day: daySchema,
      type: z.string(),
      requests: count,
      /** Edits of its that were recorded. */
      changes: count,
      nanoUsd: count,
    }),
  ),
  /** The sample behind the intervals: tasks in the order in which they began, some together where they are many. */
  groups: z.array(taskGroupSchema),
});
export type RequestSummary = z.infer<typeof requestSummarySchema>;
