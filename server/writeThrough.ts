import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";

/** Makes a file that nobody else can read, and that a power failure does not take away. Throws where there is one. */
export function writeThrough(file: string, content: Uint8Array): void {
  const descriptor = openSync(file, "wx", 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** So that a power failure does not undo a renaming. Windows cannot open a folder, and needs no such thing. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
