import { localDay, type LocalMoment } from "../../core/day.ts";
import { noFailures, type Failures } from "../../core/sync/delivery.ts";
import type { Consent, OutboxDay, OutboxTally } from "../../protocol/sync.ts";
import type { TipRecord } from "../../protocol/coaching.ts";
import type { ForgetScope } from "../../protocol/forget.ts";
import type { TipsWritten } from "./coachingRows.ts";
import { funnelCounts, inOrder, isTipOfWork, tipCounts } from "./outbox.ts";
import type { EditRow, Written } from "./store.ts";
import {
  goesOn,
  type BatchRow,
  type ConsentChange,
  type DeletionRow,
  type FrozenBatch,
  type SyncLimits,
  type SyncStore,
  type WorkFolderRow,
} from "./sync.ts";

interface Parts {
  readonly waitingRequests: (keys: readonly string[]) => WaitingRequest[];
  readonly stagesOf: (editId: string) => Partial<Record<string, string>>;
  readonly now: () => number;
  readonly editOf: (id: string) => EditRow | undefined;
  readonly workspaceOf: (uri: string) => string | null;
  readonly drop: (name: string, count: number) => void;
}

/** A request that waits, as far as it is counted. */
export interface WaitingRequest extends LocalMoment {
  readonly key: string;
  readonly place: string | null;
  readonly tool: string;
  readonly model: string | null;
  readonly taskType: string;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly costNano: number | null;
}

type Sums = Record<string, number>;

function isBelow(place: string | null, folder: string): boolean {
  return place !== null && (place === folder || place.startsWith(`${folder}/`));
}

const written: Written = { outcome: "written" };

/** What is sent from the store in memory. */
export class MemorySync implements SyncStore {
  readonly #parts: Parts;
  /** With whether it was agreed that its way is counted. */
  readonly #outbox = new Map<string, boolean>();
  readonly #requests = new Set<string>();
  readonly #tips = new Map<
    string,
    { readonly day: string; readonly rule: string; sums: Record<string, number> }
  >();
  #consent: Consent | undefined;
  #mayQueue: (consent: Consent) => boolean = () => false;
  readonly #folders = new Map<string, number>();
  #batches: BatchRow[] = [];
  #deletions: DeletionRow[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An edit that was just written. */
  queue({ id, uri, at }: EditRow): void {
    const workspace = this.#parts.workspaceOf(uri);
    const isQueueing = this.#isQueueing();
    const since = workspace === null ? undefined : this.#folders.get(workspace);
    if (isQueueing && since !== undefined && since <= at)
      this.#outbox.set(id, this.#isAgreedTo("kept.funnel/accepted"));
  }

  /** A request that was just written. */
  queueRequest({ key, at, place }: Pick<WaitingRequest, "key" | "at" | "place">): void {
    if (!this.#isAgreedTo("kept.requests/requests")) return;
    const isWork = [...this.#folders].some(([folder, since]) => since <= at && isBelow(place, folder));
    if (isWork) this.#requests.add(key);
  }

  /** A tip that is being written. */
  queueTip(known: TipRecord | undefined, tip: TipRecord, { folders, ...moment }: TipsWritten): void {
    if (!this.#isAgreedTo("kept.tip/shown") || !isTipOfWork(tip, folders, this.readWorkFolders())) return;
    const { day } = localDay(moment);
    const place = `${day} ${tip.rule}`;
    for (const name of tipCounts(known, tip)) {
      const waiting = this.#tips.get(place) ?? { day, rule: tip.rule, sums: {} };
      waiting.sums[name] = (waiting.sums[name] ?? 0) + 1;
      this.#tips.set(place, waiting);
    }
  }

  forgetTips({ from, to }: Pick<ForgetScope, "from" | "to">): void {
    for (const [place, { day }] of this.#tips)
      if ((from === null || day >= from) && (to === null || day <= to)) this.#tips.delete(place);
  }

  #isAgreedTo(field: string): boolean {
    return this.#isQueueing() && this.#consent?.agreed.includes(field) === true;
  }

  /** To be asked first: it may change since when folders are work. */
  #isQueueing(): boolean {
    return this.#consent !== undefined && this.#mayQueue(this.#consent) && !this.#consent.isPaused;
  }

  clear(): void {
    this.#leave();
    this.#deletions = [];
  }

  queueWhile(mayQueue: (consent: Consent) => boolean): void {
    this.#mayQueue = mayQueue;
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
    if (goesOn(this.#consent, change)) {
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
      for (const { key, place } of this.#parts.waitingRequests([...this.#requests]))
        if (isBelow(place, workspace)) this.#requests.delete(key);
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

  readTallies(before: string): OutboxTally[] {
    const tallies = new Map<string, { -readonly [Key in keyof OutboxTally]: OutboxTally[Key] }>();
    const add = ({ table, day, keys, sums }: OutboxTally) => {
      if (day >= before) return;
      const place = JSON.stringify([table, day, Object.values(keys)]);
      const known = tallies.get(place) ?? { table, day, keys, sums: {} };
      const names = Object.keys(sums);
      known.sums = Object.fromEntries(names.map((name) => [name, (known.sums[name] ?? 0) + sums[name]!]));
      tallies.set(place, known);
    };
    for (const edit of this.#waiting()) {
      const { kind, tool, mode } = edit.origin;
      if (!this.#outbox.get(edit.id) || kind !== "ai" || edit.insertedChars === 0) continue;
      const reached = this.#parts.stagesOf(edit.id);
      const sums = Object.entries(funnelCounts).flatMap(([stage, outcomes]) =>
        Object.entries(outcomes).map(([outcome, name]) => [name, reached[stage] === outcome ? 1 : 0]),
      );
      const { day } = localDay(edit);
      add({ table: "kept.funnel", day, keys: { tool, mode }, sums: Object.fromEntries(sums) as Sums });
    }
    for (const request of this.#parts.waitingRequests([...this.#requests])) {
      const { tool, model, taskType, input, output, cacheRead, cacheWrite, costNano } = request;
      const tokens = { input, output, "cache.read": cacheRead, "cache.write": cacheWrite };
      add({
        ...{ table: "kept.requests", day: localDay(request).day, keys: { tool, model, taskType } },
        sums: { requests: 1, ...tokens, costNano: costNano ?? 0, unpriced: costNano === null ? 1 : 0 },
      });
    }
    for (const { day, rule, sums } of this.#tips.values())
      add({ table: "kept.tip", day, keys: { rule }, sums });
    return inOrder([...tallies.values()]);
  }

  freeze({ from, before, make, besides }: Parameters<SyncStore["freeze"]>[0]): Written {
    this.#parts.drop("sync.tooOld", this.#take(from));
    const days = this.readOutbox(before);
    const tallies = [...this.readTallies(before), ...(besides?.tallies ?? [])];
    const batches = days.length + tallies.length === 0 ? [] : make(days, tallies);
    if (besides) this.changeConsent(besides.change);
    for (const batch of batches) this.#add(batch, this.#parts.now());
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

  forgetRefused(): Written {
    this.#batches = this.#batches.filter(({ state }) => state !== "refused");
    return written;
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
      for (const each of change.batches) this.#add(each, batch.frozenAt, change.failures);
    }
    return true;
  }

  prune({ outboxFrom, outbox, waitingBefore, bytes, endedBefore }: SyncLimits): Written {
    this.#parts.drop("sync.tooOld", this.#take(outboxFrom));
    this.#parts.drop("sync.tooMany", this.#takeBeyond(outbox));
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

  #add(batch: FrozenBatch, frozenAt: number, failures = noFailures): void {
    this.#batches.push({
      ...batch,
      frozenAt,
      dueAt: this.#parts.now(),
      failures,
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
    for (const request of this.#parts.waitingRequests([...this.#requests])) {
      if (localDay(request).day < before && this.#requests.delete(request.key)) count++;
    }
    for (const [place, { day, sums }] of this.#tips) {
      if (day >= before) continue;
      this.#tips.delete(place);
      count += Object.keys(sums).length;
    }
    return count;
  }

  /** Takes the oldest edits and requests that are more than so many. */
  #takeBeyond(most: number): number {
    const edits = this.#waiting();
    const requests = this.#parts.waitingRequests([...this.#requests]);
    const newestBeyond = [...edits, ...requests].map(({ at }) => at).sort((one, other) => other - one)[most];
    if (newestBeyond === undefined) return 0;
    let count = 0;
    for (const { id, at } of edits) if (at <= newestBeyond && this.#outbox.delete(id)) count++;
    for (const { key, at } of requests) if (at <= newestBeyond && this.#requests.delete(key)) count++;
    return count;
  }

  /** Edits that were deleted or pruned wait no more. */
  #waiting(): EditRow[] {
    return [...this.#outbox.keys()].flatMap((id) => this.#parts.editOf(id) ?? []);
  }

  #leave(): void {
    this.#consent = undefined;
    this.#folders.clear();
    this.#outbox.clear();
    this.#requests.clear();
    this.#tips.clear();
    this.#batches = [];
  }
}
