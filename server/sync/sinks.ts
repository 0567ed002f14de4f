import {
  sinkAnswerSchema,
  sinkStatusSchema,
  type FixedHeaders,
  type TypedHeaders,
} from "../../protocol/sink.ts";
import type { AdministratorPolicy } from "../../protocol/administratorPolicy.ts";
import type { Consent } from "../../protocol/sync.ts";
import { jsonOf, type Asked } from "./ask.ts";
import { whyNoSink } from "./endpoint.ts";
import type { Transport } from "./transport.ts";

/** A collector that is not Kept's: any endpoint of OTLP/HTTP, which knows nothing of Kept. */

export type AddressReading =
  { readonly ok: true; readonly endpoint: string } | { readonly ok: false; readonly reason: string };

const logsPath = "/v1/logs";

/** An address as a person writes it: the base of all signals, or that of logs alone. */
export function readSinkAddress(pasted: string): AddressReading {
  const endpoint = pasted
    .trim()
    .replace(/\/+$/, "")
    .replace(/\/v1\/logs$/, "")
    .replace(/\/+$/, "");
  const reason = whyNoSink(endpoint);
  return reason === undefined ? { ok: true, endpoint } : { ok: false, reason };
}

/** What is sent with each request; undefined as long as something of it is not at hand. */
export function headersFor(
  { endpoint, headerNames = [] }: Pick<Consent, "endpoint" | "headerNames">,
  typed: TypedHeaders | undefined,
  { collector }: AdministratorPolicy,
): FixedHeaders | undefined {
  const laidDown = collector?.endpoint === endpoint ? (collector.headers ?? {}) : {};
  const ofIt = new Map(Object.entries(typed?.endpoint === endpoint ? typed.headers : {}));
  if (!headerNames.every((name) => ofIt.has(name))) return undefined;
  const own = Object.fromEntries(headerNames.map((name) => [name, ofIt.get(name)!]));
  return { ...own, ...laidDown };
}

export interface SinkValue {
  readonly rejected: number;
  readonly message: string;
}

interface SinkAsking {
  readonly endpoint: string;
  readonly headers: FixedHeaders;
  /** JSON as gzip. */
  readonly body: Uint8Array;
}

const longestReason = 300;

/** Sends one batch by the specification of OTLP/HTTP. Nothing in the request is Kept's but the payload. */
export async function askSink(
  transport: Transport,
  { endpoint, headers, body }: SinkAsking,
): Promise<Asked<SinkValue>> {
  const exchange = await transport({
    url: `${endpoint}${logsPath}`,
    method: "POST",
    headers: {
      ...headers,
      accept: "application/json",
      "content-type": "application/json",
      "content-encoding": "gzip",
    },
    body,
  });
  if (exchange.status === "none") return { answer: exchange, value: undefined };
  const { status, retryAfter } = exchange;
  // The specification says 200; what stands before collectors answers 202 and 204, too, and means the same.
  const isSuccess = status >= 200 && status < 300;
  const json = jsonOf(exchange.body);
  const answered = isSuccess ? sinkAnswerSchema.safeParse(exchange.body === "" ? {} : json).data : undefined;
  const said = sinkStatusSchema.safeParse(json).data?.message ?? "";
  return {
    answer: {
      status: isSuccess ? 200 : status,
      retryAfter,
      isAgreed: answered !== undefined,
      reason: (said === "" ? `It answered ${status}` : `It answered ${status}: ${said}`).slice(
        0,
        longestReason,
      ),
    },
    value: answered && {
      rejected: Number(answered.partialSuccess?.rejectedLogRecords ?? 0),
      message: (answered.partialSuccess?.errorMessage ?? "").slice(0, longestReason),
    },
  };
}
