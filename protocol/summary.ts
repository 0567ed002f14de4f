import * as z from "zod";
import { allowanceWindowSchema } from "./allowance.ts";
import { daySchema } from "./day.ts";
import { fatesSchema } from "./fates.ts";
import { funnelSchema } from "./funnel.ts";
import { beforeKeptSchema } from "./history.ts";
import { originSchema } from "./origin.ts";
import { otherMachinesSchema } from "./ownFolder.ts";
import { overwriteSchema } from "./overwrites.ts";
import { detectorQualitySchema } from "./provenance.ts";
import { allowancePaceSchema, budgetPaceSchema } from "./pace.ts";
import { riskTierSchema } from "./policy.ts";
import { practiceSchema } from "./practice.ts";
import { pastSchema, wayOfDaySchema } from "./past.ts";
import { retentionPointSchema } from "./retentionCurve.ts";
import { requestSummarySchema } from "./requestSummary.ts";
import { measuredShareSchema } from "./share.ts";
import { targetsSchema } from "./targets.ts";
import { toolsSaySchema } from "./toolsSay.ts";
import { toolUseSchema } from "./toolUse.ts";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** Which edits are asked for. */
export const questionSchema = z.strictObject({
  /** How many days, the last one being today. */
  days: z.int().min(1).max(800),
  /** The edits in this window's workspace folders, or all there are. */
  scope: z.enum(["workspace", "all"]),
});
export type Question = z.infer<typeof questionSchema>;

/** Characters inserted, by the kind of origin. */
export const charsByKindSchema = z.strictObject({
  ai: count,
  human: count,
  tooling: count,
  external: count,
  unknown: count,
});
export type CharsByKind = z.infer<typeof charsByKindSchema>;

/** What the panel and the report show, made from sums alone. */
export const summarySchema = z.strictObject({
  question: questionSchema,
  from: daySchema,
  to: daySchema,
  /** True when the store holds the demonstration's made-up history. */
  synthetic: z.boolean(),
  edits: count,
  /** The share of inserted characters whose origin is known. */
  coverage: z.strictObject({ value: share.nullable(), knownChars: count, allChars: count }),
  /** Of the characters AI inserted in the period: the share never removed since. */
  keptAi: measuredShareSchema,
  /** The same for what was typed, beside it. */
  keptHuman: measuredShareSchema,
  /** The same as `keptAi` for today alone. */
  keptAiToday: measuredShareSchema,
  /** The way of AI edits from proposal to commit. */
  funnel: funnelSchema,
  /** What became of committed lines; null while no history was looked at. */
  fates: fatesSchema.nullable(),
  /** What was there before Kept watched; null where nobody looked. */
  before: beforeKeptSchema.nullable(),
  /** How much of AI edits is left at set times after each, the earliest first. */
  retention: z.array(retentionPointSchema),
  /** By origin, most inserted first. */
  origins: z.array(
    z.strictObject({
      origin: originSchema,
      edits: count,
      insertedChars: count,
      deletedChars: count,
      keptChars: count,
      /** Of what these edits inserted: the share never removed since. */
      kept: measuredShareSchema,
    }),
  ),
  /** Requests to models, their tokens and their cost, and the tasks they belong to. This machine's alone. */
  requests: requestSummarySchema,
  /** What tools say of their plans: the latest of each window, by tool and length. This machine's alone. */
  allowances: z.array(allowanceWindowSchema),
  /** At what pace these are used up. */
  paces: z.array(allowancePaceSchema),
  /** The month against the budget, of everywhere; null where none is set. */
  budget: budgetPaceSchema.nullable(),
  /** What tools count of their own edits, beside what Kept finds. */
  toolsSay: toolsSaySchema,
  /** How often the evidence says what the person says, of all edits the person said something of. */
  detector: detectorQualitySchema,
  /** One entry for each day of the period, first day first. */
  days: z.array(z.strictObject({ day: daySchema, inserted: charsByKindSchema })),
  /** What became of AI edits, by the day on which they were made; days of which nothing is known are left out. */
  ways: z.array(wayOfDaySchema),
  /** As long a time before, to compare with; null where nobody asked for it. */
  past: pastSchema.nullable(),
  /** How tools are used beside and after each other; null where nobody asked for a past to compare with. */
  toolUse: toolUseSchema.nullable(),
  /** Who took out whose text, where AI is one of the two: most first. This machine's alone. */
  overwrites: z.array(overwriteSchema),
  /** How the person works with AI: commits and the beginnings of tasks. */
  practice: practiceSchema,
  /** What is told of the workspace's folders as they are now: no name and no path; null of everywhere. */
  folders: z.strictObject({ contextLines: z.array(count), tiers: z.array(riskTierSchema) }).nullable(),
  /** AI edits whose tool is named, and those by a tool on their folder's list; null without a list, and of everywhere. */
  approved: z.array(z.strictObject({ day: daySchema, approved: count, named: count })).nullable(),
  /** What the person aims at, by the metric's id: only what was set. */
  targets: targetsSchema,
  /** Today's 24 hours. */
  hours: z.array(charsByKindSchema).length(24),
  /** What other machines wrote into `kept.ownFolder` and is in all of the numbers; null without such a folder. */
  otherMachines: otherMachinesSchema.nullable(),
  /** What was dropped since the store was made, by reason. */
  drops: z.array(z.strictObject({ name: z.string(), count })),
  /** Edits dated later than today, of everywhere: a clock was wrong, and they are in no number before that day. */
  ahead: count,
});
export type Summary = z.infer<typeof summarySchema>;
