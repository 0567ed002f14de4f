import { createHmac } from "node:crypto";

/** How long somebody may take to sign in at the provider, in seconds. */
export const attemptSeconds = 600;

/**
 * What one attempt to sign in is known by. All of it follows from a secret that only the browser keeps, so that the
 * service remembers nothing of strangers, and what comes back is worth something in that browser alone.
 */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE: without it nobody gets anything for a code that was seen on the way. */
  readonly verifier: string;
}

export function attemptOf(secret: string): Attempt {
  const part = (name: string) =>
    createHmac("sha256", secret).update(`kept-sign-in/${name}`).digest("base64url");
  return { state: part("state"), nonce: part("nonce"), verifier: part("verifier") };
}

export function attemptCookieName(isSecure: boolean): string {
  return isSecure ? "__Host-kept-sign-in" : "kept-sign-in";
}

/** Lax, for the browser comes back from another site. An empty secret takes the cookie away. */
export function attemptCookie(secret: string, isSecure: boolean): string {
  const seconds = secret === "" ? 0 : attemptSeconds;
  const rest = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
  return `${attemptCookieName(isSecure)}=${secret}; ${rest}${isSecure ? "; Secure" : ""}`;
}
