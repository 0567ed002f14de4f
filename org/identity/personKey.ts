import { createHmac } from "node:crypto";

/** How many devices of one person can be in at a time. */
export const mostDevicesEach = 3;

/**
 * What the devices of one person have in common, so that they go by one pseudonym in a week: 64 hexadecimal digits. It is
 * made of the first device's credential. Each other device, and each next credential, has it sealed with what it shows
 * itself, so that the database alone leads to it from nowhere.
 */
export function personKeyOf(credential: string, seal: string | null): string {
  return seal === null ? hmac(credential, "kept-person") : sealed(seal, credential);
}

/**
 * The key, sealed with a secret; and a seal, opened with it. Each secret seals one key in its life and is as random as
 * the key is long, so adding its digits is enough.
 */
export function sealed(key: string, secret: string): string {
  const pad = Buffer.from(hmac(secret, "kept-person-seal"), "hex");
  return Buffer.from(Buffer.from(key, "hex").map((byte, index) => byte ^ (pad[index] ?? 0))).toString("hex");
}

function hmac(secret: string, what: string): string {
  return createHmac("sha256", secret).update(what).digest("hex");
}
