import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { createGunzip } from "node:zlib";
import { reasonOf } from "../../protocol/errors.ts";
import { admit, type Admitted } from "./guard.ts";
import { Malformed } from "./malformed.ts";

export interface ReceiverOptions {
  readonly port: number;
  /** By tool. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Takes in what came; throws `Malformed`. */
  readonly take: (admitted: Admitted, body: Uint8Array) => void;
  /** Something was not taken in. */
  readonly drop: (name: string, count: number) => void;
  readonly warn: (message: string) => void;
}

/** As it comes and unpacked. A tool gathers for a few seconds at most. */
export const longestBody = 4_000_000;
const mostConnections = 64;
/** Connections of which nobody knows yet who it is: beyond these the oldest ends, so that nobody keeps tools out by waiting. */
const mostStrangers = 16;
const patienceMs = 10_000;
/** A tool says at once who it is. */
const strangerMs = 3_000;
const lookMs = 1_000;

/** Listens on loopback for what tools send. One process has the port: who has it is the one that takes in. */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #server: Server;
  /** The oldest first. */
  readonly #strangers = new Set<Socket>();

  private constructor(options: ReceiverOptions) {
    this.#options = options;
    this.#server = createServer(
      {
        requestTimeout: patienceMs,
        headersTimeout: strangerMs,
        connectionsCheckingInterval: lookMs,
        keepAliveTimeout: patienceMs,
        maxHeaderSize: 8192,
      },
      (request, response) => this.#answer(request, response),
    );
    this.#server.maxConnections = mostConnections;
    this.#server.on("connection", (socket) => this.#meet(socket));
    this.#server.on("drop", () => options.drop("telemetry.crowded", 1));
    // It never keeps the process alive.
    this.#server.unref();
  }

  /** Undefined where the port is taken. */
  static listen(options: ReceiverOptions): Promise<Receiver | undefined> {
    const receiver = new Receiver(options);
    const server = receiver.#server;
    return new Promise((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "EADDRINUSE") resolve(undefined);
        else reject(error);
      });
      server.listen({ port: options.port, host: "127.0.0.1", exclusive: true }, () => {
        server.on("error", (error) => options.warn(`The receiver of telemetry failed: ${reasonOf(error)}`));
        resolve(receiver);
      });
    });
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #meet(socket: Socket): void {
    this.#strangers.add(socket);
    socket.once("close", () => this.#strangers.delete(socket));
    const [oldest] = this.#strangers;
    if (this.#strangers.size <= mostStrangers || !oldest) return;
    this.#strangers.delete(oldest);
    oldest.destroy();
    this.#options.drop("telemetry.crowded", 1);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { method, url, headers, rawHeaders, socket } = request;
    const head = { method, url, headers, rawHeaders, remoteAddress: socket.remoteAddress };
    const admitted = admit(head, this.#options);
    if ("status" in admitted) {
      this.#options.drop("telemetry.refused", 1);
      end(response, admitted.status);
      return;
    }
    this.#strangers.delete(socket);
    gather(request, admitted.isZipped, (body) => {
      if (typeof body === "number") {
        this.#options.drop("telemetry.malformed", 1);
        end(response, body);
        return;
      }
      this.#take(admitted, body, response);
    });
  }

  #take(admitted: Admitted, body: Uint8Array, response: ServerResponse): void {
    const { take, drop, warn } = this.#options;
    try {
      take(admitted, body);
    } catch (thrown) {
      const isMalformed = thrown instanceof Malformed;
      drop(isMalformed ? "telemetry.malformed" : "telemetry.failed", 1);
      if (!isMalformed) warn(`Telemetry could not be taken in: ${reasonOf(thrown)}`);
      end(response, isMalformed ? 400 : 500);
      return;
    }
    // An empty message says in both encodings that all of it was taken.
    const type = admitted.isJson ? "application/json" : "application/x-protobuf";
    response.writeHead(200, { "content-type": type }).end(admitted.isJson ? "{}" : "");
  }
}

/** Who is refused learns no more than that. The connection ends, so that nothing of the body is waited for. */
function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: "close" }).end(() => response.socket?.destroySoon());
}

/** Gives the body, or the status with which it is refused, once. */
function gather(
  request: IncomingMessage,
  isZipped: boolean,
  give: (body: Uint8Array | 400 | 413) => void,
): void {
  let given = false;
  const unpacking = isZipped ? createGunzip() : undefined;
  const once = (body: Uint8Array | 400 | 413) => {
    if (given) return;
    given = true;
    // What is small may unpack to anything.
    if (typeof body === "number") unpacking?.destroy();
    give(body);
  };
  const chunks: Uint8Array[] = [];
  let length = 0;
  let received = 0;
  request.on("data", (chunk: Buffer) => {
    received += chunk.length;
    if (received <= longestBody) return;
    request.pause();
    once(413);
  });
  request.on("error", () => once(400));
  const unpacked = unpacking ? request.pipe(unpacking) : request;
  unpacked.on("data", (chunk: Buffer) => {
    if (given) return;
    length += chunk.length;
    if (length <= longestBody) chunks.push(chunk);
    else once(413);
  });
  unpacked.on("error", () => once(400));
  unpacked.on("end", () => once(Buffer.concat(chunks)));
}
