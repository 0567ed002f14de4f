import { createHash } from "node:crypto";
import type * as z from "zod";
import type { Answer } from "../../core/sync/delivery.ts";
import { problemDocumentSchema } from "../../protocol/collector.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import type { Transport } from "./transport.ts";

export interface Asking {
  readonly endpoint: string;
  readonly address: keyof typeof endpoints;
  /** What its address says besides. */
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly credential?: string | null | undefined;
  /** JSON, or bytes that are gzip already. */
  readonly body?: unknown;
  readonly idempotencyKey?: string | undefined;
}

export interface Asked<Value> {
  /** What is decided by. */
  readonly answer: Answer;
  /** Of a 200 that has the agreed form. */
  readonly value: Value | undefined;
}

const longestReason = 300;

/** Asks a collector something, in the form that is agreed. It never throws: a connection that breaks is an answer. */
export async function ask<Schema extends z.ZodType>(
  transport: Transport,
  { endpoint, address, query, credential, body, idempotencyKey }: Asking,
  schema: Schema,
): Promise<Asked<z.infer<Schema>>> {
  const { method, path } = endpoints[address];
  const exchange = await transport({
    url: `${endpoint}${path}${query === undefined ? "" : `?${new URLSearchParams(query).toString()}`}`,
    method,
    headers: {
      accept: "application/json",
      ...(credential === undefined || credential === null ? {} : { authorization: `Bearer ${credential}` }),
      ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      ...headersOf(body),
    },
    body: body instanceof Uint8Array || body === undefined ? body : Buffer.from(JSON.stringify(body)),
  });
  if (exchange.status === "none") return { answer: exchange, value: undefined };
  const json = jsonOf(exchange.body);
  const parsed = exchange.status === 200 ? schema.safeParse(json) : undefined;
  const problem = problemDocumentSchema.safeParse(json).data;
  return {
    answer: {
      status: exchange.status,
      retryAfter: exchange.retryAfter,
      isAgreed: parsed?.success === true,
      reason: problem ? reasonOf(problem) : `It answered ${exchange.status}`,
      problem: problem?.type.slice("urn:kept:problem:".length),
    },
    value: parsed?.data,
  };
}

export function hashOf(credential: string): string {
  return createHash("sha256").update(credential).digest("hex");
}

function headersOf(body: unknown): Record<string, string> {
  if (body === undefined) return {};
  return {
    "content-type": "application/json",
    ...(body instanceof Uint8Array ? { "content-encoding": "gzip" } : {}),
  };
}

function reasonOf({ title, errors = [] }: z.infer<typeof problemDocumentSchema>): string {
  const named = errors.map(({ field, detail }) => `${field}: ${detail}`).join("; ");
  return (named === "" ? title : `${title} (${named})`).slice(0, longestReason);
}

export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
