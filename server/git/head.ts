import path from "node:path";
import { readPart, statOf } from "./gitFiles.ts";
import type { GitFolder } from "./gitFolder.ts";

/** Where a working tree stands. */
export interface Head {
  /** The branch's full name, `refs/heads/main`; null where HEAD is detached. */
  readonly branch: string | null;
  /** Null before the first commit, and where the branch cannot be read. */
  readonly commit: string | null;
}

const mostReferenceBytes = 4096;
/** Some hundred thousand references. */
const mostPackedBytes = 32 * 1024 * 1024;
const commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Undefined where HEAD cannot be understood, as where the repository keeps its references in a table. */
export function readHead(folder: GitFolder): Head | undefined {
  const line = readPart(path.join(folder.own, "HEAD"), 0, mostReferenceBytes)?.trim();
  if (line === undefined) return undefined;
  if (commitId.test(line)) return { branch: null, commit: line };
  const branch = /^ref: (refs\/\S+)$/.exec(line)?.[1];
  if (branch === undefined || branch === "refs/heads/.invalid" || branch.split("/").includes("..")) {
    return undefined;
  }
  const loose = readPart(path.join(folder.shared, branch), 0, mostReferenceBytes)?.trim();
  if (loose !== undefined && commitId.test(loose)) return { branch, commit: loose };
  return { branch, commit: packedCommit(path.join(folder.shared, "packed-refs"), branch) };
}

function packedCommit(file: string, branch: string): string | null {
  if ((statOf(file)?.size ?? 0) > mostPackedBytes) return null;
  const packed = readPart(file, 0, mostPackedBytes) ?? "";
  const end = packed.indexOf(` ${branch}\n`);
  if (end === -1) return null;
  const commit = packed.slice(packed.lastIndexOf("\n", end) + 1, end);
  return commitId.test(commit) ? commit : null;
}
