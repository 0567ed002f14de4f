import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { syncFolder } from "../../writeThrough.ts";

/** The files of the database in Kept's folder, and how a damaged one is put aside. */
export interface DatabaseFiles {
  readonly database: string;
  readonly lock: string;
  /** There while a damaged database is being replaced. Holds the name it is put aside under. */
  readonly marker: string;
  /** The database that will replace a damaged one, until it is complete. */
  readonly replacement: string;
  /** In which page each table of the database begins. */
  readonly schema: string;
  readonly folder: string;
}

/** What SQLite keeps beside a database. */
const companions = ["-wal", "-shm", "-journal"];

/** Damaged databases that are kept, newest first, for somebody who wants to look for more in them. */
const keptAside = 2;

export function databaseFiles(folder: string): DatabaseFiles {
  const database = join(folder, "kept.db");
  return {
    database,
    folder,
    lock: join(folder, "kept.lock"),
    schema: join(folder, "kept.schema"),
    marker: `${database}.damaged`,
    replacement: `${database}.new`,
  };
}

/** Makes an empty file unless there is one. An existing file is not opened: closing it would drop SQLite's locks. */
export function makeFile(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (thrown) {
    if (!existsSync(path)) throw thrown;
  }
}

/** Whether there is a database, and none that is to be replaced. */
export function isSettled(files: DatabaseFiles): boolean {
  return existsSync(files.database) && !existsSync(files.marker);
}

/** Tells a file from another that took its name; undefined when there is none. */
export function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}

/** Bytes of the log beside the database. There are none when it was closed by all, and properly. */
export function logSizeOf(files: DatabaseFiles): number {
  return statSync(`${files.database}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/** Marks the database as damaged: from now on everybody leaves it, and whoever opens it next replaces it. */
export function markDamaged(files: DatabaseFiles, now: number): void {
  writeFileSync(files.marker, asideName(now), { mode: 0o600, flag: "wx" });
  syncFolder(files.folder);
}

/** Where a marked database is put aside; undefined when whoever marked it did not live to write that down. */
export function readAside(files: DatabaseFiles): string | undefined {
  const name = readFileSync(files.marker, "utf8");
  return asideNames.test(name) ? join(files.folder, name) : undefined;
}

export function moveDatabase(files: DatabaseFiles, to: string): void {
  for (const companion of ["", ...companions]) {
    if (existsSync(files.database + companion)) renameSync(files.database + companion, to + companion);
  }
  syncFolder(files.folder);
}

export function removeDatabase(path: string): void {
  for (const companion of ["", ...companions]) rmSync(path + companion, { force: true });
}

/** Puts the complete replacement in the database's place. */
export function putInPlace(files: DatabaseFiles): void {
  renameSync(files.replacement, files.database);
  syncFolder(files.folder);
}

/** Ends the replacing, and deletes all but the newest of those put aside. */
export function removeMarker(files: DatabaseFiles): void {
  rmSync(files.marker, { force: true });
  for (const path of asides(files).slice(0, -keptAside)) removeDatabase(path);
}

/** Deletes those put aside before a moment: what they hold is as old as what is pruned. */
export function removeAsidesBefore(files: DatabaseFiles, before: number): void {
  for (const path of asides(files)) {
    if (basename(path) < asideName(before)) removeDatabase(path);
  }
}

/** Deletes all that were put aside: they may hold what was deleted since. */
export function removeAsides(files: DatabaseFiles): void {
  for (const path of asides(files)) removeDatabase(path);
}

/** Those put aside, oldest first. */
function asides(files: DatabaseFiles): string[] {
  return readdirSync(files.folder)
    .filter((name) => asideNames.test(name))
    .sort()
    .map((name) => join(files.folder, name));
}

/** The time is part of it, to the millisecond and in UTC, so that names sort by age. */
const asideNames = /^kept\.db\.corrupt-[\dT-]+Z$/;

function asideName(now: number): string {
  return `kept.db.corrupt-${new Date(now).toISOString().replaceAll(/[:.]/g, "-")}`;
}
