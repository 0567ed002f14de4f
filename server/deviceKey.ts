import { createHmac } from "node:crypto";
import { linkSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

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
  if (found) return found;
  const made = makeKey(keyBytes);
  const temporary = `${file}.${makeName()}`;
  try {
    writeFileSync(temporary, made, { mode: 0o600 });
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
  return readKey(file) ?? made;
}

/** Keyed hash of a text. */
export function hashWith(key: Buffer): (text: string) => string {
  return (text) => createHmac("sha256", key).update(text, "utf16le").digest("base64url");
}

function readKey(file: string): Buffer | undefined {
  try {
    const key = readFileSync(file);
    return key.length === keyBytes ? key : undefined;
  } catch {
    return undefined;
  }
}
