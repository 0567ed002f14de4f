import { bundleLimits, bundleSchema, type Bundle } from "../../protocol/bundle.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import type { BundleKey } from "./bundleKeys.ts";
import { signBundle } from "./signBundle.ts";

type Items = Bundle["items"];

const dayMs = 86_400_000;

export type PublishOutcome =
  | { readonly ok: true; readonly sequence: number; readonly expiresAt: number }
  | { readonly ok: false; readonly reason: string };

/** Signs what editors show from now on, in the place of all that was published before. */
export async function publishBundle(
  items: Items,
  days: number,
  {
    store,
    host,
    keys,
    needed,
  }: {
    readonly store: Store;
    readonly host: Host;
    readonly keys: readonly BundleKey[];
    readonly needed: number;
  },
): Promise<PublishOutcome> {
  if (keys.length < needed) {
    return {
      ok: false,
      reason: `${needed} keys have to sign, and there are ${keys.length}: kept-org keys --new.`,
    };
  }
  const issuedAt = host.now();
  const sequence = (await store.lastSequence()) + 1;
  const expiresAt = issuedAt + days * dayMs;
  const bundle = bundleSchema.parse({
    version: 1,
    org: await store.organisation(host.id()),
    ...{ sequence, issuedAt, expiresAt, items },
  });
  const envelope = signBundle(bundle, keys);
  if (envelope.length > bundleLimits.bytes) {
    return { ok: false, reason: `Together they are larger than ${bundleLimits.bytes} bytes. Publish fewer.` };
  }
  await store.addBundle(sequence, envelope.toString());
  return { ok: true, sequence, expiresAt };
}
