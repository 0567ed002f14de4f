import { rmSync } from "node:fs";
import { logSizeOf, removeAsides, removeAsidesBefore, type DatabaseFiles } from "./databaseFiles.ts";
import { newestFormat } from "./migrations.ts";
import { forgetAllRows, forgetRows } from "./forgetRows.ts";
import { prepareWriteTips } from "./coaching.ts";
import { prepareWriteFigures } from "./figures.ts";
import { preparePruneSteps, type PruneSteps } from "./pruneRows.ts";
import { writeSchemaCopy } from "./schemaCopy.ts";
import { forgetSpoolMark, takeSpool } from "./takeSpool.ts";
import type { Spool } from "./spool.ts";
import { prepareWriteBatch, type WriteBatch } from "./writeBatch.ts";
import { prepareRequestWrites } from "./writeRequests.ts";
import { mayQueueFunction } from "./outboxRows.ts";
import type { Lease, LeaseName } from "./lease.ts";
import { prepareSyncWrites, type SyncWrites } from "./syncRows.ts";
import type { Connection } from "./open.ts";
import type { Reads } from "./readRows.ts";
import { isEverything } from "../../../core/forgetting.ts";
import type { TipRecord } from "../../../protocol/coaching.ts";
import type { Forgotten, ForgetScope } from "../../../protocol/forget.ts";
import type { TipsWritten } from "../coachingRows.ts";
import type { FigureBatch } from "../figures.ts";
import type { RequestBatch } from "../requests.ts";
import type { Limits } from "../store.ts";

/** What can be written in one transaction. */
export interface Writes {
  readonly batch: WriteBatch;
  readonly requests: (batch: RequestBatch) => void;
  readonly figures: (batch: FigureBatch) => void;
  readonly note: (name: string, text: string) => void;
  readonly noteOnce: (name: string, text: string) => void;
  readonly sync: SyncWrites;
  readonly tips: (tips: readonly TipRecord[], written?: TipsWritten) => void;
}

/**
 * With many writers there is never a moment by itself in which all of the log is moved and it can begin anew: such a
 * moment is made, which the others wait for. The process that looks after the database makes it; the others do so later,
 * if nobody looks after it or whoever does is asleep. Who tries in vain, because somebody reads, does not try again with
 * every commit.
 */
const longLogBytes = { caretaker: 8 * 1024 * 1024, others: 12 * 1024 * 1024 };
const commitsBetweenCuts = 8;

/** The writing side of an open database. Everything here is to be called while the file cannot be replaced. */
export class Writer {
  readonly #connection: Connection;
  readonly #files: DatabaseFiles;
  readonly #reads: Reads;
  readonly #lease: Lease;
  readonly #sender: Lease;
  readonly #writes: Writes;
  readonly #pruneSteps: PruneSteps;
  readonly #format: () => number | undefined;
  readonly #raise: (mark: "revision" | "forgets" | "uncleaned") => void;
  readonly #noteForgotten: (at: number) => void;
  readonly #synchronous: number;
  #seenRevision: number | undefined;
  #longLogBytes = longLogBytes.others;
  #commitsUntilCut = 0;
  #mayQueue = false;

  constructor(
    connection: Connection,
    files: DatabaseFiles,
    reads: Reads,
    leases: Readonly<Record<LeaseName, Lease>>,
  ) {
    this.#connection = connection;
    this.#files = files;
    this.#reads = reads;
    this.#lease = leases.caretaker;
    this.#sender = leases.sender;
    connection.function(mayQueueFunction, () => Number(this.#mayQueue));
    const requestWrites = prepareRequestWrites(connection);
    this.#writes = {
      batch: prepareWriteBatch(connection, requestWrites),
      requests: (batch) => requestWrites.write(batch, this.#requestsFrom()),
      figures: prepareWriteFigures(connection),
      ...prepareWriteNote(connection),
      sync: prepareSyncWrites(connection),
      tips: prepareWriteTips(connection),
    };
    this.#pruneSteps = preparePruneSteps(connection);
    const format = connection.prepare<[], number>("PRAGMA user_version").pluck();
    this.#format = () => format.get();
    const raise = connection.prepare<[string]>(
      `INSERT INTO marks (name, value) VALUES (?, 1)
       ON CONFLICT (name) DO UPDATE SET value = value + 1`,
    );
    this.#raise = (mark) => void raise.run(mark);
    const note = connection.prepare<[number]>(
      "INSERT OR REPLACE INTO marks (name, value) VALUES ('forgottenAt', ?)",
    );
    this.#noteForgotten = (at) => void note.run(at);
    this.#synchronous = connection.pragma("synchronous", { simple: true }) as number;
    // Moving the log with each commit would keep those off who can cut it.
    connection.pragma("wal_autocheckpoint = 0");
  }

  /** Writes all of it or nothing. A database that a newer Kept has taken over is left alone. */
  commit(
    work: (writes: Writes) => void,
    { mayQueue, knownForgets }: { readonly mayQueue: boolean; readonly knownForgets?: number | undefined },
  ): "written" | "newer" | "forgotten" {
    let isForgotten = false;
    this.#mayQueue = mayQueue;
    const outcome = this.#transact(() => {
      isForgotten = knownForgets !== undefined && this.forgets() > knownForgets;
      if (isForgotten) return;
      work(this.#writes);
      this.#raise("revision");
    });
    this.#cutLongLog();
    return isForgotten ? "forgotten" : outcome;
  }

  /** The same for what must be on the disk when it is answered. "lost" where another process sends meanwhile. */
  commitDurably(work: (writes: Writes) => void, onlyAsSender: boolean): "written" | "newer" | "lost" {
    let isLost = false;
    const outcome = this.#durably(() =>
      this.#transact(() => {
        isLost = onlyAsSender && !this.#sender.isHeld();
        if (isLost) return;
        work(this.#writes);
        this.#raise("revision");
      }),
    );
    return isLost ? "lost" : outcome;
  }

  /** Whether this process is the one that sends, from now on for at least twenty seconds. */
  isSender(now: number): boolean {
    if (this.#sender.state(now) === "due") this.#transact(() => this.#sender.take(now));
    return this.#sender.isHeld();
  }

  /** Takes in what an older Kept wrote while this one was not there. */
  takeSpool(spool: Spool): void {
    for (const id of spool.claimed()) {
      const taken = this.commit(({ batch }) => takeSpool(this.#connection, spool, id, batch), {
        // Whether sending was on when it was recorded is not known any more.
        mayQueue: false,
      });
      if (taken !== "written") return;
      spool.remove(id);
      this.#transact(() => forgetSpoolMark(this.#connection, id));
    }
  }

  /** How often something was deleted on purpose. */
  forgets(): number {
    return this.#reads.mark("forgets") ?? 0;
  }

  /** When that was last. */
  forgottenAt(): number {
    return this.#reads.mark("forgottenAt") ?? 0;
  }

  /**
   * Deletes the rows of a scope, durably; a trial is undone. What the deleted rows leave in the file is cleaned after
   * it, or, where that fails, by whoever looks after the database next.
   */
  forget(scope: ForgetScope, dryRun: boolean, now: number): Forgotten | "newer" {
    let forgotten: Forgotten | undefined;
    try {
      this.#durably(() =>
        this.#transact(() => {
          forgotten = isEverything(scope)
            ? forgetAllRows(this.#connection)
            : forgetRows(this.#connection, scope);
          if (dryRun) throw new Undo();
          for (const mark of ["revision", "forgets", "uncleaned"] as const) this.#raise(mark);
          this.#noteForgotten(now);
        }),
      );
    } catch (thrown) {
      if (!(thrown instanceof Undo)) throw thrown;
    }
    return forgotten ?? "newer";
  }

  /**
   * Leaves nothing of deleted rows in the file, nor in the log. Deleting overwrites a row where it lies, but not the
   * copies that moving rows between pages leaves behind: only writing the whole file anew is sure.
   */
  clean(): void {
    removeAsides(this.#files);
    // Killed after cleaning, a copy of what was before would lead astray.
    rmSync(this.#files.schema, { force: true });
    this.#connection.exec("VACUUM");
    writeSchemaCopy(this.#connection, this.#files.schema);
    this.#transact(() => void this.#connection.exec("DELETE FROM marks WHERE name = 'uncleaned'"));
    this.#cutLog();
  }

  /**
   * Moves the log into the database now and then, if this process is the one to do it; when nobody writes, all of it.
   * After that there is nothing to look after: the lease is not renewed, and an idle machine's disk may sleep.
   */
  maintain(now: number): void {
    const revision = this.#reads.mark("revision");
    const isIdle = revision === this.#seenRevision;
    this.#seenRevision = revision;
    const isUnclean = this.#isUnclean();
    if (logSizeOf(this.#files) === 0 && !isUnclean) return;
    const isCaretaker = this.#isCaretaker(now);
    if (isCaretaker && isUnclean) this.clean();
    this.#longLogBytes = isCaretaker ? longLogBytes.caretaker : longLogBytes.others;
    if (isCaretaker && isIdle) this.#cutLog();
    else if (isCaretaker) this.#connection.pragma("wal_checkpoint(PASSIVE)");
  }

  /** Deletes what is too old, unless another process looks after the database. */
  prune(limits: Limits, now: number): { edits: number; sums: number } {
    const pruned = { edits: 0, sums: 0 };
    if (!this.#isCaretaker(now)) return pruned;
    for (let edits = -1; edits !== 0; pruned.edits += edits) {
      edits = this.#whileCaretaker(() => this.#pruneSteps.edits(limits.editsBefore));
    }
    for (let requests = -1; requests !== 0;) {
      requests = this.#whileCaretaker(() => this.#pruneSteps.requests(limits.editsBefore));
    }
    removeAsidesBefore(this.#files, limits.editsBefore);
    pruned.sums = this.#whileCaretaker(() => this.#pruneSteps.rest(limits));
    return pruned;
  }

  /** Lets another process look after the database, and send, at once. */
  release(): void {
    for (const lease of [this.#lease, this.#sender]) {
      if (lease.isHeld()) this.#transact(() => lease.release());
    }
  }

  /** What fails here must not reach whoever wrote: that was written, and would be written again. */
  #cutLongLog(): void {
    if (this.#commitsUntilCut-- > 0) return;
    try {
      if (logSizeOf(this.#files) <= this.#longLogBytes) return;
      this.#commitsUntilCut = commitsBetweenCuts;
      this.#cutLog();
    } catch {
      // The next call that needs the file meets the reason.
    }
  }

  /** Moves all of the log into the database and empties it, unless others are busy for too long. */
  #cutLog(): void {
    this.#connection.pragma("wal_checkpoint(TRUNCATE)");
  }

  /** What tools recorded before is not taken in: it was pruned, or deleted on purpose. */
  #requestsFrom(): number {
    return Math.max(this.#reads.mark("requestsFrom") ?? 0, this.forgottenAt());
  }

  #isUnclean(): boolean {
    return (this.#reads.mark("uncleaned") ?? 0) > 0;
  }

  #isCaretaker(now: number): boolean {
    if (this.#lease.state(now) === "due") this.#transact(() => this.#lease.take(now));
    return this.#lease.isHeld();
  }

  #durably<Result>(work: () => Result): Result {
    this.#connection.pragma("synchronous = FULL");
    try {
      return work();
    } finally {
      this.#connection.pragma(`synchronous = ${this.#synchronous}`);
    }
  }

  #transact(work: () => void): "written" | "newer" {
    return this.#connection
      .transaction(() => {
        if (this.#format() !== newestFormat) return "newer";
        work();
        return "written";
      })
      .immediate();
  }

  /** One transaction, and nothing if the lease passed to another meanwhile. */
  #whileCaretaker(work: () => number): number {
    let count = 0;
    this.commit(
      () => {
        if (this.#lease.isHeld()) count = work();
      },
      { mayQueue: false },
    );
    return count;
  }
}

function prepareWriteNote(connection: Connection): Pick<Writes, "note" | "noteOnce"> {
  const insert = "INSERT INTO notes (name, text) VALUES (?, ?) ON CONFLICT (name) DO";
  const write = connection.prepare<[string, string]>(`${insert} UPDATE SET text = excluded.text`);
  const writeOnce = connection.prepare<[string, string]>(`${insert} NOTHING`);
  return {
    note: (name, text) => void write.run(name, text),
    noteOnce: (name, text) => void writeOnce.run(name, text),
  };
}

/** Undoes a transaction that was only tried. */
class Undo extends Error {}
