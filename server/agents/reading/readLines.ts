import { closeSync, readSync } from "node:fs";
import { openRegularFile } from "../../regularFile.ts";

const chunkBytes = 1024 * 1024;
/** A longer line is no record of an edit: it is passed over without ever being in memory as a whole. */
const longestLine = 32 * 1024 * 1024;

/** As much of a longer line is kept as says what it is. */
const startBytes = 4096;

const lineFeed = 10;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** One for all files: they are read one after the other, and each would leave one behind until memory is cleaned. */
let shared: Buffer | undefined;

export interface LinesRead {
  /** Bytes up to the end of the last whole line. */
  readonly offset: number;
  readonly lines: number;
}

export interface LineTaker {
  /** A whole line without its end. It is only valid until the next one. */
  line(line: Buffer, number: number): void;
  /** `start` is how it begins. */
  tooLong(start: Buffer, number: number): void;
  /** What stands behind the last line end: half a line, or the last one. Says whether it was whole. */
  rest(rest: Buffer, number: number): boolean;
}

/** Reads a file of lines from an offset on, in bounded memory however long the file and its lines are. */
export function readLines(
  file: string,
  from: { offset: number; lines: number },
  taker: LineTaker,
): LinesRead {
  const handle = openRegularFile(file);
  try {
    const { offset, lines } = from;
    return readFrom(handle, { lines, offset: offset === 0 ? textStart(handle) : offset }, taker);
  } finally {
    closeSync(handle);
  }
}

/** Some programs begin a file with a mark that is no text. */
function textStart(handle: number): number {
  const start = Buffer.alloc(byteOrderMark.length);
  readSync(handle, start, 0, start.length, 0);
  return start.equals(byteOrderMark) ? start.length : 0;
}

function readFrom(handle: number, from: { offset: number; lines: number }, taker: LineTaker): LinesRead {
  const chunk = (shared ??= Buffer.allocUnsafe(chunkBytes));
  let position = from.offset;
  let { offset, lines } = from;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let skipped: Buffer | undefined;
  for (;;) {
    const bytes = readSync(handle, chunk, 0, chunkBytes, position);
    if (bytes === 0) break;
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1 && end < bytes; end = chunk.indexOf(lineFeed, start)) {
      lines++;
      const part = chunk.subarray(start, end);
      if (skipped) taker.tooLong(skipped, lines);
      else taker.line(pendingBytes === 0 ? part : Buffer.concat([...pending, part]), lines);
      skipped = undefined;
      pending = [];
      pendingBytes = 0;
      start = end + 1;
      offset = position + start;
    }
    position += bytes;
    const left = bytes - start;
    if (left === 0 || skipped) continue;
    pending.push(Buffer.from(chunk.subarray(start, bytes)));
    pendingBytes += left;
    if (pendingBytes <= longestLine) continue;
    // Its first piece may be what was left at the end of a chunk.
    skipped = Buffer.concat(pending.slice(0, 2)).subarray(0, startBytes);
    pending = [];
    pendingBytes = 0;
  }
  if (pendingBytes > 0 && taker.rest(Buffer.concat(pending), lines + 1))
    return { offset: position, lines: lines + 1 };
  return { offset, lines };
}
