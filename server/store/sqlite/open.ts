import Database from "better-sqlite3";
import type { Journal } from "./journal.ts";

export type Connection = Database.Database;

/** What a runtime says of itself, as in `process.versions`. */
export type RuntimeVersions = Readonly<Partial<Record<string, string>>>;

export const neededNodeApi = 10;

/**
 * Whether the database's binary may be loaded: a runtime with an older Node-API does not refuse it but crashes. The
 * package loads it when the first connection is made and not before.
 */
export function canLoadDatabase(versions: RuntimeVersions): boolean {
  return Number(versions["napi"] ?? 0) >= neededNodeApi;
}

/** How long opening waits for another process that makes, changes or replaces the database. */
export const patienceAtOpenMs = 5000;

/**
 * How long a write waits for another process. The wait blocks the server's event loop, and an answer to a hover that
 * takes longer is felt; a batch that is given back is simply written with the next one. Transactions of other windows
 * take a few milliseconds.
 */
export const patienceMs = 40;

interface ConnectOptions {
  /** Path of the binary; without it the package finds its own. */
  readonly nativeBinding: string | undefined;
  readonly readonly: boolean;
  /** How long a call waits for another process that holds the file. */
  readonly busyTimeoutMs: number;
}

/** Opens a file that is there: a database is made on purpose, never by opening a wrong path. */
export function connect(
  path: string,
  { nativeBinding, readonly, busyTimeoutMs }: ConnectOptions,
): Connection {
  return new Database(path, { nativeBinding, readonly, timeout: busyTimeoutMs, fileMustExist: true });
}

/**
 * Sets what is not stored in the file. `synchronous` is set and read back, because the default changes silently with
 * the first statement that changes the schema. NORMAL loses nothing when a process is killed; when the power fails,
 * the last commits since a checkpoint may be undone, never damaged. The editor that would send them again is gone
 * then too. Without a write-ahead log only FULL is safe.
 */
export function configure(connection: Connection, journal: Journal): void {
  const actual = connection.pragma(`journal_mode = ${journal}`, { simple: true });
  if (journal === "delete" && actual !== journal) {
    throw new Database.SqliteError("Another process has the database open with a log", "SQLITE_BUSY");
  }
  const synchronous = actual === "wal" ? 1 : 2;
  connection.pragma(`synchronous = ${synchronous}`);
  if (connection.pragma("synchronous", { simple: true }) !== synchronous) {
    throw new Error("The database did not take the setting for synchronous writing");
  }
  connection.pragma("checkpoint_fullfsync = ON");
  connection.pragma("foreign_keys = ON");
  connection.pragma("secure_delete = ON");
  connection.pragma("trusted_schema = OFF");
  connection.pragma("cell_size_check = ON");
  connection.pragma(`journal_size_limit = ${8 * 1024 * 1024}`);
}

export function sqliteVersion(connection: Connection): string {
  return connection.prepare<[], string>("SELECT sqlite_version()").pluck().get() ?? "";
}
