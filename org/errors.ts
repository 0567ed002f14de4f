import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { Socket } from "node:net";
import type { ProblemName } from "../protocol/collector.ts";
import { drain } from "./drain.ts";
import type { Host } from "./host.ts";
import { reason } from "./ingest/explain.ts";
import { problemDocument, problemMediaType, sendProblem } from "./problems.ts";
import { StoreUnavailableError } from "./store/store.ts";

/** Seconds after which a client may try again when the store did not take something, and as many more at random. */
const retryAfterSeconds = 30;

type ErrorAnswer = (
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>;

/** The one place where an exception becomes an answer. What is expected never gets here: it is a value. */
export function createErrorAnswers({ fraction }: Pick<Host, "fraction">): ErrorAnswer {
  return (error, request, reply) =>
    answerError(error, request, reply, retryAfterSeconds + Math.floor(fraction() * retryAfterSeconds));
}

async function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
  retryAfter: number,
): Promise<FastifyReply> {
  const refused = refusalOf(error);
  if (refused !== undefined) {
    await drain(request.raw);
    const field = "code" in error && error.code === "FST_ERR_BAD_URL" ? "address" : fields[refused];
    const reasons = field === undefined ? [] : [reason([], sentences[refused], field)];
    return sendProblem(reply, refused, sentences[refused], reasons);
  }
  request.log.error(
    { method: request.method, route: request.routeOptions.url, error: describeError(error) },
    "request failed",
  );
  if (error instanceof StoreUnavailableError) {
    void reply.header("retry-after", retryAfter);
    return sendProblem(reply, "unavailable", sentences.unavailable);
  }
  return sendProblem(reply, "internal", sentences.internal);
}

const sentences: Record<RefusalName | "internal" | "unavailable", string> = {
  malformed: "The request could not be read.",
  timeout: "The request did not arrive in time.",
  "too-large": "The body is larger than this service takes.",
  "unsupported-media-type": "Send application/json, plain or with content-encoding gzip.",
  "headers-too-large": "The header fields are larger than this service takes.",
  internal: "The service failed. Nothing was acknowledged; sending the same bytes again is safe.",
  unavailable:
    "The store did not take the request. Nothing was acknowledged; send the same bytes again later.",
};

/** What of a request was wrong that the framework refused. */
const fields: Readonly<Partial<Record<RefusalName, string>>> = {
  "too-large": "body",
  "unsupported-media-type": "content-type",
  "headers-too-large": "header",
};

type RefusalName = Extract<
  ProblemName,
  "malformed" | "timeout" | "too-large" | "unsupported-media-type" | "headers-too-large"
>;

/** The framework's refusals are the sender's fault and carry a status below 500. */
function refusalOf(error: FastifyError | Error): RefusalName | undefined {
  const status = "statusCode" in error ? (error.statusCode ?? 500) : 500;
  if (status < 400 || status >= 500) {
    return undefined;
  }
  switch (status) {
    case 408:
      return "timeout";
    case 413:
      return "too-large";
    case 415:
      return "unsupported-media-type";
    case 431:
      return "headers-too-large";
    default:
      return "malformed";
  }
}

/** What a log may hold of an error: not its message, which can quote a body. */
export function describeError(error: Error): { type: string; code: string | undefined; frames: string[] } {
  const code: unknown = "code" in error ? error.code : undefined;
  return {
    type: error.name,
    code: typeof code === "string" ? code : undefined,
    frames: (error.stack ?? "")
      .split("\n")
      .filter((line) => line.startsWith("    at "))
      .map((line) => line.trim()),
  };
}

/** What of a request Node could not read, by how the code of its error begins. */
const unreadable: Readonly<Record<string, string>> = {
  HPE_UNEXPECTED_CONTENT_LENGTH: "content-length",
  HPE_INVALID_CONTENT_LENGTH: "content-length",
  HPE_INVALID_TRANSFER_ENCODING: "transfer-encoding",
  HPE_INVALID_CHUNK_SIZE: "body",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "body",
  HPE_INVALID_METHOD: "method",
  HPE_INVALID_URL: "address",
  HPE_INVALID_VERSION: "version",
  HPE_INVALID_HEADER: "header",
  HPE_HEADER_OVERFLOW: "header",
  ERR_HTTP_REQUEST_TIMEOUT: "request",
};

/** What does not even parse as HTTP has no request and no reply: the answer is written by hand. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const name: RefusalName =
    error.code === "ERR_HTTP_REQUEST_TIMEOUT"
      ? "timeout"
      : error.code === "HPE_HEADER_OVERFLOW"
        ? "headers-too-large"
        : "malformed";
  const field = Object.entries(unreadable).find(([codes]) => error.code?.startsWith(codes))?.[1];
  const reasons = field === undefined ? [] : [reason([], sentences[name], field)];
  const document = problemDocument(name, sentences[name], reasons);
  const body = JSON.stringify(document);
  socket.end(
    `HTTP/1.1 ${document.status} ${document.title}\r\nContent-Type: ${problemMediaType}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
