import { isExpired, type BundleTrust } from "../../core/organisation/bundleTrust.ts";
import type { Audiences } from "../../core/sync/tallyEvents.ts";
import type { Bundle } from "../../protocol/bundle.ts";
import { heldBundleSchema, type HeldBundle } from "../../protocol/heeding.ts";
import type { Consent } from "../../protocol/sync.ts";
import { readJsonNote } from "../store/jsonNote.ts";
import type { Store } from "../store/store.ts";
import { neededNow, pinnedKeys } from "./pinnedKeys.ts";
import { verifyBundle } from "./verifyBundle.ts";

export const bundleNote = "org.bundle";

/** What counts for a machine that joined: the keys of its invitation, and those that they handed on. */
export function trustOf(consent: Consent, held: HeldBundle): BundleTrust | undefined {
  const { membership } = consent;
  if (membership === null) return undefined;
  return {
    org: membership.org,
    keys: new Map(pinnedKeys(consent, held).map(({ id, publicKey }) => [id, publicKey])),
    threshold: neededNow(consent, held),
    lastSequence: held.sequence,
  };
}

/** What is held of the organisation that the person is in now; of another nothing is looked at. */
export function readHeldBundle(store: Store, org: string): HeldBundle {
  const held = readJsonNote(store, bundleNote, heldBundleSchema);
  return held?.org === org ? held : { ...nothingHeld, org };
}

/** The ids of the keys that count on this machine now; of an invitation whose keys are not known yet, these. */
export function countingKeys(store: Store, consent: Consent): readonly string[] {
  const { membership, keys } = consent;
  if (membership === null) return keys;
  const pinned = pinnedKeys(consent, readHeldBundle(store, membership.org)).map(({ id }) => id);
  return pinned.length === 0 ? keys : pinned;
}

/** The bundle in force: it is verified again each time, because what is stored can be changed by others. */
export function bundleInForce(
  store: Store,
  now: number,
): { readonly bundle: Bundle; readonly consent: Consent } | undefined {
  const consent = store.sync.readConsent();
  if (!consent?.membership) return undefined;
  const held = readHeldBundle(store, consent.membership.org);
  const trust = trustOf(consent, held);
  if (held.envelope === null || trust === undefined) return undefined;
  const judged = verifyBundle(Buffer.from(held.envelope), trust, now);
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
