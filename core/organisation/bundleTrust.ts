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
