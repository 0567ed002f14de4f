import type { IncomingMessage } from "node:http";

/** Enough for what an honest sender had under way; a dishonest one is cut off. */
const drainBytes = 8 * 1024 * 1024;
const drainMs = 2000;

/**
 * Reads the rest of a body and throws it away, so that its sender gets to read the answer. A connection that is closed
 * while the other side still writes is reset, and an answer on its way is lost with it.
 */
export function drain(message: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const announced = Number(message.headers["content-length"] ?? 0);
    if (message.readableEnded || message.destroyed || announced > drainBytes) {
      resolve();
      return;
    }
    let left = drainBytes;
    const timer = setTimeout(finish, drainMs);
    message.on("data", count).on("end", finish).on("close", finish).on("error", finish).resume();

    function count(chunk: Buffer): void {
      left -= chunk.length;
      if (left < 0) {
        finish();
      }
    }

    function finish(): void {
      clearTimeout(timer);
      message.off("data", count).off("end", finish).off("close", finish);
      resolve();
    }
  });
}
