import { createHash } from "node:crypto";
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import type { HistoryOptions } from "../../core/fate/fileChange.ts";
import { LineHistory } from "../../core/fate/lineHistory.ts";
import { encodeSegment, SegmentReader, type Followed, type Held } from "./historySegment.ts";
import type { KnownHistory } from "./readHistory.ts";

/** A history of more is followed anew each time. */
const mostBytes = 256 * 1024 * 1024;
const digestBytes = 20;
/** Each segment begins with how long it is, and its digest. */
const prefixBytes = 4 + digestBytes;
/** After so many the file is written anew: what follows the first has to be gone through. */
const mostSegments = 64;

export interface HistoryFileOptions extends HistoryOptions {
  readonly key: string;
}

/** What of a history a file holds, to be gone on from. */
export interface Stored extends Held {
  /** Up to where the file could be read. */
  readonly bytes: number;
  readonly segments: number;
  readonly digest: Buffer;
}

/** What earlier passes left. Undefined where there is nothing that fits, or the beginning of what is there is damaged. */
export function readHistoryFile(file: string, options: HistoryFileOptions): KnownHistory | undefined {
  const all = readBytes(file);
  if (!all || all.length > mostBytes) return undefined;
  const reader = new SegmentReader();
  let [bytes, segments, digest] = [0, 0, Buffer.alloc(0)];
  while (all.length - bytes > prefixBytes) {
    const from = bytes + prefixBytes;
    const end = from + all.readUInt32LE(bytes);
    const said = all.subarray(bytes + 4, from);
    // What another process was writing, or a crash cut off, ends it.
    if (end > all.length || !digestOf(digest, all.subarray(from, end)).equals(said)) break;
    if (!reader.add(all.subarray(from, end), options.key)) break;
    [bytes, segments, digest] = [end, segments + 1, Buffer.from(said)];
  }
  const read = reader.end();
  if (!read) return undefined;
  const { kept, facts, head, held } = read;
  return { lines: new LineHistory(options, kept), facts, head, stored: { ...held, bytes, segments, digest } };
}

/** Leaves everything for the next pass: what came is added at the end of the file it was read from. */
export function writeHistoryFile(
  file: string,
  history: KnownHistory,
  { key, uuid }: { readonly key: string; readonly uuid: string },
): void {
  const { stored } = history;
  if (stored && stored.segments < mostSegments && append(file, history, key, stored)) return;
  const whole = segmentOf(encodeSegment(history, key, undefined), Buffer.alloc(0));
  if (whole.length > mostBytes) {
    rmSync(file, { force: true });
    return;
  }
  const unfinished = `${file}.${uuid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    // Whoever reads meanwhile sees the file before or the file after.
    withFile(unfinished, "w", (handle) => writeAll(handle, whole));
    renameSync(unfinished, file);
  } catch {
    // A full disk, or a file that another program holds: the next pass begins where this one did.
    rmSync(unfinished, { force: true });
  }
}

/** False where the file is not what was read, as when another window wrote meanwhile. */
function append(file: string, history: Followed, key: string, { bytes, digest, ...held }: Stored): boolean {
  const segment = segmentOf(encodeSegment(history, key, held), digest);
  if (bytes + segment.length > mostBytes) return false;
  try {
    return withFile(file, "a", (handle) => {
      if (fstatSync(handle).size !== bytes) return false;
      writeAll(handle, segment);
      return true;
    });
  } catch {
    // What was written in part does not fit its digest; the next pass writes all of it.
    return true;
  }
}

function segmentOf(parts: readonly Buffer[], before: Buffer): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32LE(length);
  digestOf(before, ...parts).copy(prefix, 4);
  return Buffer.concat([prefix, ...parts], prefixBytes + length);
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Against damage, not against anybody. Each has the one before in it: a segment that follows another is none of this file. */
function digestOf(before: Buffer, ...content: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha1").update(before);
  for (const part of content) hash.update(part);
  return hash.digest();
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
}

function withFile<Result>(file: string, flags: "w" | "a", work: (handle: number) => Result): Result {
  const handle = openSync(file, flags, 0o600);
  try {
    return work(handle);
  } finally {
    closeSync(handle);
  }
}
