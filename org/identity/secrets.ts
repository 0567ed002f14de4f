import { createHash, createHmac } from "node:crypto";

/** What is stored of a token or a credential, from which neither can be found again. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/**
 * What a person's devices go by in one week. It can be worked out only while a credential is shown: whoever has the
 * database alone can connect no device with a pseudonym, and no week with another.
 */
export function tagOf(personKey: string, week: string): string {
  return createHmac("sha256", personKey).update(`kept-week/${week}`).digest("hex").slice(0, 32);
}

/** The pseudonym that only whoever has the week's key could have sent under. */
export function pseudonymOf(weekKey: string): string {
  return createHash("sha256").update(Buffer.from(weekKey, "hex")).digest("hex").slice(0, 32);
}
