import { addDays, localDay } from "../../core/day.ts";
import { isoWeekOfDay } from "../../core/isoWeek.ts";
import { agreedEvents } from "../../core/sync/catalogue.ts";
import { afterAnswer, delayMs, noFailures, type Answer, type Failures } from "../../core/sync/delivery.ts";
import { ingestAnswerSchema, type IngestAnswer } from "../../protocol/collector.ts";
import { deletionAnswerSchema, leaveAnswerSchema, membershipSchema } from "../../protocol/enrolment.ts";
import { deviceWeek, type Consent } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import type { BatchRow, DeletionRow, SyncChange } from "../store/sync.ts";
import { ask, hashOf } from "./ask.ts";
import { freeze, payloadsOf, thaw } from "./freeze.ts";
import { Renewal } from "./renewal.ts";
import { Rounds } from "./rounds.ts";
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
const mostBytes = 50 * 1024 * 1024;
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
  readonly onMembership: () => void;
  /** Random bytes. */
  readonly bytes: (count: number) => Buffer;
}

/** Sends what waits, one request after the other. Of all processes that share a store one sends. */
export class Sender {
  readonly #parts: SenderParts;
  readonly #renewal: Renewal;
  readonly #rounds: Rounds;
  #enrolment: { readonly failures: Failures; readonly dueAt: number } = { failures: noFailures, dueAt: 0 };

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#rounds = new Rounds({ host: parts.host, round: () => this.#guardedRound(), busyMs: pauseMs });
    this.#renewal = new Renewal(parts);
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
    if (consent.membership === null) return this.#enrol(consent);
    this.#freeze(consent);
    const batch = sync.readBatches().find(({ state }) => state === "waiting");
    if (batch === undefined || batch.dueAt > this.#now())
      return (await this.#renewal.round(consent)) ? pauseMs : lookMs;
    await this.#deliver(consent, batch);
    return pauseMs;
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
    store.sync.prune({
      waitingBefore: isoWeekOfDay(addDays(today, -mostDays)),
      bytes: mostBytes,
      endedBefore: now - sentDays * dayMs,
    });
    // While something waits, what comes after stays as it is: it can still be deleted, and leaves in fewer requests.
    if (store.sync.readBatches().some(({ state }) => state === "waiting")) return;
    const { secret, membership } = consent;
    const events = agreedEvents(consent.agreed);
    // What waits of edits would be gone with the rest.
    if (!events.has("kept.day")) return;
    store.sync.freeze({
      from: addDays(today, -mostDays),
      before: today,
      make: (days, tallies) =>
        payloadsOf({ days, tallies, events }, { org: membership!.org, secret }, () => host.uuid()).map(
          freeze,
        ),
    });
  }

  async #deliver({ endpoint, credential, trouble }: Consent, batch: BatchRow): Promise<void> {
    const asking = {
      ...({ endpoint, credential, address: "ingest", idempotencyKey: batch.id } as const),
      body: batch.bytes,
    };
    const { answer, value } = await ask(this.#parts.transport, asking, ingestAnswerSchema);
    const { sync } = this.#parts.store;
    for (const change of this.#changesAfter(answer, batch, value)) if (!sync.settle(change)) return;
    const isUnauthorized = answer.status === 401 || (answer.status === 403 && !isRefusal(answer));
    if (isUnauthorized) sync.changeConsent({ trouble: "unauthorized" });
    else if (answer.status === 200 && trouble !== null) sync.changeConsent({ trouble: null });
  }

  #changesAfter(answer: Answer, batch: BatchRow, value: IngestAnswer | undefined): SyncChange[] {
    const { id } = batch;
    const step = afterAnswer(answer, batch.failures, this.#moment());
    const uuid = () => this.#parts.host.uuid();
    switch (step.step) {
      case "delivered": {
        const rejected = value?.partialSuccess?.rejectedLogRecords;
        const reason = rejected === undefined ? "" : `${rejected} of ${batch.records} were refused`;
        return [{ change: "ended", id, state: "sent", reason }];
      }
      case "wait":
        return [{ change: "delayed", id, dueAt: step.dueAt, failures: step.failures }];
      case "rename":
        return [{ change: "replaced", id, batches: thaw(batch, "renamed", uuid) }];
      case "split": {
        const batches = thaw(batch, "halves", uuid);
        if (batches.length > 0) return [{ change: "replaced", id, batches }];
        return [{ change: "ended", id, state: "refused", reason: "One record is too large" }];
      }
      case "refuse":
        return [{ change: "ended", id, state: "refused", reason: step.reason }];
    }
  }

  async #enrol({ endpoint, token, credential }: Consent): Promise<number> {
    const { host, store, transport } = this.#parts;
    if (token === null || credential === null) return lookMs;
    if (this.#enrolment.dueAt > host.now()) return Math.min(lookMs, this.#enrolment.dueAt - host.now());
    const body = { token, credentialHash: hashOf(credential) };
    const { answer, value } = await ask(
      transport,
      { endpoint, address: "enrolment", body },
      membershipSchema,
    );
    if (value) {
      store.sync.changeConsent({ membership: value, token: null, trouble: null });
      this.#renewal.asked();
      this.#enrolment = { failures: noFailures, dueAt: 0 };
      this.#parts.onMembership();
      return 0;
    }
    if (answer.status === 400 || answer.status === 403) {
      store.sync.changeConsent({ trouble: "invitationRefused" });
      this.#parts.onMembership();
      return lookMs;
    }
    const { failures: before } = this.#enrolment;
    const failures = { ...before, attempts: before.attempts + 1, since: before.since ?? host.now() };
    const retryAfter = answer.status === "none" ? undefined : answer.retryAfter;
    this.#enrolment = { failures, dueAt: host.now() + delayMs(failures, this.#moment(), retryAfter) };
    return pauseMs;
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
