import { createPublicKey, sign, verify } from "node:crypto";
import {
  bundleContext,
  bundleEnvelopeSchema,
  bundleSchema,
  type Bundle,
  type BundleEnvelope,
} from "../../protocol/bundle.ts";
import type { BundleKey, TrustedKey } from "./bundleKeys.ts";

/** The bytes to publish: signed by every key, so that whoever pinned any of them can go on while keys change. */
export function signBundle(bundle: Bundle, keys: readonly BundleKey[]): Buffer {
  return signPayload(Buffer.from(JSON.stringify(bundleSchema.parse(bundle))), keys, []);
}

/** Beside signatures that are there already, so that keys can be kept in several places. */
export function signPayload(
  payload: Buffer,
  keys: readonly BundleKey[],
  earlier: BundleEnvelope["signatures"],
): Buffer {
  const message = messageOf(payload);
  const own = new Set(keys.map(({ id }) => id));
  const envelope = bundleEnvelopeSchema.parse({
    payload: payload.toString("base64"),
    signatures: [
      ...earlier.filter(({ key }) => !own.has(key)),
      ...keys.map(({ id, privateKey }) => ({
        key: id,
        signature: sign(null, message, privateKey).toString("base64"),
      })),
    ],
  });
  return Buffer.from(JSON.stringify(envelope));
}

/** How many of the trusted keys have signed. */
export function countSigners(
  { payload, signatures }: BundleEnvelope,
  trusted: readonly TrustedKey[],
): number {
  const message = messageOf(Buffer.from(payload, "base64"));
  return trusted.filter(({ id, publicKey }) => {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    return signatures.some(
      (each) => each.key === id && verify(null, message, key, Buffer.from(each.signature, "base64")),
    );
  }).length;
}

function messageOf(payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(bundleContext), payload]);
}
