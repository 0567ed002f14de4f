import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The text of a file as an editor opens it. `missing`: it is not there. `unreadable`: no local file, no plain UTF-8,
 * too long, or not ours to read.
 */
export type ReadFile = (uri: string) => { readonly text: string } | "missing" | "unreadable";

/** Editors give no longer texts to a language server. */
const longestFile = 50 * 1024 * 1024;

export const readTextFile: ReadFile = (uri) => {
  if (!uri.startsWith("file:")) return "unreadable";
  try {
    const path = fileURLToPath(uri);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return "missing";
    if (!found.isFile() || found.size > longestFile) return "unreadable";
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)) };
  } catch {
    return "unreadable";
  }
};
