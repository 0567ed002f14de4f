import type { Bundle } from "../../protocol/bundle.ts";
import type { AuditEntry } from "../audit/auditLog.ts";
import { isCleared } from "../console/coaching/approval.ts";
import type { StoredPrompt } from "../console/coaching/prompts.ts";
import { readSetting } from "../console/settings/readSettings.ts";
import { dateOf, epochDayOf } from "../ingest/isoWeek.ts";
import type { BundleKey } from "./bundleKeys.ts";
import { publishBundle, type PublishOutcome, type PublishParts } from "./publishBundle.ts";
import { readPublished } from "./takeBundle.ts";

const dayMs = 86_400_000;
/** So long before its end: editors that are away over a weekend have the next one in time. */
export const renewedBeforeDays = 4;

/**
 * Signs what is in force anew, for as long as before, without what is over or was taken back; where the organisation chose
 * so, and while it is valid: what has ended stays ended. Undefined where there is nothing to do.
 */
export async function renewBundle(
  parts: PublishParts & { readonly keys: readonly BundleKey[]; readonly needed: number },
): Promise<PublishOutcome | undefined> {
  const { store, host, keys, needed } = parts;
  const { renews, secondPerson } = await readSetting(store, "coaching");
  const bundle = readPublished(await store.currentBundle());
  const now = host.now();
  if (!renews || bundle === undefined || keys.length < needed) return undefined;
  if (bundle.expiresAt <= now || bundle.expiresAt - now > renewedBeforeDays * dayMs) return undefined;
  const prompts = new Map((await store.prompts()).map((prompt) => [prompt.prompt, prompt]));
  const items = bundle.items.filter((item) =>
    isStillGood(item, prompts.get(item.id), { today: dateOf(epochDayOf(now)), secondPerson }),
  );
  if (items.length === 0) return undefined;
  const days = Math.max(1, Math.round((bundle.expiresAt - bundle.issuedAt) / dayMs));
  const entry = (subject: string): AuditEntry => ({
    ...{ entry: host.id(), at: now, who: "kept-org serve", act: "bundleRenewed", subject },
  });
  return await publishBundle(items, days, parts, entry);
}

/** What the console knows of has to be approved there as it stands; what a file brought has nobody's approval. */
function isStillGood(
  item: Bundle["items"][number],
  prompt: StoredPrompt | undefined,
  { today, secondPerson }: { readonly today: string; readonly secondPerson: boolean },
): boolean {
  if (item.until !== undefined && item.until < today) return false;
  if (prompt === undefined) return !secondPerson;
  return prompt.item === JSON.stringify(item) && isCleared(prompt, secondPerson);
}
