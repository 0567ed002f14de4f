import path from "node:path";
import { readPart, statOf } from "./gitFiles.ts";
import type { GitFolder } from "./gitFolder.ts";

/** A longer list is left to git. */
const mostPackedBytes = 4 * 1024 * 1024;

/**
 * Whether a repository may have refs below any of some names, without asking git, for which a process would be started.
 * It only says no where its files say no; a folder of refs that was emptied counts as one that has them.
 */
export function mayHaveRefs({ shared }: GitFolder, names: readonly string[]): boolean {
  if (statOf(path.join(shared, "reftable"))) return true;
  if (names.some((name) => statOf(path.join(shared, name)))) return true;
  const file = path.join(shared, "packed-refs");
  const size = statOf(file)?.size;
  if (size === undefined) return false;
  const packed = size > mostPackedBytes ? undefined : readPart(file, 0, mostPackedBytes);
  return packed === undefined || names.some((name) => packed.includes(` ${name}`));
}
