import { createPublicKey, verify } from "node:crypto";
import { judgeBundle, type BundleJudgement, type BundleTrust } from "../../core/organisation/bundleTrust.ts";
import {
  bundleContext,
  bundleEnvelopeSchema,
  bundleLimits,
  type BundleEnvelope,
} from "../../protocol/bundle.ts";

type Signed =
  | { readonly state: "signed"; readonly payload: unknown; readonly signers: ReadonlySet<string> }
  | Extract<BundleJudgement, { state: "refused" }>;

/** Decides about a bundle as it came. Its payload is read only after enough pinned keys are found to have signed it. */
export function verifyBundle(
  bytes: Uint8Array,
  trust: BundleTrust,
  now: number,
): BundleJudgement & { readonly signers?: ReadonlySet<string> } {
  const signed = readSigned(bytes, trust);
  if (signed.state === "refused") return signed;
  return { ...judgeBundle(signed.payload, trust, now), signers: signed.signers };
}

/** What enough pinned keys have signed, whatever it says. */
export function readSigned(
  bytes: Uint8Array,
  { keys, threshold }: Pick<BundleTrust, "keys" | "threshold">,
): Signed {
  if (bytes.length > bundleLimits.bytes) return { state: "refused", why: "tooLarge" };
  const envelope = bundleEnvelopeSchema.safeParse(parseJson(bytes));
  if (!envelope.success) return { state: "refused", why: "malformed" };
  const payload = Buffer.from(envelope.data.payload, "base64");
  const signers = signersOf(envelope.data, payload, keys);
  if (signers.size < Math.max(1, threshold)) return { state: "refused", why: "notSigned" };
  return { state: "signed", payload: parseJson(payload), signers };
}

function signersOf(
  { signatures }: BundleEnvelope,
  payload: Uint8Array,
  keys: BundleTrust["keys"],
): Set<string> {
  const message = Buffer.concat([Buffer.from(bundleContext), payload]);
  const signers = new Set<string>();
  for (const { key, signature } of signatures) {
    const pinned = keys.get(key);
    if (pinned === undefined || signers.has(key)) continue;
    const publicKey = createPublicKey({ key: Buffer.from(pinned, "base64"), format: "der", type: "spki" });
    if (publicKey.asymmetricKeyType !== "ed25519") continue;
    if (verify(null, message, publicKey, Buffer.from(signature, "base64"))) signers.add(key);
  }
  return signers;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
