import { addDays, localDay } from "../../core/day.ts";
import { delayMs, noFailures, type Answer, type Failures } from "../../core/sync/delivery.ts";
import { membershipSchema, type Membership } from "../../protocol/enrolment.ts";
import type { Consent } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { ask, type Asked } from "./ask.ts";
import { newCredential } from "./joining.ts";
import type { Transport } from "./transport.ts";

export interface RenewalParts {
  readonly host: Host;
  readonly store: Store;
  readonly transport: Transport;
  readonly chance: () => number;
  /** Random bytes. */
  readonly bytes: (count: number) => Buffer;
  readonly onMembership: () => void;
}

/** A team, a list of work repositories or a promise becomes another now and then. */
const askMs = 24 * 60 * 60_000;
/** Before a credential ends. */
const renewalDays = 30;
const askedNote = "sync.askedAt";
/** Whoever was refused asks again: a service that was restored, or whose clock was wrong, knows the machine again. */
const refusedDelaysMs = { first: 15 * 60_000, longest: 24 * 60 * 60_000 };

/**
 * Asks once a day what the organisation asks and promises, and takes another credential before this one ends. Whoever was
 * refused asks at growing distances whether that still holds.
 */
export class Renewal {
  readonly #parts: RenewalParts;
  #refusals = 0;
  #wait: { readonly failures: Failures; readonly dueAt: number } = { failures: noFailures, dueAt: 0 };

  constructor(parts: RenewalParts) {
    this.#parts = parts;
  }

  /** One request at most. Says whether there was one. */
  async round(consent: Consent): Promise<boolean> {
    const now = this.#parts.host.now();
    const askedAt = Number(this.#parts.store.readNote(askedNote) ?? 0);
    // A clock that was set back must not silence it.
    const isAsked = consent.trouble === null && askedAt <= now && now - askedAt < askMs;
    if (isAsked || this.#wait.dueAt > now || consent.credential === null) return false;
    const { answer, value } = await this.#ask(consent);
    // Another organisation at the same address was not agreed with, and what was pinned for this one does not count there.
    const isOther =
      value !== undefined && consent.membership !== null && value.org !== consent.membership.org;
    if (isOther || answer.status === 401) this.#refused();
    else if (value) this.#take(value, consent);
    else this.#delay(answer);
    return true;
  }

  /** Said anew, whoever said it: the next question is a day away. */
  asked(): void {
    this.#parts.store.writeNote(askedNote, String(this.#parts.host.now()));
    this.#wait = { failures: noFailures, dueAt: 0 };
  }

  async #ask({ endpoint, credential, nextCredential, membership }: Consent): Promise<Asked<Membership>> {
    const { host, store, transport, bytes } = this.#parts;
    // Whoever lost the answer tries the next one first: it may be good already.
    if (nextCredential !== null) {
      const tried = await ask(
        transport,
        { endpoint, address: "device", credential: nextCredential },
        membershipSchema,
      );
      if (tried.answer.status !== 401) return tried;
    }
    const now = host.now();
    const { day } = localDay({ at: now, utcOffsetMinutes: host.utcOffsetMinutes(now) });
    if (nextCredential === null && (membership === null || addDays(day, renewalDays) < membership.expires))
      return ask(transport, { endpoint, address: "device", credential }, membershipSchema);
    const next = nextCredential ?? newCredential(bytes);
    // Written down before it is used.
    if (store.sync.changeConsent({ nextCredential: next }).outcome !== "written")
      return { answer: { status: "none", reason: "it could not be written down" }, value: undefined };
    const body = { credential: next };
    return ask(transport, { endpoint, address: "credential", credential, body }, membershipSchema);
  }

  #take(membership: Membership, before: Consent): void {
    this.#refusals = 0;
    const { store, onMembership } = this.#parts;
    const { nextCredential } = store.sync.readConsent() ?? before;
    store.sync.changeConsent({
      membership,
      trouble: null,
      ...(nextCredential === null ? {} : { credential: nextCredential, nextCredential: null }),
    });
    this.asked();
    if (before.trouble !== null || JSON.stringify(membership) !== JSON.stringify(before.membership))
      onMembership();
  }

  /** Neither is good any more. */
  #refused(): void {
    const { store, host, chance, onMembership } = this.#parts;
    store.sync.changeConsent({ trouble: "unauthorized" });
    this.asked();
    const { first, longest } = refusedDelaysMs;
    const delay = Math.min(longest, first * 2 ** Math.min(this.#refusals++, 30));
    this.#wait = { failures: noFailures, dueAt: host.now() + delay * (0.75 + 0.25 * chance()) };
    onMembership();
  }

  #delay(answer: Answer): void {
    const { host, chance } = this.#parts;
    const { failures: known } = this.#wait;
    const failures = { ...known, attempts: known.attempts + 1, since: known.since ?? host.now() };
    const retryAfter = answer.status === "none" ? undefined : answer.retryAfter;
    const moment = { now: host.now(), chance: chance() };
    const dueAt = host.now() + Math.max(60_000, delayMs(failures, moment, retryAfter));
    this.#wait = { failures, dueAt };
  }
}
