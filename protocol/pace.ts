import * as z from "zod";

const count = z.int().nonnegative();

/** How a window of what a plan allows is used up, by what the tool said last. */
export const allowancePaceSchema = z.strictObject({
  tool: z.string(),
  windowMinutes: z.int().positive(),
  /** 1 is all of it. */
  usedShare: z.number().min(0),
  /** How much of the window was over when the tool said so; null where it does not say when it ends. */
  elapsedShare: z.number().min(0).max(1).nullable(),
  readAt: count,
  resetsAt: count.nullable(),
  /** When it is used up at the pace so far, where that is before the window ends. */
  runsOutAt: count.nullable(),
  /** `over`: the window ended since. `early`: too little of it has passed to speak of a pace. */
  state: z.enum(["lasts", "runsOut", "usedUp", "over", "early", "unknown"]),
});
export type AllowancePace = z.infer<typeof allowancePaceSchema>;

/** How the month's spend stands against a budget. Money is in billionths of a US dollar by list price. */
export const budgetPaceSchema = z.strictObject({
  budgetNanoUsd: z.number().positive(),
  /** From the first of the month on, of everywhere. */
  spentNanoUsd: count,
  unpricedRequests: count,
  /** Of the budget, what is spent; of the month, what is over, today included. */
  share: z.number().min(0),
  monthShare: z.number().min(0).max(1),
  state: z.enum(["within", "near", "over"]),
  /** What the month comes to by the same weekdays of the eight weeks before; null while too few days are known. */
  forecast: z.strictObject({ nanoUsd: count, low: count, high: count }).nullable(),
  /** Days with requests among them. */
  days: count,
});
export type BudgetPace = z.infer<typeof budgetPaceSchema>;
