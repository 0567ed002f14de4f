import type { Reason } from "../../protocol/collector.ts";
import type { TallyName } from "../../protocol/tallies.ts";
import type { StoredRows } from "../transfer/storedTables.ts";
import type { ConsoleRecords } from "../console/records.ts";
import type { Publications } from "./publications.ts";
import type { Registry } from "./registry.ts";
import type { TeamWeeks } from "./teamWeeks.ts";

/** One event as the stores keep it: of one person (the batch's pseudonym) on one day of the batch's week. */
export interface StoredEvent {
  readonly id: string;
  /** Calendar day, for example 2026-11-20. */
  readonly day: string;
  readonly originKind: string;
  /** Null where the origin is not AI. */
  readonly tool: string | null;
  readonly mode: string | null;
  readonly edits: number;
  readonly insertedChars: number;
  readonly keptChars: number;
}

/** Sums by their names; those that are 0 are left out. */
export type NamedSums = Readonly<Record<string, number>>;

/** One record of a table, of one person and one week. The day is not kept: nothing is shown by it. */
export interface StoredTally {
  readonly id: string;
  readonly table: TallyName;
  /** In the order of the table's declaration. */
  readonly keys: readonly string[];
  readonly sums: NamedSums;
}

/** Everything in a batch belongs to one week and one pseudonym; both are part of every identity. */
export interface Batch {
  readonly id: string;
  readonly week: string;
  readonly pseudonym: string;
  /** Of the device that sent it. */
  readonly team: string;
  /** What the device goes by in this week: 32 hexadecimal digits that only its credential leads to. */
  readonly tag: string;
  /** SHA-256 of the body's bytes after decompression. */
  readonly sha256: Buffer;
  readonly events: readonly StoredEvent[];
  readonly tallies: readonly StoredTally[];
  /** Records of the batch that did not have the agreed form, and why. */
  readonly refused: number;
  readonly reasons: readonly Reason[];
}

/** What the first arrival of a batch did. The same batch gets the same receipt for as long as it is remembered. */
export interface Receipt {
  readonly stored: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly reasons: readonly Reason[];
}

export type IngestOutcome =
  | { readonly kind: "stored"; readonly receipt: Receipt }
  /** The same id with the same bytes was stored before: nothing changed. */
  | { readonly kind: "replayed"; readonly receipt: Receipt }
  /** The same id came before with other bytes: nothing changed. */
  | { readonly kind: "conflict" }
  /** The device went by another pseudonym in this week before: nothing changed. */
  | { readonly kind: "otherPseudonym" }
  /** The person had the week deleted: nothing changed. */
  | { readonly kind: "deleted" };

/** What arrived for one week. Counts of transport, not of people or of work. */
export interface WeekTotal {
  readonly week: string;
  readonly batches: number;
  readonly events: number;
}

/** What one pseudonym put into its week, by tool where the origin is AI. */
export interface Contribution {
  readonly pseudonym: string;
  readonly team: string;
  readonly originKind: string;
  /** Null where the origin is not AI. */
  readonly tool: string | null;
  /** One bit for each day of the week with an edit, Monday's being the lowest. */
  readonly days: number;
  readonly edits: number;
  readonly insertedChars: number;
  readonly keptChars: number;
}

/** What one pseudonym put into one place of a table in its week. */
export interface TallyShare {
  readonly pseudonym: string;
  readonly team: string;
  readonly table: TallyName;
  readonly keys: readonly string[];
  readonly sums: NamedSums;
}

export interface Store extends Registry, Publications, TeamWeeks, ConsoleRecords {
  /** Name and version of the engine, for people. */
  readonly engine: string;
  /** When it resolves to `stored`, the batch, its events and its share in the contributions are on disk together. */
  ingest(batch: Batch): Promise<IngestOutcome>;
  /** Newest week first. */
  weekTotals(): Promise<WeekTotal[]>;
  /** In the order of pseudonym, origin and tool. */
  contributions(week: string): Promise<Contribution[]>;
  /** In the order of pseudonym, table and keys. */
  tallyShares(week: string): Promise<TallyShare[]>;
  /** Weeks of which there are contributions, oldest first. */
  contributedWeeks(): Promise<string[]>;
  /** Deletes what a pseudonym sent in a week, and takes nothing of it any more. Says how many events that were. */
  deleteWeek(week: string, pseudonym: string): Promise<number>;
  /** Makes room for the weeks that can arrive from now on. */
  prepare(weeks: readonly string[]): Promise<void>;
  /** Deletes batches, events and contributions of the weeks before one, and what was shown of the weeks before another. */
  forget(before: { readonly eventsBefore: string; readonly sumsBefore: string }): Promise<void>;
  /** Everything that is stored, for backups and for moving to another engine. */
  readonly rows: StoredRows;
  /** Undefined when the store answers and has the tables this version needs; else why not. */
  whyNotReady(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** The store cannot be opened as it is. The message is for the operator and says what to do. */
export class StoreOpenError extends Error {
  override readonly name = "StoreOpenError";
}

/** The store did not take a request for a reason that can pass: full, locked, restarting, unreachable. */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";
  readonly code: string;

  constructor(code: string, cause: unknown) {
    super(`The store is unavailable (${code}).`, { cause });
    this.code = code;
  }
}
