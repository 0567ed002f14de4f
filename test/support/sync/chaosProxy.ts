import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ChaosProxy {
  readonly address: string;
  /** How often each thing was done to a request. */
  readonly done: Record<string, number>;
  close(): Promise<void>;
}

/** What is done to a request, with its part of all of them. What is left is handed on. */
const mischief: readonly (readonly [string, number])[] = [
  ["tooMany", 0.15],
  ["unavailable", 0.15],
  ["resetBefore", 0.1],
  ["answerLost", 0.3],
  ["twice", 0.1],
];

/** Stands between machines and a service, and does to requests what networks do. */
export async function startChaos(service: () => string, random: () => number): Promise<ChaosProxy> {
  const done: Record<string, number> = {};
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("error", () => {});
    incoming.on("end", () => {
      const what = incoming.url === "/v1/enrolment" ? "handedOn" : choose(random());
      done[what] = (done[what] ?? 0) + 1;
      void treat(what, { incoming, outgoing, body: Buffer.concat(parts) }, service);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    done,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function choose(at: number): string {
  let from = 0;
  for (const [what, share] of mischief) {
    from += share;
    if (at < from) return what;
  }
  return "handedOn";
}

interface Passing {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: Buffer;
}

async function treat(what: string, passing: Passing, service: () => string): Promise<void> {
  const { outgoing } = passing;
  if (what === "tooMany") outgoing.writeHead(429).end();
  else if (what === "unavailable") outgoing.writeHead(503).end();
  else if (what === "resetBefore") outgoing.socket?.resetAndDestroy();
  else {
    if (what === "twice") await handOn(passing, service());
    const answer = await handOn(passing, service());
    if (what === "answerLost" || !answer) outgoing.socket?.resetAndDestroy();
    else outgoing.writeHead(answer.status, { "content-type": answer.type }).end(answer.body);
  }
}

function handOn({ incoming, body }: Passing, service: string) {
  return new Promise<{ status: number; type: string; body: Buffer } | undefined>((resolve) => {
    const { connection, host, ...headers } = incoming.headers;
    void connection;
    void host;
    const sending = request(`${service}${incoming.url}`, { method: incoming.method, headers, agent: false });
    sending.on("error", () => resolve(undefined));
    sending.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", () => resolve(undefined));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 500,
          type: response.headers["content-type"] ?? "",
          body: Buffer.concat(parts),
        }),
      );
    });
    sending.end(body);
  });
}
