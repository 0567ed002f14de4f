import { promisify } from "node:util";
import { gunzip, gunzipSync } from "node:zlib";
import { limits, type ProblemName, type Reason } from "../../protocol/collector.ts";
import { reason } from "./explain.ts";

export type DecompressOutcome =
  | { readonly ok: true; readonly bytes: Buffer }
  | {
      readonly ok: false;
      readonly problem: ProblemName;
      readonly detail: string;
      readonly reasons: readonly Reason[];
    };

const refused = (problem: ProblemName, detail: string, field: string): DecompressOutcome => ({
  ...{ ok: false, problem, detail, reasons: [reason([], detail, field)] },
});

const gunzipBuffer = promisify(gunzip);
/** A usual batch comes out in one piece. Much larger ones cost more to get. */
const unpacking = { maxOutputLength: limits.bodyBytes, chunkSize: 64 * 1024 };
/** Up to here unpacking takes less than the journey to another thread and back; a bomb of this size ends within milliseconds. */
const smallBytes = 16 * 1024;

/** The bytes of a body as they were before content-encoding. Never more than the limit is unpacked. */
export async function decompress(encoding: string | undefined, body: Buffer): Promise<DecompressOutcome> {
  switch (encoding?.trim().toLowerCase() || "identity") {
    case "identity":
      return { ok: true, bytes: body };
    case "gzip":
      break;
    default:
      return refused(
        "unsupported-media-type",
        "Content-encoding must be gzip, once, or absent.",
        "content-encoding",
      );
  }
  if (body.length > limits.compressedBytes) {
    const detail = `A gzip body may have ${limits.compressedBytes} bytes. Split the batch.`;
    return refused("too-large", detail, "body");
  }
  try {
    const bytes =
      body.length <= smallBytes ? gunzipSync(body, unpacking) : await gunzipBuffer(body, unpacking);
    return { ok: true, bytes };
  } catch (error) {
    const detail = `A body may have ${limits.bodyBytes} bytes after decompression. Split the batch.`;
    return error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE"
      ? refused("too-large", detail, "body")
      : refused("malformed", "The body is not gzip, or not all of it.", "body");
  }
}
