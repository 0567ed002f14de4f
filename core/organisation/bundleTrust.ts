import { bundleLimits, bundleSchema, type Bundle, type BundleRefusal } from "../../protocol/bundle.ts";

/** What a machine that joined holds on to. */
export interface BundleTrust {
  readonly org: string;
  /** SPKI in base64 by key id. A map: names in a bundle are a stranger's, and an object has names of its own. */
  readonly keys: ReadonlyMap<string, string>;
  /** How many different keys must have signed. */
  readonly threshold: number;
  /** The highest sequence ever accepted; 0 where there was none. */
  readonly lastSequence: number;
}

export type BundleJudgement =
  | { readonly state: "accepted"; readonly bundle: Bundle }
  | { readonly state: "refused"; readonly why: BundleRefusal };

/** Judges a payload whose signatures are good. The same sequence may come again: it is fetched more than once. */
export function judgeBundle(payload: unknown, trust: BundleTrust, now: number): BundleJudgement {
  const parsed = bundleSchema.safeParse(payload);
  if (!parsed.success) return { state: "refused", why: "malformed" };
  const bundle = parsed.data;
  if (bundle.org !== trust.org) return { state: "refused", why: "otherOrg" };
  if (bundle.sequence < trust.lastSequence) return { state: "refused", why: "old" };
  if (bundle.issuedAt > now + bundleLimits.clockMs) return { state: "refused", why: "early" };
  if (isExpired(bundle, now)) return { state: "refused", why: "expired" };
  return { state: "accepted", bundle };
}

/** Asked again before each item is shown: an accepted bundle ends by itself. */
export function isExpired({ expiresAt }: Pick<Bundle, "expiresAt">, now: number): boolean {
  return now >= expiresAt;
}

/**
 * How many keys must sign after a bundle that was accepted: as many as the organisation asks for, once as many did. What it asks
 * for is not signed: whoever answers in its place could ask for one key, or for more than there are.
 */
export function neededAfter(
  { needed, asked }: { readonly needed: number; readonly asked: number },
  signers: ReadonlySet<string>,
): number {
  return signers.size >= asked ? Math.max(needed, asked) : needed;
}

/** A key that was pinned by an invitation, or that one of these handed on. */
export interface PinnedKey {
  readonly id: string;
  readonly publicKey: string;
  /** Sequence of the bundle that handed it on; 0 for those of the invitation. */
  readonly since: number;
}

/**
 * The keys that count after a bundle that was accepted. Only the newest of them hand on and retire, so that an old key that was
 * stolen can do neither once its next one is known. Whoever signed the bundle goes on counting: it has to be believed until the next.
 */
export function handOn(
  pinned: readonly PinnedKey[],
  { keys, sequence }: Pick<Bundle, "keys" | "sequence">,
  signers: ReadonlySet<string>,
): readonly PinnedKey[] {
  const newest = Math.max(...pinned.map(({ since }) => since));
  if (keys === undefined || !pinned.some(({ id, since }) => since === newest && signers.has(id)))
    return pinned;
  const named = new Set(keys.map(({ id }) => id));
  const kept = pinned.filter(({ id }) => named.has(id) || signers.has(id));
  const known = new Set(pinned.map(({ id }) => id));
  const next = keys.filter(({ id }) => !known.has(id)).map((key) => ({ ...key, since: sequence }));
  if (kept.length === pinned.length && next.length === 0) return pinned;
  return [...kept, ...next].slice(0, bundleLimits.signatures);
}
