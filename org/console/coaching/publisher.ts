import type { Bundle } from "../../../protocol/bundle.ts";
import type { AppParts } from "../../app.ts";
import type { AuditEntry } from "../../audit/auditLog.ts";
import {
  draftBundle,
  publishBundle,
  putInForce,
  type DraftOutcome,
  type PublishOutcome,
} from "../../bundles/publishBundle.ts";
import { readPublished, takeBundle } from "../../bundles/takeBundle.ts";
import { dateOf, epochDayOf } from "../../ingest/isoWeek.ts";
import { readSetting } from "../settings/readSettings.ts";
import { itemOf, notCleared, publishable } from "./approval.ts";
import type { StoredPrompt } from "./prompts.ts";

type Note = (subject: string) => AuditEntry;

/** What the console can do about bundles, with the keys there are. */
export interface Publisher {
  /** Whether enough keys lie here; else a bundle is signed elsewhere and brought back. */
  canSign(): boolean;
  inForce(): Promise<Bundle | undefined>;
  /** The approved prompts that are not over: what the next bundle holds. */
  next(): Promise<StoredPrompt[]>;
  publish(days: number, entry: Note): Promise<PublishOutcome>;
  /** To be signed elsewhere. */
  draft(days: number): Promise<DraftOutcome>;
  /** Puts in force what was signed elsewhere, if every word of it was approved here. */
  take(text: string, entry: Note): Promise<PublishOutcome>;
  /** What is in force, without one prompt, until when it would have been; undefined where it is not in it or nothing can be signed here. */
  without(prompt: string, entry: Note): Promise<PublishOutcome | undefined>;
}

const dayMs = 86_400_000;

export function createPublisher(parts: Pick<AppParts, "store" | "host" | "promises" | "console">): Publisher {
  const { store, host, promises } = parts;
  const drafting = () => ({ store, host, trusted: promises.keys() });
  const signing = () => ({ ...drafting(), keys: parts.console.bundleKeys(), needed: promises.signatures });
  const canSign = () => parts.console.bundleKeys().length >= promises.signatures;

  const inForce = async () => {
    const bundle = readPublished(await store.currentBundle());
    return bundle !== undefined && bundle.expiresAt > host.now() ? bundle : undefined;
  };

  const cleared = async () => {
    const { secondPerson } = await readSetting(store, "coaching");
    return publishable(await store.prompts(), { today: dateOf(epochDayOf(host.now())), secondPerson });
  };

  return {
    canSign,
    inForce,
    next: cleared,

    publish: async (days, entry) =>
      await publishBundle((await cleared()).map(itemOf), days, signing(), entry),

    draft: async (days) => await draftBundle((await cleared()).map(itemOf), days, drafting()),

    async take(text, entry) {
      const taken = takeBundle(text, {
        org: await store.organisation(host.id()),
        lastSequence: await store.lastSequence(),
        keys: promises.keys(),
        needed: promises.signatures,
        now: host.now(),
      });
      if (!taken.ok) return taken;
      const strange = notCleared(taken.bundle.items, await cleared());
      return strange.length > 0
        ? { ok: false, reason: `not approved here as it stands: ${strange.slice(0, 3).join(", ")}` }
        : await putInForce(taken.bundle, Buffer.from(JSON.stringify(taken.envelope)), store, entry);
    },

    async without(prompt, entry) {
      const bundle = await inForce();
      if (bundle === undefined || !canSign() || !bundle.items.some(({ id }) => id === prompt))
        return undefined;
      const days = Math.max(1, Math.ceil((bundle.expiresAt - host.now()) / dayMs));
      return await publishBundle(
        bundle.items.filter(({ id }) => id !== prompt),
        days,
        signing(),
        entry,
      );
    },
  };
}
