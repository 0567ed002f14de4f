import Database from "better-sqlite3";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "../dataFolder.ts";
import { StoreOpenError } from "../store.ts";

export type SqliteDatabase = Database.Database;

export interface SqlitePlace {
  readonly file: string;
  /** Path of the native part; without it the one in node_modules. */
  readonly nativeBinding: string | undefined;
}

/** Older runtimes do not refuse the native part: they crash on it. */
const neededNodeApi = 10;

/** The first version in which several processes can checkpoint one write-ahead log without losing commits. */
const neededSqlite = [3, 51, 3] as const;

/** Opens the database for writing, with the durability an acknowledgement promises. Makes no tables. */
export function openSqlite(place: SqlitePlace, nodeApi = process.versions["napi"]): SqliteDatabase {
  checkRuntime(nodeApi);
  makeFolder(path.dirname(place.file));
  // SQLite gives its log and index files the mode of the database, so the mode is set before it is opened.
  closeSync(openSync(place.file, "a", 0o600));
  const database = new Database(place.file, { timeout: 5000, ...nativeOption(place) });
  try {
    checkSqlite(sqliteVersion(database));
    // A pragma that is not accepted says nothing: each is read back.
    setPragma(database, "journal_mode", "WAL", "wal");
    setPragma(database, "synchronous", "FULL", 2);
    setPragma(database, "fullfsync", "ON", 1);
    setPragma(database, "checkpoint_fullfsync", "ON", 1);
    setPragma(database, "secure_delete", "ON", 1);
    setPragma(database, "trusted_schema", "OFF", 0);
    setPragma(database, "journal_size_limit", "8388608", 8_388_608);
  } catch (error) {
    database.close();
    throw openErrorFor(error, place);
  }
  return database;
}

/** Opens an existing database to look at it. */
export function openSqliteReadOnly(place: SqlitePlace, nodeApi = process.versions["napi"]): SqliteDatabase {
  checkRuntime(nodeApi);
  return new Database(place.file, {
    readonly: true,
    fileMustExist: true,
    timeout: 5000,
    ...nativeOption(place),
  });
}

export function sqliteVersion(database: SqliteDatabase): string {
  return database.prepare<[], string>("SELECT sqlite_version()").pluck().get() ?? "";
}

export function checkRuntime(nodeApi: string | undefined): void {
  if (!(Number(nodeApi) >= neededNodeApi)) {
    throw new StoreOpenError(
      `SQLite's native part needs Node-API ${neededNodeApi}, and this runtime has ${nodeApi ?? "none"}. ` +
        "Run kept-org with Node 22.14 or later.",
    );
  }
}

export function checkSqlite(version: string): void {
  const parts = version.split(".").map(Number);
  for (const [index, needed] of neededSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > needed) {
      return;
    }
    if (part < needed) {
      throw new StoreOpenError(
        `SQLite ${version} can lose commits; ${neededSqlite.join(".")} or later is needed. Update better-sqlite3.`,
      );
    }
  }
}

/** The code of SQLite's error, for example SQLITE_FULL; undefined when it is another error. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined;
}

/** What the operator can do, for the failures that are not this program's. */
function openErrorFor(error: unknown, { file }: SqlitePlace): unknown {
  const code = sqliteCode(error);
  if (code === "SQLITE_NOTADB" || code?.startsWith("SQLITE_CORRUPT")) {
    return new StoreOpenError(
      `${file} is damaged or is not a database. It was left as it is. ` +
        "Put a backup in its place, or move it away to begin with an empty one.",
      { cause: error },
    );
  }
  return code === undefined
    ? error
    : new StoreOpenError(
        `${file} could not be opened (${code}). Check its owner and mode and the free space.`,
        {
          cause: error,
        },
      );
}

function nativeOption({ nativeBinding }: SqlitePlace): { nativeBinding?: string } {
  return nativeBinding === undefined ? {} : { nativeBinding };
}

function setPragma(database: SqliteDatabase, name: string, value: string, expected: string | number): void {
  database.pragma(`${name} = ${value}`);
  const actual: unknown = database.pragma(name, { simple: true });
  if (actual !== expected) {
    throw new StoreOpenError(
      `SQLite did not accept ${name} = ${value} for ${database.name}. ` +
        "The data folder must lie on a local disk, not on a network share.",
    );
  }
}
