import { existsSync } from "node:fs";
import path from "node:path";
import type { ContextFile } from "../../core/coaching/facts.ts";
import { contextFiles, pathsNamed } from "../../core/coaching/fileKinds.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import { readRegularFile } from "../regularFile.ts";

const longestContextFile = 1024 * 1024;

/** The files at the top of a folder that brief agents. */
export function contextFilesIn(folder: string): ContextFile[] {
  const root = fileOfAddress(folder);
  if (root === undefined) return [];
  return contextFiles.flatMap((name) => {
    const text = textOf(path.join(root, name));
    if (text === undefined) return [];
    const missing = pathsNamed(text).filter((named) => !existsSync(path.join(root, named))).length;
    return { uri: `${folder}/${name}`, lines: text.trimEnd().split("\n").length, missing };
  });
}

function textOf(file: string): string | undefined {
  try {
    return readRegularFile(file, longestContextFile).toString("utf8");
  } catch {
    return undefined;
  }
}
