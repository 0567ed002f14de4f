import * as z from "zod";
import type { RiskTier } from "../../../protocol/policy.ts";
import { toolSchema } from "../../../protocol/tool.ts";

/** A share as people set it: null where it is left open. */
const shareSchema = z.number().min(0).max(1).nullable();

const targetSchema = z.strictObject({
  /** Where things stood before. */
  baseline: shareSchema,
  /** What is aimed at: what a verdict is given by. */
  requirement: shareSchema,
  /** What is not to be passed, or more than which is not worth its price. */
  ceiling: shareSchema,
});

export const tiers = {
  sandbox: "Sandbox: experiments, nothing that matters",
  standard: "Standard: what most code is",
  enhanced: "Enhanced: money, safety or personal data",
} as const satisfies Record<RiskTier, string>;
export type Tier = keyof typeof tiers;

/** Of remotes: how many for all tiers together, and how long each. */
export const patternLimits = { patterns: 200, characters: 300 };

/** Each setting with what holds while nothing was set. Stored as JSON under its name. */
export const settingSchemas = {
  organisation: z.strictObject({ name: z.string().max(60) }).default({ name: "The organisation" }),
  targets: z.record(z.string().regex(/^[A-Z]\d{1,2}$/), targetSchema).default({}),
  tools: z.strictObject({ approved: z.array(toolSchema).nullable() }).default({ approved: null }),
  repositories: z
    .array(
      z.strictObject({
        remote: z.string().min(1).max(patternLimits.characters),
        tier: z.enum(Object.keys(tiers) as [Tier, ...Tier[]]),
      }),
    )
    .max(patternLimits.patterns)
    .default([]),
  budgets: z
    .strictObject({
      currency: z.string().regex(/^[A-Z]{3}$/),
      /** In a calendar month, for everybody together; null where none is set. */
      monthly: z.int().min(0).max(1_000_000_000).nullable(),
      teams: z.record(z.string(), z.int().min(0).max(1_000_000_000)),
    })
    .default({ currency: "USD", monthly: null, teams: {} }),
  coaching: z
    .strictObject({
      secondPerson: z.boolean(),
      /** Whether the service signs what is in force anew before it ends, with the keys that lie there. */
      renews: z.boolean().default(false),
    })
    .default({ secondPerson: true, renews: false }),
};

export type SettingName = keyof typeof settingSchemas;
export type SettingValue<Name extends SettingName> = z.infer<(typeof settingSchemas)[Name]>;
