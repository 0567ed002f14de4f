import { statSync } from "node:fs";
import { connect } from "../../store/sqlite/open.ts";
import type { DatabaseAccess } from "../agent.ts";

/** How long a look waits for the tool that writes; the next look comes soon. */
const patienceMs = 500;

/** What tells whether anything was written to a database: to its file, or to the log beside it. */
export interface DatabaseState {
  readonly inode: number;
  readonly size: number;
  readonly changedAt: number;
}

export function databaseState(file: string): DatabaseState | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return undefined;
  const { ino: inode, size, mtimeMs } = found;
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return { inode, size: size + (log?.size ?? 0), changedAt: Math.max(mtimeMs, log?.mtimeMs ?? 0) };
}

/**
 * Gives the rows of a tool's database that changed at a time or later, one by one, and says when the last of them did.
 * It is opened for reading only, beside the tool that writes to it.
 */
export function readRows(
  { file, query, since }: { readonly file: string; readonly query: string; readonly since: number },
  { nativeBinding }: DatabaseAccess,
  take: (row: unknown) => void,
): number {
  const connection = connect(file, { nativeBinding, readonly: true, busyTimeoutMs: patienceMs });
  let last = since;
  try {
    for (const row of connection.prepare<[number], { changedAt?: unknown }>(query).iterate(since)) {
      if (typeof row.changedAt === "number" && row.changedAt > last) last = row.changedAt;
      take(row);
    }
  } finally {
    connection.close();
  }
  return last;
}
