import * as z from "zod";
import { daySchema } from "./day.ts";
import { modeSchema } from "./origin.ts";
import { measuredShareSchema } from "./share.ts";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** A share of a model's edits, now and before. */
const modelCheckSchema = z.strictObject({
  now: measuredShareSchema,
  before: measuredShareSchema,
  /** Of what was counted, the share whose kind of task was held fixed; null where the kind is not known of any. */
  held: share.nullable(),
  says: z.enum(["rising", "falling", "noChangeSeen", "cannotTell"]),
});
export type ModelCheck = z.infer<typeof modelCheckSchema>;

/** One model of one tool, against its own past: what is left of its edits after 15 minutes. */
const watchedModelSchema = z.strictObject({
  tool: z.string().nullable(),
  model: z.string().nullable(),
  /** In the period, and in the weeks before it. */
  now: measuredShareSchema,
  before: measuredShareSchema,
  /** By week (its Monday), the oldest first; weeks with too few edits are left out. */
  weeks: z.array(z.strictObject({ week: daySchema, value: share, n: count })),
  /** The week in which it most likely became another, and by how much; null where chance explains the weeks as well. */
  change: z.strictObject({ week: daySchema, shift: z.number() }).nullable(),
  says: z.enum(["rising", "falling", "noChangeSeen", "cannotTell"]),
  /** Edits that were taken back within five minutes. */
  undone: modelCheckSchema,
  /** Edits that failed, as tools' records tell of tasks with this model alone. */
  retries: modelCheckSchema,
});
export type WatchedModel = z.infer<typeof watchedModelSchema>;

const taskModeSchema = z.enum([...modeSchema.options, "several"]);
export type TaskMode = z.infer<typeof taskModeSchema>;

/** What is left of the edits of a tool's tasks, by how AI was used and the kind of task. */
export const toolTypeSchema = z.strictObject({
  tool: z.string(),
  /** Null where tasks used several models, or it is not known. */
  model: z.string().nullable(),
  /** Null where nothing says how AI was used. */
  mode: taskModeSchema.nullable(),
  type: z.string(),
  /** Of the edits of these tasks, those of which something is left; `n` are tasks that wrote something. */
  kept: measuredShareSchema,
  changes: count,
});
export type ToolType = z.infer<typeof toolTypeSchema>;

/** When a level changed. */
const levelChangeSchema = z.strictObject({
  /** Weeks with enough edits among those watched. */
  weeks: count,
  /** The first week of the new level, between which weeks it lies, and by how much; null where chance explains all. */
  change: z
    .strictObject({ week: daySchema, earliest: daySchema, latest: daySchema, shift: z.number() })
    .nullable(),
});
export type LevelChange = z.infer<typeof levelChangeSchema>;

/** How tools are used beside and after each other. */
export const toolUseSchema = z.strictObject({
  /** The first day that models are watched from. */
  watchedFrom: daySchema,
  /** Those with most edits first. */
  models: z.array(watchedModelSchema),
  /** What is left of the edits of all models together, after 15 minutes. */
  all: levelChangeSchema,
  /** What requests cost by week, by list price; the shift is the factor less one. */
  cost: levelChangeSchema,
  byType: z.array(toolTypeSchema),
  /** Tools with edits now and none before, and the other way round; null where nothing is on record of before. */
  churn: z.strictObject({ begun: z.array(z.string()), left: z.array(z.string()) }).nullable(),
  /** Days with AI edits, and those on which more than one tool made some. */
  aiDays: count,
  severalDays: count,
});
export type ToolUse = z.infer<typeof toolUseSchema>;
