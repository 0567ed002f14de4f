import type { Problem } from "../../protocol/errors.ts";
import type { Mode, OriginKind, Strength } from "../../protocol/origin.ts";

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
}

/** What one transaction writes: all of it or nothing. Rows are written in this order. */
export interface Batch {
  readonly documents: readonly DocumentRow[];
  /** An edit of the same uri, window, session and version that is there already is left alone. */
  readonly edits: readonly EditRow[];
  /** Later evidence: the origin replaces the edit's, the evidence is added. The sums move along. */
  readonly origins: readonly {
    readonly editId: string;
    readonly origin: OriginRow;
    readonly evidence: readonly EvidenceRow[];
  }[];
  /** Code units of earlier edits that were removed. The sums move along; edits that were pruned are passed over. */
  readonly removals: readonly { readonly editId: string; readonly chars: number }[];
  readonly drops: readonly { readonly name: string; readonly count: number }[];
  /** The last observation of this window that is in the store with this transaction. It never falls. */
  readonly receipt: { readonly window: string; readonly sequence: number } | undefined;
}

export type Written =
  | { readonly outcome: "written" }
  /** Nothing was written and the batch may be tried again: the disk is full, or another program holds the file. */
  | { readonly outcome: "retry"; readonly problem: Problem }
  /** This store takes nothing: the database belongs to a newer Kept. */
  | { readonly outcome: "readOnly" };

export interface Store {
  readonly kind: "disk" | "memory" | "readOnly";
  /** What was found and put right when it was opened, or why it is not on disk. */
  readonly problems: readonly Problem[];
  write(batch: Batch): Written;
  /** The sums of days from..to, both included; of one workspace folder set, or of all. */
  readSums(range: { from: string; to: string; workspaces: readonly string[] | undefined }): SumRow[];
  readDrops(): { name: string; count: number }[];
  readReceipt(window: string): number;
  readDocument(uri: string): DocumentRow | undefined;
  /** The edit recorded for one version of a document, and the evidence it has. */
  readEdit(key: { uri: string; window: string; session: number; version: number }): EditRow | undefined;
  readEditById(id: string): EditRow | undefined;
  /** A short text kept under a name, such as whether the history is the demonstration's. */
  readNote(name: string): string | undefined;
  writeNote(name: string, text: string): void;
  /** Rises whenever anybody, this process or another, wrote. */
  revision(): number;
  /** Deletes edits made before `editsBefore` (milliseconds since 1970) and sums of days before `sumsBefore`. */
  prune(limits: { editsBefore: number; sumsBefore: string }): { edits: number; sums: number };
  close(): void;
}
