import { delayMs, noFailures, type Failures } from "../../core/sync/delivery.ts";
import { membershipSchema } from "../../protocol/enrolment.ts";
import type { Consent } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { ask, hashOf } from "./ask.ts";
import type { Transport } from "./transport.ts";

interface EnrolmentParts {
  readonly host: Host;
  readonly store: Store;
  readonly transport: Transport;
  readonly chance: () => number;
  readonly onMembership: () => void;
}

/** Exchanges the token of an invitation for the membership. */
export class Enrolment {
  readonly #parts: EnrolmentParts;
  #wait: { readonly failures: Failures; readonly dueAt: number } = { failures: noFailures, dueAt: 0 };

  constructor(parts: EnrolmentParts) {
    this.#parts = parts;
  }

  /** One request at most. `waits`: none is due yet. */
  async round({ endpoint, token, credential }: Consent): Promise<"joined" | "refused" | "asked" | "waits"> {
    const { host, store, transport, chance, onMembership } = this.#parts;
    if (token === null || credential === null || this.#wait.dueAt > host.now()) return "waits";
    const body = { token, credentialHash: hashOf(credential) };
    const { answer, value } = await ask(
      transport,
      { endpoint, address: "enrolment", credential, body },
      membershipSchema,
    );
    if (value) {
      store.sync.changeConsent({ membership: value, token: null, trouble: null });
      this.#wait = { failures: noFailures, dueAt: 0 };
      onMembership();
      return "joined";
    }
    if (answer.status === 400 || answer.status === 403) {
      store.sync.changeConsent({ trouble: "invitationRefused" });
      onMembership();
      return "refused";
    }
    const { failures: before } = this.#wait;
    const failures = { ...before, attempts: before.attempts + 1, since: before.since ?? host.now() };
    const retryAfter = answer.status === "none" ? undefined : answer.retryAfter;
    const moment = { now: host.now(), chance: chance() };
    this.#wait = { failures, dueAt: host.now() + delayMs(failures, moment, retryAfter) };
    return "asked";
  }
}
