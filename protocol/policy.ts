import * as z from "zod";

/** How much care a repository needs, the least first. */
export const riskTierSchema = z.enum(["sandbox", "standard", "enhanced"]);
export type RiskTier = z.infer<typeof riskTierSchema>;

/**
 * What a repository asks for in `.kept/policy.json`, at the root of a workspace folder. Everything in it only tightens:
 * what a person or an administrator switched off stays off whatever stands here.
 */
export const policySchema = z.strictObject({
  /** False: nothing in this folder is recorded. */
  record: z.boolean().optional(),
  /** False: nothing of this folder is ever synced. */
  sync: z.boolean().optional(),
  /** How much care the repository needs. */
  tier: riskTierSchema.optional(),
  /** The tools that are allowed here; any where it is missing. */
  approvedTools: z.array(z.string().min(1).max(100)).max(100).optional(),
  /** Whether commits have to say what AI wrote. */
  disclosure: z.enum(["optional", "required"]).optional(),
});
export type Policy = z.infer<typeof policySchema>;
