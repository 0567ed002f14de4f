import { closeSync, fstatSync, readSync, statSync } from "node:fs";
import { openRegularFile } from "../regularFile.ts";

/** A file of the repository as it is at one moment; undefined where it is not there or cannot be read. */
export function readPart(file: string, from: number, mostBytes: number): string | undefined {
  try {
    const descriptor = openRegularFile(file);
    try {
      const length = Math.min(mostBytes, Math.max(0, fstatSync(descriptor).size - from));
      const bytes = Buffer.alloc(length);
      return bytes.toString("utf8", 0, readSync(descriptor, bytes, 0, length, from));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

export function statOf(file: string) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
