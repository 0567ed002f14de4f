import { createHash, createHmac } from "node:crypto";

/** Whoever knows it is the person, for this one week: it is given away only to have the week deleted. */
export function weekKeyOf(secret: string, org: string, week: string): string {
  return createHmac("sha256", Buffer.from(secret, "hex")).update(`${org}/${week}`).digest("hex");
}

/** Who the person is in one week. Two of them are linked by nothing without the secret. */
export function pseudonymOf(weekKey: string): string {
  return createHash("sha256").update(Buffer.from(weekKey, "hex")).digest("hex").slice(0, 32);
}
