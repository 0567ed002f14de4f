import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readRegularFile } from "../regularFile.ts";

/**
 * The text of a file as an editor opens it. `missing`: it is not there. `unreadable`: no local file, no plain UTF-8,
 * too long, or not ours to read.
 */
export type ReadFile = (uri: string) => { readonly text: string } | "missing" | "unreadable";

/** Editors give no longer texts to a language server. */
export const longestFile = 50 * 1024 * 1024;

export const readTextFile: ReadFile = (uri) => {
  if (!uri.startsWith("file:")) return "unreadable";
  try {
    const path = fileURLToPath(uri);
    if (!statSync(path, { throwIfNoEntry: false })) return "missing";
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(readRegularFile(path, longestFile)) };
  } catch {
    return "unreadable";
  }
};
