import type { Failures } from "../../core/sync/delivery.ts";
import type { Consent, OutboxDay, OutboxTally } from "../../protocol/sync.ts";
import type { Written } from "./store.ts";

/** A folder whose edits are synced from a moment on. */
export interface WorkFolderRow {
  readonly workspace: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** A batch as it leaves: once it is frozen, its bytes never change. */
export interface FrozenBatch {
  readonly id: string;
  readonly week: string;
  readonly records: number;
  /** The gzip body. */
  readonly bytes: Uint8Array;
}

export interface BatchRow extends FrozenBatch {
  readonly frozenAt: number;
  readonly dueAt: number;
  readonly failures: Failures;
  readonly state: "waiting" | "sent" | "refused";
  /** When it was sent or refused; null while it waits. */
  readonly endedAt: number | null;
  /** Why it was refused, or how many of its records were; empty otherwise. */
  readonly reason: string;
}

/** A week that an organisation is to delete. Whoever has its key is the person. */
export interface DeletionRow {
  readonly endpoint: string;
  readonly week: string;
  readonly weekKey: string;
  readonly dueAt: number;
  readonly failures: Failures;
}

/** What became of something that was sent. What is not there any more is passed over. */
export type SyncChange =
  | {
      readonly change: "ended";
      readonly id: string;
      readonly state: "sent" | "refused";
      readonly reason: string;
    }
  | { readonly change: "delayed"; readonly id: string; readonly dueAt: number; readonly failures: Failures }
  /** Its records leave in others, of which so much is known already. */
  | {
      readonly change: "replaced";
      readonly id: string;
      readonly batches: readonly FrozenBatch[];
      readonly failures: Failures;
    }
  | { readonly change: "deleted"; readonly weekKey: string }
  | {
      readonly change: "deletionDelayed";
      readonly weekKey: string;
      readonly dueAt: number;
      readonly failures: Failures;
    };

export interface Freezing {
  /** The first local day that may still be sent. What waits of earlier ones is given up and counted. */
  readonly from: string;
  /** The first local day that may still change. */
  readonly before: string;
  /** What leaves besides what waits, and the change of the consent that says that it left. */
  readonly besides?: { readonly tallies: readonly OutboxTally[]; readonly change: ConsentChange } | undefined;
  /** To be called inside the transaction: neither waits nor fails. */
  readonly make: (days: readonly OutboxDay[], tallies: readonly OutboxTally[]) => readonly FrozenBatch[];
}

export interface SyncLimits {
  /** Waiting batches of weeks before that one are given up and counted. */
  readonly waitingBefore: string;
  /** What waits for a batch of local days before that one is given up and counted, also while batches wait. */
  readonly outboxFrom: string;
  /** Edits and requests that wait for a batch; the oldest are given up first. */
  readonly outbox: number;
  /** Bytes of all waiting batches; the oldest are given up first. */
  readonly bytes: number;
  /** Sent and refused batches that ended before that moment are forgotten. */
  readonly endedBefore: number;
}

/** What of a consent can become another; with whom it is, and the secret, cannot. */
export type ConsentChange = Partial<Omit<Consent, "endpoint" | "mode" | "secret" | "givenAt">>;

/** Whether a change ends a pause, or a time in which nothing could be sent. */
export function goesOn(consent: Consent | undefined, change: ConsentChange): boolean {
  return (
    (consent?.isPaused === true && change.isPaused === false) ||
    (consent?.isOff === true && change.isOff === false)
  );
}

/**
 * The part of a store that is about sending. What it writes is on the disk when it answers. Edits come to the outbox in
 * the transaction that writes them, if their folder is a work folder.
 */
export interface SyncStore {
  readConsent(): Consent | undefined;
  /**
   * Asked before each transaction that writes while somebody agreed. While it says no, what is written never leaves; nor
   * does anything before this was called. It may change the consent.
   */
  queueWhile(mayQueue: (consent: Consent) => boolean): void;
  /** A new consent begins with nothing that waits; deletions go on. */
  join(consent: Consent): Written;
  /**
   * The same consent with another state. Nothing if there is none any more. While it is paused no edit comes to the
   * outbox; when it goes on, or is on again, what was made until then is never sent.
   */
  changeConsent(change: ConsentChange): Written;
  /** Consent, work folders, outbox and batches are gone; what was sent is to be deleted. */
  leave(deletions: readonly DeletionRow[]): Written;
  readWorkFolders(): WorkFolderRow[];
  /**
   * A folder is synced from a moment on, or, with null, not at all: then what waits of it is given up. One that is a
   * work folder already stays what it is since when.
   */
  setWorkFolder(workspace: string, since: number | null): Written;
  /** What waits, by day and origin, of the days before one. */
  readOutbox(before: string): OutboxDay[];
  /** The same of what is counted besides edits, by table, day and keys. */
  readTallies(before: string): OutboxTally[];
  /** Turns what waits into batches, all or nothing. */
  freeze(freezing: Freezing): Written;
  /** In the order they were frozen. */
  readBatches(): BatchRow[];
  readDeletions(): DeletionRow[];
  /** Whether this process is the one that sends; asked again before each request. */
  isSender(): boolean;
  /** Refused batches are gone before their time; what waits and what was sent stays. */
  forgetRefused(): Written;
  /** Only as the sender. False where nothing was written: another process took over, or the disk is full. */
  settle(change: SyncChange): boolean;
  prune(limits: SyncLimits): Written;
}
