import { sign } from "node:crypto";
import { bundleContext, bundleEnvelopeSchema, bundleSchema, type Bundle } from "../../protocol/bundle.ts";
import type { BundleKey } from "./bundleKeys.ts";

/** The bytes to publish: signed by every key, so that whoever pinned any of them can go on while keys change. */
export function signBundle(bundle: Bundle, keys: readonly BundleKey[]): Buffer {
  const payload = Buffer.from(JSON.stringify(bundleSchema.parse(bundle)));
  const message = Buffer.concat([Buffer.from(bundleContext), payload]);
  const envelope = bundleEnvelopeSchema.parse({
    payload: payload.toString("base64"),
    signatures: keys.map(({ id, privateKey }) => ({
      key: id,
      signature: sign(null, message, privateKey).toString("base64"),
    })),
  });
  return Buffer.from(JSON.stringify(envelope));
}
