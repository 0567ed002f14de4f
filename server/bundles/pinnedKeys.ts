import { createHash } from "node:crypto";
import { handOn, type PinnedKey } from "../../core/organisation/bundleTrust.ts";
import { bundleSchema, type Bundle } from "../../protocol/bundle.ts";
import { mostHandedOn, type HeldBundle } from "../../protocol/heeding.ts";
import type { Consent } from "../../protocol/sync.ts";
import { readSigned } from "./verifyBundle.ts";

type Held = Pick<HeldBundle, "handedOn" | "needed">;

/**
 * The keys that count: those named in the invitation, and then what each envelope that handed on made of them. What is
 * stored is believed no more than what came: names are hashes, and each envelope is verified by the keys before it.
 */
export function pinnedKeys(consent: Consent, held: Held): readonly PinnedKey[] {
  const { handedOn } = held;
  const needed = neededForEach(consent, held);
  let pinned: readonly PinnedKey[] = keysOfInvitation(consent, handedOn?.from ?? []);
  for (const [at, envelope] of (handedOn?.by ?? []).entries()) {
    const keys = new Map(pinned.map(({ id, publicKey }) => [id, publicKey]));
    const signed = readSigned(Buffer.from(envelope), {
      ...{ keys, threshold: needed[at]! },
    });
    const bundle = bundleSchema.safeParse(signed.state === "signed" ? signed.payload : undefined);
    if (signed.state === "refused" || bundle.data?.org !== consent.membership?.org || !bundle.success) break;
    pinned = handOn(pinned, withTrueNames(bundle.data), signed.signers);
  }
  return pinned;
}

/** What is to be remembered of a bundle that was accepted; undefined where it changes no key. */
export function handedOnBy(
  { bundle, envelope, signers }: { bundle: Bundle; envelope: string; signers: ReadonlySet<string> },
  consent: Consent,
  held: Held,
):
  | { readonly handedOn: NonNullable<HeldBundle["handedOn"]>; readonly keys: readonly PinnedKey[] }
  | undefined {
  const { handedOn } = held;
  const pinned = pinnedKeys(consent, held);
  const keys = handOn(pinned, withTrueNames(bundle), signers);
  const earlier = handedOn?.by ?? [];
  if (keys === pinned || earlier.length >= mostHandedOn) return undefined;
  const from = keysOfInvitation(consent, handedOn?.from ?? []).map(({ id, publicKey }) => ({
    id,
    publicKey,
  }));
  const needed = [...neededForEach(consent, held), neededNow(consent, held)];
  return { handedOn: { from, by: [...earlier, envelope], needed }, keys };
}

/** What was pinned; before anything was, what the organisation answered. */
export function neededNow({ membership }: Consent, { needed }: Held): number {
  return needed ?? membership?.signatures ?? 1;
}

/** How many keys had to sign each envelope that handed on: what is asked for later does not make it bad. */
export function neededForEach(consent: Consent, held: Held): number[] {
  const { by, needed } = held.handedOn ?? { by: [] };
  return by.map((_, at) => needed?.[at] ?? neededNow(consent, held));
}

/** The organisation may name fewer of them by now than when they were written down. */
function keysOfInvitation({ keys, membership }: Consent, known: HeldKeys): PinnedKey[] {
  const all = new Map(
    [...known, ...(membership?.keys ?? [])].filter(hasTrueName).map((key) => [key.id, key]),
  );
  return keys.flatMap((id) => {
    const key = all.get(id);
    return key === undefined ? [] : [{ ...key, since: 0 }];
  });
}

type HeldKeys = NonNullable<HeldBundle["handedOn"]>["from"];

function withTrueNames({ sequence, keys }: Bundle): Pick<Bundle, "sequence" | "keys"> {
  return { sequence, keys: keys?.filter(hasTrueName) };
}

function hasTrueName({ id, publicKey }: HeldKeys[number]): boolean {
  return createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex").slice(0, 32) === id;
}
