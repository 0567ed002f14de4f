import { truncateSync } from "node:fs";
import { identityOf, makeFile, type DatabaseFiles } from "./databaseFiles.ts";
import { classifyFailure } from "./failures.ts";
import { connect, type Connection } from "./open.ts";

interface LockOptions {
  readonly nativeBinding: string | undefined;
  readonly busyTimeoutMs: number;
}

/**
 * Keeps the database's file where it is while somebody writes to it. Writers share the lock; making the file, or
 * replacing a damaged one, needs it alone. It is a lock of the operating system on a file of its own, taken by way of
 * an empty database, so it ends with its process however that ends.
 */
export class FolderLock {
  readonly #files: DatabaseFiles;
  readonly #identity: string | undefined;
  readonly #connection: Connection;
  readonly #share: () => void;
  readonly #release: () => void;
  #isHeld = false;

  constructor(files: DatabaseFiles, options: LockOptions) {
    this.#files = files;
    makeFile(files.lock);
    this.#identity = identityOf(files.lock);
    this.#connection = connectLock(files, options);
    const begin = this.#connection.prepare("BEGIN");
    const read = this.#connection.prepare("SELECT count(*) FROM sqlite_schema");
    const rollback = this.#connection.prepare("ROLLBACK");
    this.#share = () => {
      begin.run();
      read.get();
    };
    this.#release = () => {
      // Nothing was written. To commit would write a page, for which a full disk has no room.
      if (this.#connection.inTransaction) rollback.run();
    };
  }

  /** Runs something while nobody can replace the file. Inside another call it only runs it. */
  shared<Result>(work: () => Result): Result {
    return this.#hold(this.#share, work);
  }

  /** Runs something while nobody else is in `shared` or `alone`. Not inside `shared`. */
  alone<Result>(work: () => Result): Result {
    return this.#hold(() => this.#connection.exec("BEGIN EXCLUSIVE"), work);
  }

  /** Whether the lock is still the one that others take. */
  isInPlace(): boolean {
    return identityOf(this.#files.lock) === this.#identity;
  }

  setPatience(busyTimeoutMs: number): void {
    this.#connection.pragma(`busy_timeout = ${busyTimeoutMs}`);
  }

  close(): void {
    this.#connection.close();
  }

  #hold<Result>(take: () => void, work: () => Result): Result {
    if (this.#isHeld) return work();
    try {
      take();
      this.#isHeld = true;
      return work();
    } finally {
      this.#isHeld = false;
      this.#release();
    }
  }
}

function connectLock(files: DatabaseFiles, { nativeBinding, busyTimeoutMs }: LockOptions): Connection {
  const open = () => {
    const connection = connect(files.lock, { nativeBinding, readonly: false, busyTimeoutMs });
    try {
      connection.prepare("SELECT count(*) FROM sqlite_schema").get();
      return connection;
    } catch (thrown) {
      connection.close();
      throw thrown;
    }
  };
  try {
    return open();
  } catch (thrown) {
    if (classifyFailure(thrown) !== "damaged") throw thrown;
    // Only a lock: what stands in it has no meaning.
    truncateSync(files.lock);
    return open();
  }
}
