import { bundleLimits, bundleSchema, type Bundle } from "../../protocol/bundle.ts";
import type { AuditEntry } from "../audit/auditLog.ts";
import type { Host } from "../host.ts";
import { inPlainWords, reasonsOf } from "../ingest/explain.ts";
import type { Store } from "../store/store.ts";
import type { BundleKey, TrustedKey } from "./bundleKeys.ts";
import { signBundle } from "./signBundle.ts";

type Items = Bundle["items"];

const dayMs = 86_400_000;

export type DraftOutcome =
  { readonly ok: true; readonly bundle: Bundle } | { readonly ok: false; readonly reason: string };

export type PublishOutcome =
  | { readonly ok: true; readonly sequence: number; readonly expiresAt: number }
  | { readonly ok: false; readonly reason: string };

export interface PublishParts {
  readonly store: Store;
  readonly host: Host;
  /** The keys that count from now on: each bundle says it, so that editors learn of a next one. */
  readonly trusted: readonly TrustedKey[];
}

/** What would be signed next. */
export async function draftBundle(
  items: Items,
  days: number,
  { store, host, trusted }: PublishParts,
): Promise<DraftOutcome> {
  const issuedAt = host.now();
  const keys = trusted.map(({ id, publicKey }) => ({ id, publicKey }));
  const bundle = bundleSchema.safeParse(
    {
      version: 1,
      org: await store.organisation(host.id()),
      ...{ sequence: (await store.lastSequence()) + 1, issuedAt, expiresAt: issuedAt + days * dayMs, items },
      ...(keys.length === 0 ? {} : { keys }),
    },
    { error: inPlainWords },
  );
  if (bundle.success) return { ok: true, bundle: bundle.data };
  const reasons = reasonsOf(bundle.error).map(({ pointer, detail }) => `${pointer}: ${detail}`);
  return { ok: false, reason: reasons.join("; ") };
}

/** Signs what editors show from now on, in the place of all that was published before. */
export async function publishBundle(
  items: Items,
  days: number,
  parts: PublishParts & { readonly keys: readonly BundleKey[]; readonly needed: number },
  entry: (subject: string) => AuditEntry,
): Promise<PublishOutcome> {
  const { store, keys, needed } = parts;
  if (keys.length < needed) {
    return {
      ok: false,
      reason: `${needed} keys have to sign, and there are ${keys.length}: kept-org keys --new.`,
    };
  }
  const draft = await draftBundle(items, days, parts);
  if (!draft.ok) return draft;
  return await putInForce(draft.bundle, signBundle(draft.bundle, keys), store, entry);
}

export async function putInForce(
  { sequence, items, expiresAt }: Bundle,
  envelope: Buffer,
  store: Store,
  entry: (subject: string) => AuditEntry,
): Promise<PublishOutcome> {
  if (envelope.length > bundleLimits.bytes) {
    return { ok: false, reason: `Together they are larger than ${bundleLimits.bytes} bytes. Publish fewer.` };
  }
  const prompts = items.map(({ id }) => id);
  const isAdded = await store.addBundle(
    { sequence, envelope: envelope.toString(), prompts },
    entry(`bundle ${sequence} with ${prompts.length} ${prompts.length === 1 ? "prompt" : "prompts"}`),
  );
  return isAdded
    ? { ok: true, sequence, expiresAt }
    : { ok: false, reason: "Another one was published meanwhile. Look at it, and do it again." };
}
