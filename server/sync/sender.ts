import { addDays, localDay } from "../../core/day.ts";
import { isoWeekOfDay } from "../../core/isoWeek.ts";
import { agreedEvents, editsEvent } from "../../core/sync/catalogue.ts";
import {
  afterAnswer,
  delayMs,
  isLongOutage,
  restAtOnce,
  restGoesAt,
  type Answer,
} from "../../core/sync/delivery.ts";
import { frozenDays } from "../../core/sync/weeks.ts";
import type { FateRecord } from "../../protocol/fates.ts";
import { deletionAnswerSchema, leaveAnswerSchema } from "../../protocol/enrolment.ts";
import type { FixedHeaders } from "../../protocol/sink.ts";
import { deviceWeek, type Consent } from "../../protocol/sync.ts";
import { promptAudiences } from "../bundles/heldBundle.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import type { BatchRow, DeletionRow, SyncChange } from "../store/sync.ts";
import { ask } from "./ask.ts";
import { deliver } from "./deliver.ts";
import { Enrolment } from "./enrolment.ts";
import { freeze, payloadsOf, personOf, thaw } from "./freeze.ts";
import { Renewal } from "./renewal.ts";
import { Rounds } from "./rounds.ts";
import { survivalDue } from "./survival.ts";
import type { Transport } from "./transport.ts";

const secondMs = 1000;
const dayMs = 86_400_000;

/** Not all machines that are switched on at nine send at nine. */
const longestFirstDelayMs = 300 * secondMs;
/** Fifteen requests a minute at most. */
const pauseMs = 4 * secondMs;
const lookMs = 60 * secondMs;

/** What waits longer is given up. A collector would take it for two weeks more. */
const mostDays = 21;
/** Edits and requests that are in no batch yet; where that is more, nothing was sent for long. */
const mostWaiting = 50_000;
const mostBytes = 50 * 1024 * 1024;
/** When the collector, as it said itself, wants to hear of a batch again. */
const askedToWaitNote = "sync.askedToWait";
/** How long the person can read what was sent. */
const sentDays = 30;

export interface SenderParts {
  readonly host: Host;
  readonly store: Store;
  readonly transport: Transport;
  /** From 0 to 1, without 1. */
  readonly chance: () => number;
  /** Everything but the person's consent: asked right before each request. */
  readonly maySend: (consent: Consent) => boolean;
  /** What is sent with each request to a collector that is not Kept's; undefined while it is not at hand. */
  readonly headers: (consent: Consent) => FixedHeaders | undefined;
  /** Somebody joined, or what stands in the way of sending became another. */
  readonly onMembership: () => void;
  /** What looks at histories left. */
  readonly fates: () => readonly FateRecord[];
  /** Random bytes. */
  readonly bytes: (count: number) => Buffer;
}

/** Sends what waits, one request after the other. Of all processes that share a store one sends. */
export class Sender {
  readonly #parts: SenderParts;
  readonly #renewal: Renewal;
  readonly #rounds: Rounds;
  readonly #enrolment: Enrolment;
  /** After an outage: how many still go at once, once it is known how many there are, and when the rest goes. */
  #back: { atOnce: number | undefined; readonly restAt: number } | undefined;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#rounds = new Rounds({ host: parts.host, round: () => this.#guardedRound(), busyMs: pauseMs });
    this.#renewal = new Renewal(parts);
    this.#enrolment = new Enrolment(parts);
  }

  /** Begins where there is something to do, and does nothing where it has begun. */
  start(delay: "soon" | "some time" = "some time"): void {
    if (this.#rounds.isWaiting && delay === "some time") return;
    if (!this.#hasReason()) return;
    this.#rounds.after(delay === "soon" ? 0 : this.#parts.chance() * longestFirstDelayMs);
  }

  stop(): void {
    this.#rounds.stop();
  }

  /** One request at most. Gives the milliseconds until the next look; undefined when there is nothing left to do. */
  async round(): Promise<number | undefined> {
    const { sync } = this.#parts.store;
    if (!this.#hasReason()) return undefined;
    if (!sync.isSender()) return lookMs;
    const deletion = sync.readDeletions().find(({ dueAt }) => dueAt <= this.#now());
    if (deletion) {
      await this.#deliverDeletion(deletion);
      return pauseMs;
    }
    const consent = this.#sendable();
    if (!consent) return lookMs;
    const isMember = consent.mode === "collector";
    if (isMember && consent.membership === null) return this.#enrol(consent);
    this.#freeze(consent);
    const waiting = sync.readBatches().filter(({ state }) => state === "waiting");
    const [batch] = waiting;
    const isDue = batch !== undefined && batch.dueAt <= this.#now() && this.#mayFollow(waiting.length);
    // Whoever is not known any more asks whether that still holds, and sends nothing until it does not.
    if (!isDue || (isMember && consent.trouble !== null))
      return isMember && (await this.#renewal.round(consent)) ? pauseMs : lookMs;
    await this.#deliver(consent, batch);
    return pauseMs;
  }

  /** Not all that waited for a collector comes right after the first that it took. */
  #mayFollow(left: number): boolean {
    if (this.#back === undefined) return true;
    const now = this.#now();
    if (now >= this.#back.restAt) {
      this.#back = undefined;
      return true;
    }
    this.#back.atOnce ??= restAtOnce(left, this.#parts.chance());
    return this.#back.atOnce-- > 0;
  }

  /** It answered something else: what waits only because nobody was there goes with the next round. */
  collectorAnswered(): void {
    const { store } = this.#parts;
    const now = this.#now();
    const batch = store.sync.readBatches().find(({ state }) => state === "waiting");
    if (batch === undefined || batch.dueAt <= now || !isLongOutage(batch.failures, now)) return;
    if (Number(store.readNote(askedToWaitNote) ?? 0) === batch.dueAt) return;
    store.sync.settle({ change: "delayed", id: batch.id, dueAt: now, failures: batch.failures });
  }

  #hasReason(): boolean {
    const { sync } = this.#parts.store;
    return sync.readConsent() !== undefined || sync.readDeletions().length > 0;
  }

  /** A round that fails is tried again: what it left undone is in the store. */
  async #guardedRound(): Promise<number | undefined> {
    try {
      return await this.round();
    } catch (thrown) {
      this.#parts.host.log.warn(`Sending failed: ${thrown instanceof Error ? thrown.message : "unknown"}`);
      return lookMs;
    }
  }

  /** The consent, if everything agrees at this very moment. */
  #sendable(): Consent | undefined {
    const consent = this.#parts.store.sync.readConsent();
    if (!consent || consent.isPaused || consent.trouble === "invitationRefused") return undefined;
    return this.#parts.maySend(consent) ? consent : undefined;
  }

  #freeze(consent: Consent): void {
    const { store, host } = this.#parts;
    const now = this.#now();
    const today = localDay({ at: now, utcOffsetMinutes: host.utcOffsetMinutes(now) }).day;
    const oldest = addDays(today, -mostDays);
    store.sync.prune({
      outboxFrom: oldest,
      outbox: mostWaiting,
      waitingBefore: isoWeekOfDay(oldest),
      bytes: mostBytes,
      endedBefore: now - sentDays * dayMs,
    });
    // While something waits, what comes after stays as it is: it can still be deleted, and leaves in fewer requests.
    if (store.sync.readBatches().some(({ state }) => state === "waiting")) return;
    const events = agreedEvents(consent);
    // What waits of edits would be gone with the rest.
    if (!events.has(editsEvent(consent.mode))) return;
    const audiences = promptAudiences(store, now);
    const { tallies: survived, through } = survivalDue(store, host, consent, this.#parts.fates);
    store.sync.freeze({
      besides:
        through === undefined ? undefined : { tallies: survived, change: { survivalThrough: through } },
      ...frozenDays(today, oldest, consent.mode === "sink"),
      make: (days, tallies) =>
        payloadsOf({ days, tallies, events, audiences }, personOf(consent), () => host.uuid()).map(freeze),
    });
  }

  async #deliver(consent: Consent, batch: BatchRow): Promise<void> {
    const headers = this.#parts.headers(consent);
    if (headers === undefined) return;
    const { answer, note } = await deliver(this.#parts.transport, consent, batch, headers);
    const { sync } = this.#parts.store;
    const isUnauthorized = answer.status === 401 || (answer.status === 403 && !isRefusal(answer));
    if (isUnauthorized && sync.readConsent()?.credential !== consent.credential) {
      // Another window took a new credential meanwhile: this one is not the one that was refused.
      const { id, failures } = batch;
      sync.settle({ change: "delayed", id, dueAt: this.#now() + pauseMs, failures });
      return;
    }
    for (const change of this.#changesAfter(answer, batch, note)) if (!sync.settle(change)) return;
    if (isUnauthorized) this.#trouble("unauthorized");
    else if (answer.status === 200 && consent.trouble !== null) this.#trouble(null);
  }

  #trouble(trouble: Consent["trouble"]): void {
    this.#parts.store.sync.changeConsent({ trouble });
    this.#parts.onMembership();
  }

  #changesAfter(answer: Answer, batch: BatchRow, note: string): SyncChange[] {
    const { id } = batch;
    const step = afterAnswer(answer, batch.failures, this.#moment());
    const uuid = () => this.#parts.host.uuid();
    switch (step.step) {
      case "delivered": {
        const restAt = restGoesAt(batch.failures, this.#now());
        if (restAt !== undefined) this.#back ??= { atOnce: undefined, restAt };
        return [{ change: "ended", id, state: "sent", reason: note }];
      }
      case "wait":
        // Only an outage is noticed to be over before that.
        if (step.isAsked || step.isUnauthorized)
          this.#parts.store.writeNote(askedToWaitNote, String(step.dueAt));
        return [{ change: "delayed", id, dueAt: step.dueAt, failures: step.failures }];
      case "rename":
        return [{ change: "replaced", id, batches: thaw(batch, "renamed", uuid), failures: step.failures }];
      case "split": {
        const batches = thaw(batch, "halves", uuid);
        if (batches.length > 0) return [{ change: "replaced", id, batches, failures: batch.failures }];
        return [{ change: "ended", id, state: "refused", reason: "One record is too large" }];
      }
      case "refuse":
        return [{ change: "ended", id, state: "refused", reason: step.reason }];
    }
  }

  async #enrol(consent: Consent): Promise<number> {
    const outcome = await this.#enrolment.round(consent);
    if (outcome === "joined") this.#renewal.asked();
    return { joined: 0, refused: lookMs, asked: pauseMs, waits: pauseMs }[outcome];
  }

  /** Deletions need no consent: they are what is left to do after it ended. */
  async #deliverDeletion({ endpoint, week, weekKey, failures }: DeletionRow): Promise<void> {
    const { transport, store } = this.#parts;
    const { answer } =
      week === deviceWeek
        ? await ask(transport, { endpoint, address: "leave", credential: weekKey }, leaveAnswerSchema)
        : await ask(
            transport,
            { endpoint, address: "deletion", body: { week, weekKey } },
            deletionAnswerSchema,
          );
    // A credential that is not known has ended.
    const isDone =
      (answer.status === 200 && answer.isAgreed) || (week === deviceWeek && answer.status === 401);
    if (isDone) {
      store.sync.settle({ change: "deleted", weekKey });
      return;
    }
    const next = {
      ...failures,
      attempts: failures.attempts + 1,
      since: failures.since ?? this.#now(),
    };
    const retryAfter = answer.status === "none" ? undefined : answer.retryAfter;
    const dueAt = this.#now() + Math.max(pauseMs, delayMs(next, this.#moment(), retryAfter));
    store.sync.settle({ change: "deletionDelayed", weekKey, dueAt, failures: next });
  }

  #now(): number {
    return this.#parts.host.now();
  }

  #moment() {
    return { now: this.#now(), chance: this.#parts.chance() };
  }
}

function isRefusal(answer: Answer): boolean {
  return answer.status !== "none" && answer.problem === "other-pseudonym";
}
