import type { ExportRow } from "../../core/report/exportText.ts";
import type { ListPlace } from "../../protocol/editsBehind.ts";
import type { ExportThing } from "../../protocol/export.ts";
import type { Forgotten, ForgetScope } from "../../protocol/forget.ts";
import type { Problem } from "../../protocol/errors.ts";
import type { Stage } from "../../protocol/funnel.ts";
import type { Mode, OriginKind, Strength } from "../../protocol/origin.ts";
import type { SyncStore } from "./sync.ts";
import type { BehindOrder, BehindOrigin, BehindRow } from "./behind.ts";
import type { RetentionDay, RetentionRange, RetentionRow } from "./retention.ts";
import type { CoachingStore } from "./coachingRows.ts";
import type { OverwriteRow, OverwriteSumRow } from "./overwrites.ts";
import type { FigureStore } from "./figures.ts";
import type { RequestStore, TaskLinkRow } from "./requests.ts";
import type { CommitRow, FunnelRow, KnownCommit, SeenRow, StageRow, UncommittedRow } from "./stages.ts";

/** Where an edit's numbers are added up. Sums are kept by it, so that no screen ever reads single edits. */
export interface SumKey {
  /** The person's local day, such as 2026-01-31. */
  readonly day: string;
  readonly hour: number;
  readonly workspace: string | null;
  readonly languageId: string;
  readonly kind: OriginKind;
  readonly tool: string | null;
  readonly model: string | null;
  readonly mode: Mode | null;
}

/** Sums over edits. The squares are what an interval of a ratio over edits needs. */
export interface Sums {
  readonly edits: number;
  /** The edits among them that inserted something: the sample of every share. */
  readonly insertingEdits: number;
  readonly insertedChars: number;
  readonly deletedChars: number;
  readonly keptChars: number;
  readonly insertedSquared: number;
  readonly keptSquared: number;
  readonly insertedTimesKept: number;
}

export type SumRow = SumKey & Sums;

/** The sums of a whole day, whatever the hour, the folder and the language. */
export type DaySumRow = Pick<SumKey, "day" | "kind" | "tool" | "model" | "mode"> & Sums;

export interface OriginRow {
  readonly kind: OriginKind;
  readonly tool: string | null;
  readonly model: string | null;
  readonly mode: Mode | null;
  readonly strength: Strength | null;
  readonly conflict: boolean;
}

export interface EvidenceRow {
  readonly source: string;
  readonly strength: Strength;
  /** The origin it speaks for, as JSON. */
  readonly origin: string;
  readonly at: number;
}

export interface EditRow {
  readonly id: string;
  readonly uri: string;
  readonly at: number;
  readonly utcOffsetMinutes: number;
  readonly window: string;
  readonly session: number;
  readonly version: number;
  readonly insertedChars: number;
  readonly deletedChars: number;
  readonly keptChars: number;
  readonly origin: OriginRow;
  readonly evidence: readonly EvidenceRow[];
}

/** Which edits a document's text consists of. */
export interface SpansRow {
  readonly window: string;
  readonly session: number;
  readonly version: number;
  /** UTF-16 code units of the whole text. */
  readonly textLength: number;
  /** Keyed hash of the whole text. */
  readonly textHash: string;
  /** Compact spans, as JSON. */
  readonly spans: string;
}

export interface DocumentRow {
  readonly uri: string;
  readonly workspace: string | null;
  readonly languageId: string;
  readonly spans: SpansRow;
  /** Undefined while the text still changes: what was known of an earlier one is forgotten with it. */
  readonly rest?: RestRow | undefined;
}

/** What is known of a text at rest, so that it can be followed when it was changed unseen. */
export interface RestRow {
  /** Its lines, as `core/text/outline.ts` writes them. */
  readonly outline: string;
  /** Where the texts of the edits that are followed lie, as JSON: by the edit's id, pairs of start and end. */
  readonly ranges: string;
  /** How far the repository's own record went; null where there is none. */
  readonly gitMark: string | null;
}

/** A text a document had before git, or another program, put another in its place. It may come back. */
export interface SnapshotRow {
  readonly uri: string;
  readonly textLength: number;
  readonly textHash: string;
  readonly spans: string;
  readonly rest: RestRow;
}

/** Of each document. Branches that are switched between leave a text each; more than a few are not come back to. */
export const mostSnapshots = 8;

/** An edit whose retention is sampled, as far as that takes no text. */
export interface FollowedRow {
  readonly editId: string;
  /** The document its text lies in by now. */
  readonly uri: string;
  /** When the text was as the edit left it. */
  readonly since: number;
  /** Keyed hash of the branch that was checked out; null outside a repository. */
  readonly branch: string | null;
  readonly insertedChars: number;
  /** Keyed stretches of its texts, as `server/retention/storedGrams.ts` writes them; null for an edit too long. */
  readonly pieces: string | null;
}

export type DueRow = FollowedRow & {
  /** Which of the sample times comes next, in milliseconds after `since`. */
  readonly nextDueMs: number;
};

/** Which version of a document an edit made. */
export type VersionKey = Pick<EditRow, "uri" | "window" | "session" | "version">;

/** What an edit has become that was streamed on after it was written: these numbers replace the ones it had. */
export type GrowthRow = Pick<EditRow, "insertedChars" | "deletedChars" | "keptChars"> & {
  readonly editId: string;
};

/** How much of an edit was left at one moment. */
export interface SampleRow {
  readonly editId: string;
  /** How long after the edit it was to be taken, in milliseconds. */
  readonly dueMs: number;
  readonly takenAt: number;
  readonly arc: number;
  /** What the edit inserted, as retention counts it. */
  readonly insertedChars: number;
  /** Null is unknown: what was stored of the edit does not tell. */
  readonly linesInserted: number | null;
  readonly linesDeleted: number | null;
  readonly fourGram: number | null;
  readonly noRevert: number | null;
  /** Taken so long after its time that it says something else. */
  readonly late: boolean;
  /** Another branch was checked out than when the edit was made; null where that is not known. */
  readonly otherBranch: boolean | null;
}

/** What one transaction writes: all of it or nothing. Rows are written in this order. */
export interface Batch {
  readonly documents: readonly DocumentRow[];
  /**
   * An edit of the same uri, window, session and version that is there already is left alone. A document that may
   * have been pruned comes with its edit: an edit of an unknown document is a mistake of the caller's and throws.
   */
  readonly edits: readonly EditRow[];
  /** The sums move along; edits that were pruned are passed over. */
  readonly growths?: readonly GrowthRow[];
  /**
   * Later evidence: the origin replaces the edit's, and what is new of the evidence is added. The sums move along.
   * Edits that were pruned are passed over.
   */
  readonly origins: readonly {
    readonly editId: string;
    readonly origin: OriginRow;
    readonly evidence: readonly EvidenceRow[];
  }[];
  /** Code units of earlier edits that were removed. The sums move along; edits that were pruned are passed over. */
  readonly removals: readonly { readonly editId: string; readonly chars: number }[];
  /** Whose text that was; those of unknown edits are passed over. */
  readonly overwrites?: readonly OverwriteRow[];
  /** From then on the edit is sampled, be its document open or not. Those of unknown edits are passed over. */
  readonly followed?: readonly FollowedRow[];
  /** Edits of which no more samples can be taken. */
  readonly stopped?: readonly string[];
  /** The last few of each document are kept. */
  readonly snapshots?: readonly SnapshotRow[];
  /** One that is there already for its edit and time is left alone; those of edits that were pruned are passed over. */
  readonly samples?: readonly SampleRow[];
  /** The sums move along; those of edits that were pruned are passed over. Edits and samples say theirs by themselves. */
  readonly stages?: readonly StageRow[];
  /** Where tools keep their own records of edits, as core/provenance/recordAt.ts writes it. */
  readonly records?: readonly { readonly editId: string; readonly recordAt: string }[];
  /** Which tools' sessions edits come from; those of edits that were pruned are passed over. */
  readonly tasks?: readonly TaskLinkRow[];
  /** It replaces what was known; those of edits that were pruned are passed over. */
  readonly seen?: readonly SeenRow[];
  /** One that is there already is left alone; lines of edits that are not there are passed over. */
  readonly commits?: readonly CommitRow[];
  readonly drops: readonly { readonly name: string; readonly count: number }[];
  /** The last observation of this window that is in the store with this transaction. It never falls. */
  readonly receipt: { readonly window: string; readonly sequence: number } | undefined;
}

export type Written =
  | { readonly outcome: "written" }
  /** Nothing was written and the batch may be tried again: the disk is full, or another program holds the file. */
  | { readonly outcome: "retry"; readonly problem: Problem }
  /** This store takes nothing: the database belongs to a newer Kept. */
  | { readonly outcome: "readOnly" }
  /** Nothing was written: data was deleted meanwhile. What was made until then may be of it and is to be given up. */
  | { readonly outcome: "forgotten"; readonly at: number };

/** How deleting ended. After `retry` nothing was deleted. */
export type Forgetting =
  | { readonly outcome: "forgotten"; readonly forgotten: Forgotten }
  | Extract<Written, { readonly outcome: "retry" | "readOnly" }>;

/** Days from..to, both included; of one workspace folder set, or of all. */
export interface SumsRange {
  readonly from: string;
  readonly to: string;
  readonly workspaces: readonly string[] | undefined;
}

export interface Limits {
  /** Milliseconds since 1970. */
  readonly editsBefore: number;
  /** A day. */
  readonly sumsBefore: string;
}

/** Rows after a number, with numbers of their own; of a local day on, where things have one. */
export interface RowsRange {
  readonly after: number;
  readonly limit: number;
  readonly from: string | null;
}

export interface NumberedRow {
  readonly number: number;
  readonly row: ExportRow;
}

export interface Store {
  /** Becomes `readOnly` when a newer Kept takes the database over while it is open. */
  readonly kind: "disk" | "memory" | "readOnly";
  /** What was found and put right so far, or why it is not on disk. It grows when damage is found later. */
  readonly problems: readonly Problem[];
  /** What is about sending. */
  readonly sync: SyncStore;
  /** What advice rests on, and what was said. */
  readonly coaching: CoachingStore;
  write(batch: Batch): Written;
  /** What tools record of their requests to models, and of tasks. */
  readonly requests: RequestStore;
  /** What tools say of themselves as a whole. */
  readonly figures: FigureStore;
  /** In no particular order. */
  readSums(range: SumsRange): SumRow[];
  /** The same by day: what screens of more than a day read. In no particular order. */
  readDaySums(range: SumsRange): DaySumRow[];
  readDrops(): { name: string; count: number }[];
  readReceipt(window: string): number;
  readDocument(uri: string): DocumentRow | undefined;
  /** Documents that had exactly this text when they were written last. */
  readDocumentsOfText(textHash: string): DocumentRow[];
  /** The newest first. */
  readSnapshots(uri: string): SnapshotRow[];
  /** The edits whose text lies in a document and of which samples are still to be taken. */
  readFollowed(uri: string): DueRow[];
  /** The edits of which a sample was due by then, the longest overdue first, and no more than a hundred. */
  readDue(until: number): DueRow[];
  /** The edit recorded for one version of a document, and the evidence it has. */
  readEdit(key: VersionKey): EditRow | undefined;
  readEditById(id: string): EditRow | undefined;
  /** The origins of many edits at once; those that were pruned are missing. */
  readOrigins(ids: readonly string[]): Map<string, OriginRow>;
  /** How much was left of an edit, in the order of time. */
  readSamples(editId: string): SampleRow[];
  /** Single edits of one origin that inserted something, in an order and no more than so many. */
  readEditsBehind(
    range: SumsRange,
    origin: BehindOrigin,
    order: BehindOrder,
    limit: number,
    after?: ListPlace,
  ): BehindRow[];
  /** How much is left of edits at set times, added up. In no particular order. */
  readRetention(range: SumsRange): RetentionRow[];
  /** Of AI edits at one time after each, by the day on which they were made. */
  readRetentionByDay(range: RetentionRange): RetentionDay[];
  /** What became of edits, added up. In no particular order. */
  readFunnel(range: SumsRange): FunnelRow[];
  /** The same of all steps of an edit together. */
  readWays(range: SumsRange): FunnelRow[];
  /** Who took out whose text, by the day on which it was taken out. In no particular order. */
  readOverwrites(range: SumsRange): OverwriteSumRow[];
  /** What became of one edit. */
  readStages(editId: string): Partial<Record<Stage, string>>;
  /** AI edits made before a moment of which nobody said whether they were kept, oldest first; not all at once. */
  readUnkept(before: number): string[];
  /** AI edits of which something may be left and nothing is known to be committed, made since a moment. */
  readUncommitted(since: number): UncommittedRow[];
  /** What of edits was on screen; those of which nothing was are missing. */
  readSeen(editIds: readonly string[]): Map<string, string>;
  readRecordAt(editId: string): string | undefined;
  readCommit(repository: string, name: string): KnownCommit | undefined;
  /** The names of the commits of a repository of which lines are known. */
  readCommitNames(repository: string): string[];
  /** The edits the person said something of, oldest first. */
  readLabelledEdits(): EditRow[];
  /** Everything that is recorded, a part at a time, in the order of the rows' numbers. */
  readAll(thing: ExportThing, range: RowsRange): NumberedRow[];
  /** A short text kept under a name, such as whether the history is the demonstration's. */
  readNote(name: string): string | undefined;
  writeNote(name: string, text: string): Written;
  /** The same, on the disk when it answers. */
  writeNoteDurably(name: string, text: string): Written;
  /** The same, unless there is a text of that name already. */
  writeNoteOnce(name: string, text: string): Written;
  /** Rises whenever anybody, this process or another, wrote. */
  revision(): number;
  /** To be called every ten seconds: one of the processes that share the store looks after it. */
  maintain(): void;
  /**
   * Deletes edits made before a moment, sums of days before a day, and documents and receipts that neither an edit
   * nor anybody since that moment needs. Does nothing while another process looks after the store.
   */
  prune(limits: Limits): { edits: number; sums: number };
  /**
   * Deletes what is in a scope so that no byte of it is left in any file, or only says how much that would be. A store
   * of another process that has something unwritten is told `forgotten` at its next write.
   */
  forget(scope: ForgetScope, options: { readonly dryRun: boolean }): Forgetting;
  close(): void;
}
