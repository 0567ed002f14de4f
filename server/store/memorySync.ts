import { localDay } from "../../core/day.ts";
import { noFailures, type Failures } from "../../core/sync/delivery.ts";
import type { Consent, OutboxDay } from "../../protocol/sync.ts";
import type { EditRow, Written } from "./store.ts";
import type { BatchRow, ConsentChange, DeletionRow, FrozenBatch, SyncStore, WorkFolderRow } from "./sync.ts";

interface Parts {
  readonly now: () => number;
  readonly editOf: (id: string) => EditRow | undefined;
  readonly workspaceOf: (uri: string) => string | null;
  readonly drop: (name: string, count: number) => void;
}

const written: Written = { outcome: "written" };

/** What is sent from the store in memory. */
export class MemorySync implements SyncStore {
  readonly #parts: Parts;
  readonly #outbox = new Set<string>();
  #consent: Consent | undefined;
  readonly #folders = new Map<string, number>();
  #batches: BatchRow[] = [];
  #deletions: DeletionRow[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An edit that was just written. */
  queue({ id, uri, at }: EditRow): void {
    const workspace = this.#parts.workspaceOf(uri);
    const since = workspace === null ? undefined : this.#folders.get(workspace);
    if (since !== undefined && since <= at && this.#consent?.isPaused === false) this.#outbox.add(id);
  }

  clear(): void {
    this.#leave();
    this.#deletions = [];
  }

  readConsent(): Consent | undefined {
    return this.#consent;
  }

  join(consent: Consent): Written {
    this.#leave();
    this.#consent = consent;
    return written;
  }

  changeConsent(change: ConsentChange): Written {
    if (this.#consent?.isPaused && change.isPaused === false) {
      for (const workspace of this.#folders.keys()) this.#folders.set(workspace, this.#parts.now());
    }
    if (this.#consent) this.#consent = { ...this.#consent, ...change };
    return written;
  }

  leave(deletions: readonly DeletionRow[]): Written {
    this.#leave();
    for (const row of deletions) {
      if (this.#deletions.every(({ weekKey }) => weekKey !== row.weekKey))
        this.#deletions.push({ ...row, failures: noFailures });
    }
    return written;
  }

  readWorkFolders(): WorkFolderRow[] {
    return [...this.#folders]
      .map(([workspace, since]) => ({ workspace, since }))
      .sort((one, other) => (one.workspace < other.workspace ? -1 : 1));
  }

  setWorkFolder(workspace: string, since: number | null): Written {
    if (since !== null) {
      if (!this.#folders.has(workspace)) this.#folders.set(workspace, since);
    } else if (this.#folders.delete(workspace)) {
      for (const edit of this.#waiting()) {
        if (this.#parts.workspaceOf(edit.uri) === workspace) this.#outbox.delete(edit.id);
      }
    }
    return written;
  }

  readOutbox(before: string): OutboxDay[] {
    const days = new Map<string, OutboxDay>();
    for (const edit of this.#waiting()) {
      const { day } = localDay(edit);
      if (day >= before) continue;
      const { kind, tool, mode } = edit.origin;
      const key = [day, kind, tool ?? "", mode ?? ""].join("\n");
      const known = days.get(key);
      days.set(key, {
        ...{ day, kind, tool, mode },
        edits: (known?.edits ?? 0) + 1,
        insertedChars: (known?.insertedChars ?? 0) + edit.insertedChars,
        keptChars: (known?.keptChars ?? 0) + edit.keptChars,
      });
    }
    return [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, day]) => day);
  }

  freeze({ from, before, make }: Parameters<SyncStore["freeze"]>[0]): Written {
    this.#parts.drop("sync.tooOld", this.#take(from));
    const days = this.readOutbox(before);
    if (days.length === 0) return written;
    for (const batch of make(days)) this.#add(batch, this.#parts.now());
    this.#take(before);
    return written;
  }

  readBatches(): BatchRow[] {
    return [...this.#batches];
  }

  readDeletions(): DeletionRow[] {
    return [...this.#deletions];
  }

  isSender(): boolean {
    return true;
  }

  settle(change: Parameters<SyncStore["settle"]>[0]): boolean {
    if (change.change === "deleted" || change.change === "deletionDelayed") {
      this.#settleDeletion(change);
      return true;
    }
    const index = this.#batches.findIndex(({ id, state }) => id === change.id && state === "waiting");
    const batch = this.#batches[index];
    if (!batch) return true;
    if (change.change === "ended") {
      const { state, reason } = change;
      this.#batches[index] = { ...batch, state, reason, endedAt: this.#parts.now() };
    } else if (change.change === "delayed") {
      this.#batches[index] = { ...batch, dueAt: change.dueAt, failures: change.failures };
    } else {
      this.#batches.splice(index, 1);
      for (const each of change.batches) this.#add(each, batch.frozenAt);
    }
    return true;
  }

  prune({ waitingBefore, bytes, endedBefore }: Parameters<SyncStore["prune"]>[0]): Written {
    let kept = 0;
    let lost = 0;
    this.#batches = this.#batches.toReversed().filter((batch) => {
      if (batch.state !== "waiting") return (batch.endedAt ?? 0) >= endedBefore;
      kept += batch.bytes.length;
      const isLost = batch.week < waitingBefore || kept > bytes;
      if (isLost) lost += batch.records;
      return !isLost;
    });
    this.#batches.reverse();
    this.#parts.drop("sync.notSent", lost);
    return written;
  }

  #settleDeletion(
    change:
      | { readonly change: "deleted"; readonly weekKey: string }
      | {
          readonly change: "deletionDelayed";
          readonly weekKey: string;
          readonly dueAt: number;
          readonly failures: Failures;
        },
  ): void {
    this.#deletions = this.#deletions.flatMap((row) => {
      if (row.weekKey !== change.weekKey) return row;
      if (change.change === "deleted") return [];
      return { ...row, dueAt: change.dueAt, failures: change.failures };
    });
  }

  #add(batch: FrozenBatch, frozenAt: number): void {
    this.#batches.push({
      ...batch,
      frozenAt,
      dueAt: this.#parts.now(),
      failures: noFailures,
      state: "waiting",
      endedAt: null,
      reason: "",
    });
  }

  /** Takes what waits of the days before one. */
  #take(before: string): number {
    let count = 0;
    for (const edit of this.#waiting()) {
      if (localDay(edit).day < before && this.#outbox.delete(edit.id)) count++;
    }
    return count;
  }

  /** Edits that were deleted or pruned wait no more. */
  #waiting(): EditRow[] {
    return [...this.#outbox].flatMap((id) => this.#parts.editOf(id) ?? []);
  }

  #leave(): void {
    this.#consent = undefined;
    this.#folders.clear();
    this.#outbox.clear();
    this.#batches = [];
  }
}
