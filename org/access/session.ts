import { createHmac, timingSafeEqual } from "node:crypto";

/** A working day; whoever comes back tomorrow signs in again. */
export const sessionMs = 8 * 3_600_000;

/** Where browsers can only reach the service over TLS, the cookie's name binds it to TLS and to this very host. */
export function cookieName(isSecure: boolean): string {
  return isSecure ? "__Host-kept" : "kept";
}

export function cookieWith(token: string, isSecure: boolean): string {
  const rest = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionMs / 1000}`;
  return `${cookieName(isSecure)}=${token}; ${rest}${isSecure ? "; Secure" : ""}`;
}

export function cookieWithout(isSecure: boolean): string {
  return `${cookieName(isSecure)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${isSecure ? "; Secure" : ""}`;
}

/** The value of a cookie that came once; twice the same name says that somebody else set one of them. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 && /^[\w-]{1,128}$/.test(values[0] ?? "") ? values[0] : undefined;
}

/** What a form has to bring along: only a page that was made for this session holds it. */
export function formTokenOf(sessionToken: string): string {
  return createHmac("sha256", sessionToken).update("kept-form").digest("hex");
}

export function isFormToken(given: string, sessionToken: string): boolean {
  const expected = Buffer.from(formTokenOf(sessionToken));
  const found = Buffer.from(given);
  return found.length === expected.length && timingSafeEqual(found, expected);
}

/** Whether a form was sent from another site's page, as far as the browser tells. */
export function isForeign(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  publicUrl: string | undefined,
): boolean {
  const site = headers["sec-fetch-site"];
  if (typeof site === "string" && site !== "same-origin" && site !== "none") return true;
  const origin = headers["origin"];
  if (typeof origin !== "string") return false;
  const host = typeof headers["host"] === "string" ? headers["host"] : "";
  return origin !== publicUrl && origin !== `http://${host}` && origin !== `https://${host}`;
}
