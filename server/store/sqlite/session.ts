import { existsSync } from "node:fs";
import { identityOf, type DatabaseFiles } from "./databaseFiles.ts";
import type { Reads } from "./readRows.ts";
import { readFormat } from "./migrate.ts";
import { newestFormat } from "./migrations.ts";
import type { FolderLock } from "./folderLock.ts";
import { patienceAtOpenMs, patienceMs, type Connection } from "./open.ts";
import type { Writer } from "./writer.ts";

interface SessionParts {
  readonly connection: Connection;
  readonly lock: FolderLock;
  readonly files: DatabaseFiles;
  readonly identity: string | undefined;
  readonly reads: Reads;
  readonly writer: Writer | undefined;
}

/** One opening of the database's file, as long as that file is in its place. */
export class Session {
  readonly reads: Reads;
  /** None for the database of a newer Kept. */
  readonly writer: Writer | undefined;
  readonly identity: string | undefined;
  readonly #parts: SessionParts;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.reads = parts.reads;
    this.writer = parts.writer;
    this.identity = parts.identity;
  }

  /** Whether the file is still the database: nobody put it aside, deleted it, or marked it as damaged. */
  isInPlace(): boolean {
    const { files, identity, lock } = this.#parts;
    return identityOf(files.database) === identity && lock.isInPlace() && !existsSync(files.marker);
  }

  /** Whether a newer Kept changed the tables meanwhile. */
  isOvertaken(): boolean {
    return this.writer !== undefined && readFormat(this.#parts.connection) > newestFormat;
  }

  /** Runs something during which the file stays where it is; "moved" if it is no longer there. */
  inPlace<Result>(work: () => Result): Result | "moved" {
    return this.#parts.lock.shared(() => (this.isInPlace() ? work() : "moved"));
  }

  /** Runs something while nobody else writes, nor replaces the file. */
  alone(work: () => void): void {
    this.#parts.lock.alone(work);
  }

  /** Runs something that the person waits for, and that may wait longer for other processes than a write. */
  patiently<Result>(work: () => Result): Result {
    const { connection } = this.#parts;
    connection.pragma(`busy_timeout = ${patienceAtOpenMs}`);
    try {
      return work();
    } finally {
      connection.pragma(`busy_timeout = ${patienceMs}`);
    }
  }

  close(): void {
    const { connection, lock } = this.#parts;
    try {
      lock.shared(() => {
        if (this.isInPlace()) this.writer?.release();
        connection.close();
      });
    } finally {
      connection.close();
      lock.close();
    }
  }
}
