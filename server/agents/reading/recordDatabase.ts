import { statSync } from "node:fs";
import { connect } from "../../store/sqlite/open.ts";
import type { DatabaseAccess } from "../agent.ts";
import { timeOf } from "../fields.ts";

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
  const connection = open(file, nativeBinding);
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

/** The log beside it is opened with it. */
function open(file: string, nativeBinding: string | undefined) {
  for (const each of [file, `${file}-wal`]) {
    if (statSync(each, { throwIfNoEntry: false })?.isFile() === false)
      throw new Error("it is no regular file");
  }
  return connect(file, { nativeBinding, readonly: true, busyTimeoutMs: patienceMs });
}

/** Where rows are numbered by their changes; `Agent.latest` says what it gives. */
export interface NumberedRows {
  readonly file: string;
  readonly latest: string;
  readonly query: string;
  readonly older: string | undefined;
  /** The last that was read; undefined where none was. */
  readonly beyond: number | undefined;
  readonly since: number;
}

/** Gives the rows beyond a number one by one, or all that may be young enough, and says what the last one's number is. */
export function readNumberedRows(
  { file, latest, query, older, beyond, since }: NumberedRows,
  { nativeBinding }: DatabaseAccess,
  take: (row: unknown) => void,
): number {
  const connection = open(file, nativeBinding);
  try {
    if (older !== undefined && connection.prepare(older).get() !== undefined) return 0;
    const page = connection.prepare<[number], { row: number; changedAt?: unknown }>(latest);
    const [newest] = page.all(Number.MAX_SAFE_INTEGER);
    if (!newest) return 0;
    // Numbers that are lower than before were given anew.
    const isKnown = beyond !== undefined && beyond <= newest.row;
    const first = since > 0 ? (found: number) => firstYoung((row) => page.all(row), found) : () => 0;
    let last = isKnown ? beyond : Math.min(newest.row, first(since) - 1);
    const rows = connection.prepare<[number], { row: number }>(query);
    // A look that lasts would keep the tool from tidying its log: each batch is one of its own.
    for (let from: number | undefined; from !== last;) {
      from = last;
      for (const row of rows.iterate(from)) {
        last = row.row;
        take(row);
      }
    }
    return last;
  } finally {
    connection.close();
  }
}

/** Gives the rows of other names that hold what is read, and says what the last row is that was looked at. */
export function readStrays(
  { file, query, beyond }: { readonly file: string; readonly query: string; readonly beyond: number },
  { nativeBinding }: DatabaseAccess,
  take: (row: unknown) => void,
): number {
  const connection = connect(file, { nativeBinding, readonly: true, busyTimeoutMs: patienceMs });
  try {
    const rows = connection.prepare<[number], { row: number; isStray: unknown }>(query).all(beyond);
    for (const row of rows) if (row.isStray === 1) take(row);
    return rows.reduce((last, { row }) => Math.max(last, row), rows.length > 0 ? 0 : beyond);
  } finally {
    connection.close();
  }
}

/** The number that the rows begin with among which there may be young ones. */
function firstYoung(
  page: (before: number) => readonly { readonly row: number; readonly changedAt?: unknown }[],
  since: number,
): number {
  let first = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = page(first);
    if (!rows.some(({ changedAt }) => (timeOf(changedAt) ?? 0) >= since)) return first;
    first = rows.at(-1)!.row;
  }
}
