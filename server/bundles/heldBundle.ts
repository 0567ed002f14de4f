import { createHash } from "node:crypto";
import { isExpired, type BundleTrust } from "../../core/organisation/bundleTrust.ts";
import type { Audiences } from "../../core/sync/tallyEvents.ts";
import type { Bundle } from "../../protocol/bundle.ts";
import { heldBundleSchema, type HeldBundle } from "../../protocol/heeding.ts";
import type { Consent } from "../../protocol/sync.ts";
import { readJsonNote } from "../store/jsonNote.ts";
import type { Store } from "../store/store.ts";
import { verifyBundle } from "./verifyBundle.ts";

export const bundleNote = "org.bundle";

/** The keys that were named in the invitation, if the organisation's are these: an id is the hash of its key. */
export function trustOf({ keys, membership }: Consent, lastSequence: number): BundleTrust | undefined {
  if (membership === null) return undefined;
  const pinned = membership.keys.filter(
    ({ id, publicKey }) =>
      keys.includes(id) &&
      createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex").slice(0, 32) === id,
  );
  return {
    org: membership.org,
    keys: new Map(pinned.map(({ id, publicKey }) => [id, publicKey])),
    threshold: membership.signatures,
    lastSequence,
  };
}

/** What is held of the organisation that the person is in now; of another nothing is looked at. */
export function readHeldBundle(store: Store, org: string): HeldBundle {
  const held = readJsonNote(store, bundleNote, heldBundleSchema);
  return held?.org === org ? held : { ...nothingHeld, org };
}

/** The bundle in force: it is verified again each time, because what is stored can be changed by others. */
export function bundleInForce(
  store: Store,
  now: number,
): { readonly bundle: Bundle; readonly consent: Consent } | undefined {
  const consent = store.sync.readConsent();
  const trust = consent && trustOf(consent, 0);
  if (!consent || !trust) return undefined;
  const { envelope, sequence } = readHeldBundle(store, trust.org);
  if (envelope === null) return undefined;
  const judged = verifyBundle(Buffer.from(envelope), { ...trust, lastSequence: sequence }, now);
  return judged.state === "accepted" && !isExpired(judged.bundle, now)
    ? { bundle: judged.bundle, consent }
    : undefined;
}

/** For whom the prompts in force are, by their ids. */
export function promptAudiences(store: Store, now: number): Audiences {
  const items = bundleInForce(store, now)?.bundle.items ?? [];
  return new Map(items.map(({ id, audience }) => [id, audience]));
}

const nothingHeld = {
  envelope: null,
  sequence: 0,
  etag: null,
  checkedAt: null,
  refused: null,
  failure: null,
} as const;
