import { classifyFailure } from "./failures.ts";
import { condemnDatabase, openDatabase } from "./openDatabase.ts";
import { emptyFolder } from "./emptyFolder.ts";
import { patienceAtOpenMs, patienceMs } from "./open.ts";
import { isEverything, nothingForgotten } from "../../../core/forgetting.ts";
import { Spool } from "./spool.ts";
import type { ExportThing } from "../../../protocol/export.ts";
import type { ForgetScope } from "../../../protocol/forget.ts";
import { reasonOf, type Problem } from "../../../protocol/errors.ts";
import type { Stage } from "../../../protocol/funnel.ts";
import type { BehindRow } from "../behind.ts";
import type { RetentionDay, RetentionRange, RetentionRow } from "../retention.ts";
import type { CoachingStore } from "../coachingRows.ts";
import type { OverwriteSumRow } from "../overwrites.ts";
import type { FigureStore } from "../figures.ts";
import type { RequestStore } from "../requests.ts";
import type { FunnelRow, KnownCommit, UncommittedRow } from "../stages.ts";
import type { DatabasePlace } from "./databasePlace.ts";
import type { Reads } from "./readRows.ts";
import type { Session } from "./session.ts";
import { sqliteCoaching, sqliteFigures, sqliteRequests, type Access } from "./sqliteParts.ts";
import { sqliteSync, type SqliteSync } from "./sqliteSync.ts";
import type { SyncWrites } from "./syncRows.ts";
import type { Writer, Writes } from "./writer.ts";
import type {
  Batch,
  DocumentRow,
  DueRow,
  EditRow,
  Forgetting,
  Limits,
  NumberedRow,
  OriginRow,
  RowsRange,
  SampleRow,
  SnapshotRow,
  Store,
  DaySumRow,
  SumRow,
  SumsRange,
  VersionKey,
  Written,
} from "../store.ts";

/** How often one call starts again because the file was moved or damaged under it. */
const mostAttempts = 3;

/** The store on disk. It follows its file: when it is put aside, replaced or taken over, it opens what is there. */
export class SqliteStore implements Store {
  readonly sync: SqliteSync;
  readonly #place: DatabasePlace;
  readonly #problems: Problem[] = [];
  readonly #spool: Spool;
  #session: Session | undefined;
  #revision = 0;
  /** How often something had been deleted on purpose when this store last knew everything. */
  #forgets = 0;
  #seen: { readonly session: Session; readonly revision: number | undefined } | undefined;

  readonly coaching: CoachingStore;
  readonly requests: RequestStore;
  readonly figures: FigureStore;

  /** Opens the database at once. Throws what may pass by itself. */
  constructor(place: Omit<DatabasePlace, "report">) {
    this.#place = { ...place, report: (problem) => this.#problems.push(problem) };
    this.#spool = new Spool(place.folder);
    const access: Access = {
      read: (work, ofNewer) => this.#read(work, ofNewer),
      commit: (work) => this.#commit(work),
    };
    this.coaching = sqliteCoaching(access);
    this.requests = sqliteRequests(access);
    this.figures = sqliteFigures(access);
    this.sync = sqliteSync({
      now: () => place.now(),
      read: (work, ofNewer) => this.#read((reads) => work(reads.sync), ofNewer),
      commit: (work, onlyAsSender) => this.#commitDurably(work, onlyAsSender),
      isSender: () => {
        let isSender = false;
        this.#look((writer) => (isSender = writer.isSender(place.now())));
        return isSender;
      },
    });
    this.#forgets = this.#open(patienceAtOpenMs).writer?.forgets() ?? 0;
    this.#takeSpool();
  }

  get kind(): "disk" | "readOnly" {
    return this.#session && !this.#session.writer ? "readOnly" : "disk";
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  write(batch: Batch): Written {
    const written = this.#commit(({ batch: write }) => write(batch, this.#place.now()), this.#forgets);
    return written.outcome === "readOnly" ? this.#writeAside(batch) : written;
  }

  readSums(range: SumsRange): SumRow[] {
    return this.#read((reads) => reads.sums(range), []);
  }

  readDaySums(range: SumsRange): DaySumRow[] {
    return this.#read((reads) => reads.daySums(range), []);
  }

  readDrops(): { name: string; count: number }[] {
    return this.#read((reads) => reads.drops(), []);
  }

  readReceipt(window: string): number {
    const receipt = this.#read((reads) => reads.receipt(window), 0);
    return this.kind === "readOnly" ? Math.max(receipt, this.#spool.receiptOf(window)) : receipt;
  }

  readDocument(uri: string): DocumentRow | undefined {
    return this.#read((reads) => reads.document(uri), undefined);
  }

  readDocumentsOfText(textHash: string): DocumentRow[] {
    return this.#read((reads) => reads.documentsOfText(textHash), []);
  }

  readSnapshots(uri: string): SnapshotRow[] {
    return this.#read((reads) => reads.snapshots(uri), []);
  }

  readFollowed(uri: string): DueRow[] {
    return this.#read((reads) => reads.followed(uri), []);
  }

  readDue(until: number): DueRow[] {
    return this.#read((reads) => reads.due(until), []);
  }

  readEdit(key: VersionKey): EditRow | undefined {
    return this.#read((reads) => reads.edit(key), undefined);
  }

  readEditById(id: string): EditRow | undefined {
    return this.#read((reads) => reads.editById(id), undefined);
  }

  readOrigins(ids: readonly string[]): Map<string, OriginRow> {
    return this.#read((reads) => reads.origins(ids), new Map<string, OriginRow>());
  }

  readSamples(editId: string): SampleRow[] {
    return this.#read((reads) => reads.samples(editId), []);
  }

  readEditsBehind(...asked: Parameters<Store["readEditsBehind"]>): BehindRow[] {
    return this.#read((reads) => reads.behind(...asked), []);
  }

  readRetention(range: SumsRange): RetentionRow[] {
    return this.#read((reads) => reads.retention(range), []);
  }

  readRetentionByDay(range: RetentionRange): RetentionDay[] {
    return this.#read((reads) => reads.retentionByDay(range), []);
  }

  readFunnel(range: SumsRange): FunnelRow[] {
    return this.#read((reads) => reads.funnel(range, "stages"), []);
  }

  readWays(range: SumsRange): FunnelRow[] {
    return this.#read((reads) => reads.funnel(range, "ways"), []);
  }

  readOverwrites(range: SumsRange): OverwriteSumRow[] {
    return this.#read((reads) => reads.overwrites(range), []);
  }

  readStages(editId: string): Partial<Record<Stage, string>> {
    return this.#read((reads) => reads.stagesOf(editId), {});
  }

  readUnkept(before: number): string[] {
    return this.#read((reads) => reads.unkept(before), []);
  }

  readUncommitted(since: number): UncommittedRow[] {
    return this.#read((reads) => reads.uncommitted(since), []);
  }

  readSeen(editIds: readonly string[]): Map<string, string> {
    return this.#read((reads) => reads.seen(editIds), new Map<string, string>());
  }

  readRecordAt(editId: string): string | undefined {
    return this.#read((reads) => reads.recordAt(editId), undefined);
  }

  readCommit(repository: string, name: string): KnownCommit | undefined {
    return this.#read((reads) => reads.commit(repository, name), undefined);
  }

  readCommitNames(repository: string): string[] {
    return this.#read((reads) => reads.commitNames(repository), []);
  }

  readLabelledEdits(): EditRow[] {
    return this.#read((reads) => reads.labelledEdits(), []);
  }

  readAll(thing: ExportThing, range: RowsRange): NumberedRow[] {
    return this.#read((reads) => reads.all(thing, range), []);
  }

  readNote(name: string): string | undefined {
    return this.#read((reads) => reads.note(name), undefined);
  }

  writeNote(name: string, text: string): Written {
    return this.#commit(({ note }) => note(name, text));
  }

  writeNoteDurably(name: string, text: string): Written {
    return this.#commitAllDurably(({ note }) => note(name, text), false);
  }

  writeNoteOnce(name: string, text: string): Written {
    return this.#commit(({ noteOnce }) => noteOnce(name, text));
  }

  revision(): number {
    const revision = this.#read((reads) => reads.mark("revision"), undefined);
    const session = this.#session;
    if (session && (session !== this.#seen?.session || revision !== this.#seen.revision)) {
      this.#revision += 1;
      this.#seen = { session, revision };
    }
    return this.#revision;
  }

  maintain(): void {
    this.#takeSpool();
    this.#look((writer) => writer.maintain(this.#place.now()));
  }

  prune(limits: Limits): { edits: number; sums: number } {
    let pruned = { edits: 0, sums: 0 };
    this.#look((writer) => (pruned = writer.prune(limits, this.#place.now())));
    return pruned;
  }

  forget(scope: ForgetScope, options: { readonly dryRun: boolean }): Forgetting {
    try {
      if (isEverything(scope)) return this.#forgetEverything(options);
      this.#takeSpool();
      return this.#forgetRows(scope, options.dryRun);
    } catch (thrown) {
      if (classifyFailure(thrown) === "mistake") throw thrown;
      return retry(reasonOf(thrown));
    }
  }

  close(): void {
    this.#leave();
  }

  /** The database belongs to a newer Kept, which will find it there. */
  #writeAside(batch: Batch): Written {
    try {
      const appended = this.#current().inPlace(() => this.#spool.append(batch, this.#place.now()));
      if (appended === "moved") return retry("the database was replaced");
      return { outcome: appended ? "written" : "readOnly" };
    } catch (thrown) {
      if (classifyFailure(thrown) === "mistake") throw thrown;
      return retry(reasonOf(thrown));
    }
  }

  /** What older ones wrote aside. Whatever is in the way is gone at the next look. */
  #takeSpool(): void {
    if (!this.#spool.isWaiting && this.#spool.claimed().length === 0) return;
    this.#look((writer, session) => {
      if (this.#spool.isWaiting) session.alone(() => this.#spool.claim(this.#place.uuid()));
      session.inPlace(() => writer.takeSpool(this.#spool));
    }, "free");
  }

  #forgetRows(scope: ForgetScope, dryRun: boolean): Forgetting {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const session = this.#current();
      const { writer } = session;
      if (!writer) return { outcome: "readOnly" };
      const found = this.#mending(() =>
        session.inPlace(() => session.patiently(() => writer.forget(scope, dryRun, this.#place.now()))),
      );
      if (found === "newer") this.#leave();
      if (typeof found === "string") continue;
      if (!dryRun) {
        this.#forgets = writer.forgets();
        this.#clean(session, writer);
      }
      return { outcome: "forgotten", forgotten: found };
    }
    return retry("the database was replaced again and again");
  }

  /** The files go, and all that lies beside them; where a system does not let them go, their rows do. */
  #forgetEverything(options: { readonly dryRun: boolean }): Forgetting {
    const forgotten = this.#read((reads) => reads.counts(), nothingForgotten);
    if (options.dryRun) return { outcome: "forgotten", forgotten };
    const forgets =
      Math.max(
        this.#forgets,
        this.#read((reads) => reads.mark("forgets") ?? 0, 0),
      ) + 1;
    this.#leave();
    try {
      emptyFolder(this.#place, patienceAtOpenMs, forgets);
    } catch (thrown) {
      if (classifyFailure(thrown) !== "passing") throw thrown;
      this.#place.log(`The database is emptied where it is: ${reasonOf(thrown)}`);
      return this.#forgetRows(everything, false);
    }
    this.#forgets = forgets;
    return { outcome: "forgotten", forgotten };
  }

  /** The rows are gone either way; what they leave in the file is cleaned by whoever looks after it next. */
  #clean(session: Session, writer: Writer): void {
    try {
      session.inPlace(() => session.patiently(() => writer.clean()));
    } catch (thrown) {
      if (classifyFailure(thrown) !== "passing") throw thrown;
      this.#place.log(`The database will be cleaned later: ${reasonOf(thrown)}`);
    }
  }

  #open(busyTimeoutMs: number): Session {
    this.#session = openDatabase(this.#place, busyTimeoutMs);
    return this.#session;
  }

  /** The open database, opened again if its file was put aside, replaced or deleted. */
  #current(): Session {
    if (this.#session && !this.#session.isInPlace()) this.#leave();
    return this.#session ?? this.#open(patienceMs);
  }

  #leaveIfOvertaken(session: Session): boolean {
    if (!session.isOvertaken()) return false;
    this.#leave();
    return true;
  }

  /** Closing is all that can be done, and whatever fails in it is found again at the next opening. */
  #leave(): void {
    try {
      this.#session?.close();
    } catch (thrown) {
      this.#place.log(`The database was not closed properly: ${reasonOf(thrown)}`);
    }
    this.#session = undefined;
  }

  #commit(work: (writes: Writes) => void, knownForgets?: number): Written {
    return this.#orRetry(() => {
      const mayQueue = this.sync.isQueueing();
      return this.#committing((writer) => {
        const outcome = writer.commit(work, { mayQueue, knownForgets });
        if (outcome !== "forgotten") return outcome;
        this.#forgets = writer.forgets();
        return { outcome, at: writer.forgottenAt() };
      });
    });
  }

  #commitDurably(work: (writes: SyncWrites) => void, onlyAsSender: boolean): Written {
    return this.#commitAllDurably(({ sync }) => work(sync), onlyAsSender);
  }

  #commitAllDurably(work: (writes: Writes) => void, onlyAsSender: boolean): Written {
    return this.#committing((writer) => {
      const outcome = writer.commitDurably(work, onlyAsSender);
      return outcome === "lost" ? { outcome: "readOnly" } : outcome;
    });
  }

  #committing(commit: (writer: Writer) => "written" | "newer" | Written): Written {
    return this.#orRetry(() => {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const session = this.#current();
        const { writer } = session;
        if (!writer) return { outcome: "readOnly" };
        const outcome = this.#mending(() => session.inPlace(() => commit(writer)));
        if (typeof outcome === "object") return outcome;
        if (outcome === "written") return { outcome };
        if (outcome === "newer") this.#leave();
      }
      return retry("the database was replaced again and again");
    });
  }

  /** What may pass by itself is given back to be written again. */
  #orRetry(write: () => Written): Written {
    try {
      return write();
    } catch (thrown) {
      if (classifyFailure(thrown) === "mistake") throw thrown;
      return retry(reasonOf(thrown));
    }
  }

  #read<Result>(work: (reads: Reads) => Result, ofNewer: Result): Result {
    for (let attempt = 0; ; attempt++) {
      const session = this.#current();
      try {
        return work(session.reads);
      } catch (thrown) {
        // The tables of a newer Kept may be others.
        if (!session.writer) return ofNewer;
        if (attempt >= mostAttempts || !(this.#mend(thrown) || this.#leaveIfOvertaken(session))) throw thrown;
      }
    }
  }

  /** Looking after the database can wait. */
  #look(work: (writer: Writer, session: Session) => void, how: "inPlace" | "free" = "inPlace"): void {
    try {
      const session = this.#current();
      const { writer } = session;
      if (this.#leaveIfOvertaken(session)) return;
      if (!writer) return;
      this.#mending(() =>
        how === "free" ? work(writer, session) : session.inPlace(() => work(writer, session)),
      );
    } catch (thrown) {
      if (classifyFailure(thrown) === "mistake") throw thrown;
      this.#place.log(`The database was not looked after: ${reasonOf(thrown)}`);
    }
  }

  #mending<Result>(work: () => Result): Result | "mended" {
    try {
      return work();
    } catch (thrown) {
      if (!this.#mend(thrown)) throw thrown;
      return "mended";
    }
  }

  /** If something failed because the database is damaged, gives it up, to be replaced at the next opening. */
  #mend(thrown: unknown): boolean {
    if (classifyFailure(thrown) !== "damaged") return false;
    this.#place.log(`The database is damaged: ${reasonOf(thrown)}`);
    const identity = this.#session?.identity;
    this.#leave();
    condemnDatabase(this.#place, patienceMs, identity);
    return true;
  }
}

const everything: ForgetScope = { repository: null, tool: null, from: null, to: null };

function retry(reason: string): Extract<Written, { readonly outcome: "retry" }> {
  return { outcome: "retry", problem: { code: "store.full", details: { reason } } };
}
