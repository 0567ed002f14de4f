import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { Output } from "./commands/export.ts";

/** The standard output, or a file that has its name only when it is complete. Nobody else may read it. */
export function openOutput(file: string | undefined, print: (text: string) => void): Output {
  if (file === undefined) return { write: print, close: () => {}, discard: () => {} };
  const partial = `${file}.part`;
  rmSync(partial, { force: true });
  const descriptor = openSync(partial, "wx", 0o600);
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  return {
    write: (text) => {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    },
    close: () => {
      close();
      renameSync(partial, file);
    },
    discard: () => {
      close();
      rmSync(partial, { force: true });
    },
  };
}
