import path from "node:path";
import { findGitFolder } from "./gitFolder.ts";
import { readPart } from "./gitFiles.ts";

const mostConfigBytes = 256 * 1024;

/** The addresses that a folder's repository has for others, read without git: what it includes from elsewhere is left out. */
export function readRemotes(folder: string): string[] {
  const found = findGitFolder(folder);
  if (!found) return [];
  const text = readPart(path.join(found.shared, "config"), 0, mostConfigBytes) ?? "";
  const remotes: string[] = [];
  let isRemote = false;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[\s*([^\]]*)\]/.exec(line);
    if (section) isRemote = /^remote\s+"/i.test(section[1]!);
    const url = isRemote ? /^\s*(?:\[[^\]]*\]\s*)?url\s*=\s*(.+?)\s*$/i.exec(line)?.[1] : undefined;
    if (url !== undefined) remotes.push(url.replace(/^"(.*)"$/, "$1"));
  }
  return remotes;
}
