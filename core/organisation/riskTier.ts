import type { Membership } from "../../protocol/enrolment.ts";
import { riskTierSchema, type RiskTier } from "../../protocol/policy.ts";
import { isListed } from "../sync/remotePattern.ts";

const order: readonly RiskTier[] = riskTierSchema.options;

/** What a folder's own policy and the organisation's list say of it: of several the one that asks for most care. */
export function riskTierOf(
  { own, remotes }: { readonly own: RiskTier | undefined; readonly remotes: readonly string[] },
  tiers: NonNullable<Membership["tiers"]>,
): RiskTier | undefined {
  const listed = tiers.filter(({ remote }) => remotes.some((each) => isListed(each, [remote])));
  const said = [...(own === undefined ? [] : [own]), ...listed.map(({ tier }) => tier)];
  return order.findLast((tier) => said.includes(tier));
}
