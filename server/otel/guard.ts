import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Signal } from "./telemetryRecord.ts";

/** What is known of a request before its body is read. */
export interface RequestHead {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** All names and values as they came: a header that is there twice is one in `headers`. */
  readonly rawHeaders: readonly string[];
  readonly remoteAddress: string | undefined;
}

export interface Admitted {
  readonly tool: string;
  readonly signal: Signal;
  readonly isJson: boolean;
  readonly isZipped: boolean;
}

export interface Refused {
  readonly status: 400 | 401 | 403 | 404 | 405 | 415;
}

const signals: readonly Signal[] = ["logs", "traces", "metrics"];

/**
 * Lets in what a tool on this machine sends that was given the token, and nothing else: no page in a browser, which
 * names its origin; none that has its own name point here, which names another host; no other user, who has no token.
 */
export function admit(
  head: RequestHead,
  { port, tokens }: { readonly port: number; readonly tokens: ReadonlyMap<string, string> },
): Admitted | Refused {
  const { headers, rawHeaders, remoteAddress } = head;
  if (!isLoopback(remoteAddress)) return { status: 403 };
  const hosts = rawHeaders.filter(
    (_, index) => index % 2 === 0 && rawHeaders[index]!.toLowerCase() === "host",
  );
  if (hosts.length !== 1 || !isOwnHost(headers.host, port)) return { status: 403 };
  // Browsers say so with all that a page has them send; tools never do.
  if (headers.origin !== undefined || headers["sec-fetch-site"] !== undefined) return { status: 403 };
  const path = /^\/(?:([A-Za-z0-9_-]{1,100})\/)?v1\/([a-z]{1,20})$/.exec(head.url ?? "");
  const tool = toolOf(path?.[1] ?? bearerIn(headers.authorization), tokens);
  if (tool === undefined) return { status: 401 };
  const signal = signals.find((each) => each === path?.[2]);
  if (signal === undefined) return { status: 404 };
  if (head.method !== "POST") return { status: 405 };
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" && type !== "application/x-protobuf") return { status: 415 };
  const coding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (coding !== "identity" && coding !== "gzip") return { status: 415 };
  return { tool, signal, isJson: type === "application/json", isZipped: coding === "gzip" };
}

function isLoopback(address: string | undefined): boolean {
  return address === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address ?? "");
}

function isOwnHost(host: string | undefined, port: number): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].some((name) => host?.toLowerCase() === `${name}:${port}`);
}

function bearerIn(authorization: string | undefined): string | undefined {
  return /^Bearer ([A-Za-z0-9_-]{1,100})$/i.exec(authorization ?? "")?.[1];
}

/** Each token is compared for as long as any other, so that the time taken says nothing of it. */
function toolOf(given: string | undefined, tokens: ReadonlyMap<string, string>): string | undefined {
  let found: string | undefined;
  for (const [tool, token] of tokens) if (isSame(given ?? "", token)) found = tool;
  return found;
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
