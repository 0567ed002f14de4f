import { lookup as systemLookup } from "node:dns";
import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import tls from "node:tls";
import { HttpsProxyAgent } from "https-proxy-agent";
import { reasonOf } from "../../protocol/errors.ts";
import { isForbiddenAddress, isLoopback } from "./endpoint.ts";
import type { Proxy } from "./proxy.ts";

export interface Request {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

/** How a request ended. `none`: no answer came, or it broke off. */
export type Exchange =
  | {
      readonly status: number;
      readonly retryAfter: string | undefined;
      readonly etag?: string | undefined;
      readonly body: string;
    }
  | { readonly status: "none"; readonly reason: string };

/** Sends one request. It never throws and follows no redirection. */
export type Transport = (request: Request) => Promise<Exchange>;

export interface TransportOptions {
  /** The proxy to go through for an address; undefined for none. */
  readonly proxyFor: (url: URL) => Proxy | undefined;
  /** Ends what is under way. */
  readonly signal: () => AbortSignal;
  readonly limits?: { readonly connectMs: number; readonly totalMs: number };
}

const usual = { connectMs: 5_000, totalMs: 30_000 };
/** What OTLP lets an answer have. The team's weeks are the largest: what everybody is told of advice grows with the tools. */
const longestAnswerBytes = 4 * 1024 * 1024;

/** Requests over the network, with the system's certificates and without a way to accept others. */
export function networkTransport({ proxyFor, signal, limits = usual }: TransportOptions): Transport {
  return (request) =>
    new Promise<Exchange>((resolve) => {
      const url = new URL(request.url);
      const isSecure = url.protocol === "https:";
      const proxy = isSecure ? proxyFor(url) : undefined;
      // Said again, because the environment can turn it off for a whole process.
      const security = isSecure ? { rejectUnauthorized: true, ca: certificates() } : {};
      const sending = (isSecure ? https : http).request(url, {
        method: request.method,
        headers: { ...request.headers, "content-length": String(request.body?.length ?? 0) },
        agent:
          proxy === undefined
            ? false
            : new HttpsProxyAgent(proxy.address, { keepAlive: false, headers: proxy.headers, ...security }),
        signal: signal(),
        ...(proxy === undefined ? { lookup: guardedLookup(url) } : {}),
        ...security,
      });
      const end = (exchange: Exchange) => {
        clearTimeout(total);
        clearTimeout(connecting);
        resolve(exchange);
      };
      const fail = (reason: string) => {
        end({ status: "none", reason });
        sending.destroy();
      };
      const total = setTimeout(() => fail("it took too long"), limits.totalMs);
      const connecting = setTimeout(() => fail("no connection came about"), limits.connectMs);
      sending.on("socket", (socket) => {
        socket.once(isSecure ? "secureConnect" : "connect", () => clearTimeout(connecting));
      });
      sending.on("error", (thrown) => fail(reasonOf(thrown)));
      sending.on("response", (response) => {
        // What a proxy refuses comes as if it were answered: nobody but whom a request is for can say what becomes of it.
        if (isSecure && !(response.socket instanceof tls.TLSSocket)) {
          fail(`the proxy let nothing through and answered ${response.statusCode}`);
          return;
        }
        const parts: Buffer[] = [];
        let length = 0;
        clearTimeout(connecting);
        response.on("data", (part: Buffer) => {
          parts.push(part);
          length += part.length;
          if (length > longestAnswerBytes) fail("the answer is too long");
        });
        response.on("error", (thrown) => fail(reasonOf(thrown)));
        response.on("end", () =>
          end({
            status: response.statusCode ?? 0,
            retryAfter: response.headers["retry-after"],
            etag: response.headers.etag,
            body: Buffer.concat(parts).toString("utf8"),
          }),
        );
      });
      sending.end(request.body);
    });
}

/** The connection is made to the very address that was looked at, so that a name cannot change its mind in between. */
function guardedLookup(url: URL): LookupFunction {
  return (hostname, options, done) => {
    systemLookup(hostname, { ...options, all: true }, (failure, addresses) => {
      if (failure) {
        done(failure, "", 0);
        return;
      }
      const allowed = addresses.filter(({ address }) => isLoopback(url) || !isForbiddenAddress(address));
      const [first] = allowed;
      if (!first) done(new Error("the name leads to an address of this machine"), "", 0);
      else if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}

let known: string[] | undefined;

/** Those that come with Node and those of the system, where Node can read them. */
function certificates(): string[] {
  if (known) return known;
  const read = (tls as { getCACertificates?: (type: "default" | "system") => string[] }).getCACertificates;
  known = read ? [...new Set([...read("default"), ...read("system")])] : [...tls.rootCertificates];
  return known;
}
