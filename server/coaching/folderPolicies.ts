import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ApprovedTools } from "../../core/coaching/recentTools.ts";
import { isAmong } from "../../core/tools/toolTitle.ts";
import { readPolicy } from "../../core/organisation/policy.ts";
import { riskTierOf } from "../../core/organisation/riskTier.ts";
import type { Membership } from "../../protocol/enrolment.ts";
import type { Policy, RiskTier } from "../../protocol/policy.ts";
import { readRemotes } from "../git/remotes.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import type { Store } from "../store/store.ts";
import { readTextFile } from "../unseen/textFile.ts";

type Sync = Pick<Store, "sync">;

/** The folders for which there is a list of tools: their own policy's, the organisation's in those that are work, or what is on both. */
export function approvedTools({ sync }: Sync, folders: readonly string[]): ApprovedTools[] {
  const ofOrg = sync.readConsent()?.membership?.tools ?? null;
  const work = new Set(sync.readWorkFolders().map(({ workspace }) => workspace));
  return folders.flatMap((folder) => {
    const { address, policy } = policyOf(folder);
    const own = policy?.approvedTools;
    const list = ofOrg !== null && work.has(folder) ? ofOrg : undefined;
    if (own === undefined) return list === undefined ? [] : [{ folder, policy: null, tools: list }];
    const tools = list === undefined ? own : list.filter((tool) => isAmong(tool, own));
    return [{ folder, policy: address, tools }];
  });
}

/** How much care each folder needs, as far as anybody said. Where it lies is compared here and told nobody. */
export function riskTiers({ sync }: Sync, folders: readonly string[]): ReadonlyMap<string, RiskTier> {
  const tiers: NonNullable<Membership["tiers"]> = sync.readConsent()?.membership?.tiers ?? [];
  return new Map(
    folders.flatMap((folder) => {
      const own = policyOf(folder).policy?.tier;
      const isCompared = tiers.length > 0 && folder.startsWith("file:");
      const remotes = isCompared ? readRemotes(fileURLToPath(folder)) : [];
      const tier = riskTierOf({ own, remotes }, tiers);
      return tier === undefined ? [] : [[folder, tier] as const];
    }),
  );
}

function policyOf(folder: string): { readonly address: string | null; readonly policy: Policy | undefined } {
  const root = fileOfAddress(folder);
  if (root === undefined) return { address: null, policy: undefined };
  const address = pathToFileURL(path.join(root, ".kept", "policy.json")).href;
  const text = readTextFile(address);
  const read = typeof text === "object" ? readPolicy(text.text) : undefined;
  return { address, policy: read?.state === "read" ? read.policy : undefined };
}
