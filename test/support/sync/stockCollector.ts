import { fromBinary, fromJson, toJson, type JsonValue } from "@bufbuild/protobuf";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { otlpMessage } from "./otlpMessages.ts";

/** What a stock receiver was given and could read. */
export interface StockRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came, before anything was read of it. */
  readonly bytes: Buffer;
  /** What the message says, written again by the rules of protobuf's JSON: of what was not understood nothing is in it. */
  readonly message: JsonValue;
}

export interface StockAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * A receiver of OTLP/HTTP logs that knows nothing of Kept: it reads JSON by protobuf's own rules with a parser that refuses
 * every field, name and value the messages do not have, or the binary form, and answers by the specification.
 */
export async function startStockCollector(base = ""): Promise<{
  readonly address: string;
  readonly taken: StockRequest[];
  readonly refused: string[];
  script(...answers: StockAnswer[]): void;
  close(): Promise<void>;
}> {
  const taken: StockRequest[] = [];
  const refused: string[] = [];
  const scripted: StockAnswer[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(typeof body === "string" ? body : JSON.stringify(body));
      };
      const refuse = (status: number, message: string) => {
        refused.push(message);
        answer(status, { code: 3, message });
      };
      const path = request.url ?? "";
      const bytes = Buffer.concat(parts);
      if (path !== `${base}/v1/logs`) return refuse(404, `nothing at ${path}`);
      if (request.method !== "POST") return refuse(405, `no ${request.method}`);
      const next = scripted.shift();
      if (next) return answer(next.status, next.body ?? "{}", next.headers);
      try {
        const plain = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
        const message = otlpMessage("ExportLogsServiceRequest");
        const read =
          request.headers["content-type"] === "application/json"
            ? fromJson(message, JSON.parse(plain.toString("utf8")) as JsonValue)
            : fromBinary(message, plain);
        taken.push({ path, headers: request.headers, bytes, message: toJson(message, read) });
        answer(200, {});
      } catch (thrown) {
        refuse(400, thrown instanceof Error ? thrown.message : "unreadable");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    taken,
    refused,
    script: (...answers) => void scripted.push(...answers),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
