import { createHmac, hash } from "node:crypto";
import { linkSync, readFileSync, renameSync, statSync, unlinkSync } from "node:fs";
import path from "node:path";
import { writeThrough } from "./writeThrough.ts";

const keyBytes = 32;

/**
 * The secret with which texts are hashed, so that a hash says nothing to anybody else. It is made once, beside the
 * database, and never leaves the machine. Where it can be neither read nor written, this process has one of its own.
 */
export function readOrMakeDeviceKey(
  folder: string,
  makeName: () => string,
  makeKey: (bytes: number) => Buffer,
): Buffer {
  const file = path.join(folder, "device.key");
  const found = readKey(file);
  if (found !== "missing" && found !== "damaged") return found;
  if (found === "damaged") putAside(file);
  const made = makeKey(keyBytes);
  const temporary = `${file}.${makeName()}`;
  try {
    // A key that is lost in a power failure would make all that is known unknown.
    writeThrough(temporary, made);
    // Of several processes that make one at the same time the first wins, and its file is never seen half written.
    linkSync(temporary, file);
  } catch {
    // Another process was faster, or nothing can be written: what can be read decides.
  }
  try {
    unlinkSync(temporary);
  } catch {
    // It was never written.
  }
  const kept = readKey(file);
  return kept === "missing" || kept === "damaged" ? made : kept;
}

/** Keyed hashes, with the key that is there: when it was deleted with all data, the next text is hashed with a new one. */
export function hashesWithKeyIn(
  folder: string,
  makeName: () => string,
  makeKey: (bytes: number) => Buffer,
): Hashes {
  const file = path.join(folder, "device.key");
  const identity = () => statSync(file, { throwIfNoEntry: false })?.ino;
  const read = () => ({ hashes: hashesWith(readOrMakeDeviceKey(folder, makeName, makeKey)), of: identity() });
  let known = read();
  let wasLookedAt = false;
  const look = () => {
    // Once a turn: a batch of a thousand records has three thousand names, and a look costs more than a hash.
    if (wasLookedAt) return;
    wasLookedAt = true;
    queueMicrotask(() => (wasLookedAt = false));
    if (identity() !== known.of) known = read();
  };
  return {
    text: (text) => {
      look();
      return known.hashes.text(text);
    },
    // Lines and stretches are hashed with the text they are of.
    line: (line) => known.hashes.line(line),
    gram: (gram) => known.hashes.gram(gram),
  };
}

/** Keyed hashes, as long as each has to be. */
export interface Hashes {
  /** Of a whole text. */
  text(text: string): string;
  /** Of a line: only lines of one document are compared with each other. */
  line(line: string): string;
  /** Of up to four code units. */
  gram(gram: string): number;
}

const lineHashLetters = 12;
/** Letters that have the first four bytes in them. */
const gramLetters = 6;
/** Most stretches of a text occur again soon. */
const mostGrams = 50_000;

export function hashesWith(key: Buffer): Hashes {
  const digest = keyedHash(key);
  const grams = new Map<string, number>();
  return {
    text: digest,
    line: (line) => digest(line).slice(0, lineHashLetters),
    gram: (gram) => {
      let known = grams.get(gram);
      if (known === undefined) {
        if (grams.size >= mostGrams) grams.clear();
        grams.set(
          gram,
          (known = Buffer.from(digest(gram).slice(0, gramLetters), "base64url").readUInt32LE(0)),
        );
      }
      return known;
    },
  };
}

/** SHA-256 takes its text in blocks of so many bytes. */
const blockBytes = 64;
const hashBytes = 32;
/** Most texts are names and lines. */
const shortBytes = 4096;

/** HMAC-SHA-256, put together of two hashes: of short texts that takes a third of the time, and logs have a hundred thousand. */
function keyedHash(key: Buffer): (text: string) => string {
  const inner = Buffer.alloc(blockBytes + shortBytes, 0x36);
  const outer = Buffer.alloc(blockBytes + hashBytes, 0x5c);
  for (const [index, byte] of key.entries()) {
    inner[index]! ^= byte;
    outer[index]! ^= byte;
  }
  return (text) => {
    if (2 * text.length > shortBytes)
      return createHmac("sha256", key).update(text, "utf16le").digest("base64url");
    const end = blockBytes + inner.write(text, blockBytes, "utf16le");
    outer.write(hash("sha256", inner.subarray(0, end), "binary"), blockBytes, "binary");
    return hash("sha256", outer, "base64url");
  };
}

function readKey(file: string): Buffer | "missing" | "damaged" {
  try {
    const key = readFileSync(file);
    return key.length === keyBytes ? key : "damaged";
  } catch {
    return "missing";
  }
}

/** Texts that were hashed with the key before are not recognised any more: what is known of them becomes unknown. */
function putAside(file: string): void {
  try {
    renameSync(file, `${file}.damaged`);
  } catch {
    // Another process has put it aside.
  }
}
