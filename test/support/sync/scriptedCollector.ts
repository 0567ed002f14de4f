import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Membership } from "../../../protocol/enrolment.ts";
import { requestSchema, type LogsRequest } from "../../../protocol/collector.ts";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly bytes: Buffer;
}

/** What the next requests are answered with: a status and header fields, a cut connection, or nothing at all. */
export type Script =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | "reset"
  | "silence"
  /** Decided when the request is there. */
  | (() => Script);

export interface ScriptedCollector {
  readonly address: string;
  readonly received: Received[];
  /** Answers of the next requests to an address, or to a method and an address; after them, or without any, everything is taken. */
  script(path: string, ...answers: Script[]): void;
  /** The batches that came, parsed by the contract. */
  batches(): LogsRequest[];
  close(): Promise<void>;
}

export const membership: Membership = {
  org: "9a3e8b52-0f5d-4a8e-8a1c-6f5b7f0d2c11",
  team: "Team",
  expires: "2099-12-31",
  floor: 5,
  devicesEach: 1,
  devices: null,
  participation: { state: "hidden" },
  keys: [],
  signatures: 1,
  remotes: [],
  tools: null,
};

const taken: Readonly<Record<string, unknown>> = {
  "/v1/logs": { receipt: { stored: 1, duplicates: 0, replayed: false } },
  "/v1/enrolment": membership,
  "GET /v1/device": membership,
  "DELETE /v1/device": { status: "left" },
  "/v1/device/credential": membership,
  "/v1/deletion": { deleted: 1, published: false },
};

/** A server that answers what it is told to, over real connections. */
export async function startScripted(): Promise<ScriptedCollector> {
  const received: Received[] = [];
  const scripts = new Map<string, Script[]>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const path = request.url ?? "";
      received.push({
        method: request.method ?? "",
        path,
        headers: request.headers,
        bytes: Buffer.concat(parts),
      });
      answer(
        response,
        scripts.get(`${request.method} ${path}`)?.shift() ??
          scripts.get(path)?.shift() ?? {
            ...{ status: 200, body: taken[`${request.method} ${path}`] ?? taken[path] },
          },
      );
    });
    request.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    script: (path, ...answers) => void scripts.set(path, answers),
    batches: () =>
      received
        .filter(({ path }) => path === "/v1/logs")
        .map(({ bytes }) => requestSchema.parse(JSON.parse(gunzipSync(bytes).toString("utf8")))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, script: Script): void {
  if (typeof script === "function") {
    answer(response, script());
    return;
  }
  if (script === "silence") return;
  if (script === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(script.status, { "content-type": "application/json", ...script.headers });
  response.end(typeof script.body === "string" ? script.body : JSON.stringify(script.body ?? {}));
}
