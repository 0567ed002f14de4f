import type * as z from "zod";
import { neededAfter } from "../../core/organisation/bundleTrust.ts";
import { lookAgainMs, noFailures, type Failures } from "../../core/sync/delivery.ts";
import { bundleRefusals } from "../../protocol/bundle.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import { auditAnswerSchema, teamAnswerSchema } from "../../protocol/enrolment.ts";
import { reasonOf } from "../../protocol/errors.ts";
import {
  heldAuditSchema,
  heldTeamSchema,
  type HeldAudit,
  type HeldBundle,
  type HeldTeam,
} from "../../protocol/heeding.ts";
import type { Consent } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import { readJsonNote } from "../store/jsonNote.ts";
import type { Store } from "../store/store.ts";
import { ask } from "../sync/ask.ts";
import { askAudit } from "./askAudit.ts";
import { Rounds } from "../sync/rounds.ts";
import type { Transport } from "../sync/transport.ts";
import { bundleNote, readHeldBundle, trustOf } from "./heldBundle.ts";
import { HighestSequence, type Signing } from "./highestSequence.ts";
import { handedOnBy, neededForEach, neededNow, pinnedKeys } from "./pinnedKeys.ts";
import { verifyBundle } from "./verifyBundle.ts";

const hourMs = 60 * 60_000;
const lookMs = 60_000;
/** Not all machines that are switched on at nine ask at nine. */
const longestFirstDelayMs = 5 * 60_000;
/** Whoever keeps opening the Team view is answered from what is held. */
const askAgainMs = 60_000;

export const teamNote = "org.team";
export const auditNote = "org.audit";

export interface OrgPullParts {
  readonly host: Host;
  readonly store: Store;
  readonly transport: Transport;
  /** Of the database; the highest bundle that was accepted is written down beside it. */
  readonly folder: string;
  /** From 0 to 1, without 1. */
  readonly chance: () => number;
  /** Everything but the person's consent, as before anything is sent: asked right before each request. */
  readonly maySend: (consent: Consent) => boolean;
  readonly onChanged: () => void;
  /** The collector is there. */
  readonly onAnswered: () => void;
}

type Looked = HeldTeam | HeldAudit;

/** Something that is asked for because somebody looks at it. */
interface LookedAt {
  readonly address: "team" | "audit";
  readonly note: string;
  readonly schema: typeof teamAnswerSchema | typeof auditAnswerSchema;
}

type Joined = Consent & {
  readonly membership: NonNullable<Consent["membership"]>;
  readonly credential: string;
};

/** Fetches what an organisation gives back: its signed prompts once an hour, and the team's numbers when they are looked at. */
export class OrgPull {
  readonly #parts: OrgPullParts;
  readonly #rounds: Rounds;
  readonly #highest: HighestSequence;
  /** The organisation of which what lies beside the database was looked at. */
  #raisedFor: string | undefined;
  #failures: Failures = noFailures;
  /** When something was last asked for because somebody looks; nothing before that. */
  readonly #askedAt = new Map<"team" | "audit", number>();

  constructor(parts: OrgPullParts) {
    this.#parts = parts;
    this.#highest = new HighestSequence(parts.folder);
    this.#rounds = new Rounds({ host: parts.host, round: () => this.#guardedRound(), busyMs: lookMs });
  }

  /** Somebody may have joined or left. What is held of an organisation goes with the membership. */
  changed(): void {
    if (this.#joined() === undefined) {
      this.stop();
      this.#forget();
      return;
    }
    this.#pin();
    if (this.#rounds.isWaiting) return;
    const { store, chance } = this.#parts;
    const isFirst = readHeldBundle(store, this.#joined()!.membership.org).checkedAt === null;
    this.#rounds.after(isFirst ? 0 : chance() * longestFirstDelayMs);
  }

  /** As soon as somebody joined: how many keys must sign holds from then on, whatever the organisation says later. */
  #pin(): void {
    const { store } = this.#parts;
    const joined = this.#joined()!;
    const { org } = joined.membership;
    const held = readHeldBundle(store, org);
    if (held.needed !== undefined && this.#raisedFor === org) return;
    const { handedOn } = held;
    const pinned = {
      ...{ ...held, needed: neededNow(joined, held), sequence: this.#highestOf(joined, held) },
      ...(handedOn ? { handedOn: { ...handedOn, needed: neededForEach(joined, held) } } : {}),
    };
    store.writeNoteDurably(bundleNote, JSON.stringify(pinned));
    this.#raisedFor = org;
  }

  /** What the database knows, or what lies beside it, where that is more. */
  #highestOf(joined: Joined, held: HeldBundle): number {
    const beside = this.#highest.of(signingOf(joined, held));
    if (beside !== "damaged") return Math.max(held.sequence, beside);
    this.#parts.host.log.warn(
      "The file kept.bundles is damaged: older prompts are refused by what the database knows alone, until the next ones come.",
    );
    return held.sequence;
  }

  /** The person did something that may lead to an answer: nobody waits an hour for it. */
  soon(): void {
    this.stop();
    if (this.#joined()) this.#rounds.after(0);
  }

  stop(): void {
    this.#rounds.stop();
  }

  /** The numbers that are held; newer ones are asked for, and announced when they came. */
  team(): HeldTeam | undefined {
    const joined = this.#joined();
    if (!joined) return undefined;
    const held = this.#held(joined, teamNote, heldTeamSchema);
    void this.#askLooked(joined, held, { address: "team", note: teamNote, schema: teamAnswerSchema });
    return held;
  }

  /** What was done at the service, held and asked for in the same way. */
  audit(): HeldAudit | undefined {
    const joined = this.#joined();
    if (!joined) return undefined;
    const held = this.#held(joined, auditNote, heldAuditSchema);
    void this.#askLooked(joined, held, { address: "audit", note: auditNote, schema: auditAnswerSchema });
    return held;
  }

  /** One look for a bundle. Gives the milliseconds until the next; undefined where there is nothing to look for. */
  async round(): Promise<number | undefined> {
    const { store, maySend, chance } = this.#parts;
    const joined = this.#joined();
    // Without pinned keys nothing could ever be shown.
    if (!joined || joined.keys.length === 0) return undefined;
    if (!maySend(joined) || !store.sync.isSender()) return lookMs;
    const retryMs = await this.#askBundle(joined);
    return retryMs ?? hourMs * (0.9 + 0.2 * chance());
  }

  /** Undefined where an answer came; else how long to wait. */
  async #askBundle(joined: Joined): Promise<number | undefined> {
    const { host, store, transport, chance, onChanged } = this.#parts;
    const { endpoint, credential, membership } = joined;
    const { org } = membership;
    const { etag } = readHeldBundle(store, org);
    const { method, path } = endpoints.bundle;
    const exchange = await transport({
      url: `${endpoint}${path}`,
      method,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${credential}`,
        ...(etag === null ? {} : { "if-none-match": etag }),
      },
    });
    // Whoever left meanwhile, or joined another, gets nothing of it.
    if (this.#joined()?.membership.org !== org) return undefined;
    const stored = readHeldBundle(store, org);
    const held = { ...stored, sequence: this.#highestOf(joined, stored) };
    const now = host.now();
    const keep = (news: Partial<typeof held>) => {
      const next = { ...held, refused: null, failure: null, ...news };
      store.writeNoteDurably(bundleNote, JSON.stringify(next));
      onChanged();
    };
    const { status } = exchange;
    if (status === 200 || status === 204 || status === 304) this.#parts.onAnswered();
    if (status === 304 || status === 204) {
      this.#failures = noFailures;
      keep({ checkedAt: now });
      return undefined;
    }
    if (status !== 200) {
      const failure = status === "none" ? exchange.reason : `It answered ${status}`;
      this.#failures = {
        ...this.#failures,
        attempts: this.#failures.attempts + 1,
        since: this.#failures.since ?? now,
      };
      keep({ refused: held.refused, failure: failure.slice(0, 300) });
      const retryAfter = status === "none" ? undefined : exchange.retryAfter;
      if (status !== "none" && status < 500 && status !== 429) this.#parts.onAnswered();
      return Math.max(lookMs, lookAgainMs(this.#failures, { now, chance: chance() }, retryAfter));
    }
    this.#failures = noFailures;
    const judged = verifyBundle(Buffer.from(exchange.body), trustOf(joined, held)!, now);
    if (judged.state === "refused") {
      if (held.refused !== judged.why)
        host.log.warn(`Prompts of the organisation are not used. ${bundleRefusals[judged.why]}`);
      keep({ checkedAt: now, refused: judged.why });
      return undefined;
    }
    const { sequence } = judged.bundle;
    const needed = neededNow(joined, held);
    if (sequence !== held.sequence) host.log.info(`Prompts of the organisation came: bundle ${sequence}.`);
    const signers = judged.signers ?? new Set<string>();
    const handed = handedOnBy({ bundle: judged.bundle, envelope: exchange.body, signers }, joined, held);
    if (handed) {
      const ids = handed.keys.map(({ id }) => id).join(", ");
      host.log.info(`The organisation signs with other keys from now on: ${ids}.`);
    }
    try {
      // Before it is used: what is used can never be taken back to an older one.
      this.#highest.raise(
        signingOf(joined, { ...held, ...(handed ? { handedOn: handed.handedOn } : {}) }),
        signers,
        sequence,
      );
    } catch (thrown) {
      keep({
        failure: `It could not be written down which prompts are the newest: ${reasonOf(thrown)}`.slice(
          0,
          300,
        ),
      });
      return lookMs;
    }
    keep({
      ...{ checkedAt: now, envelope: exchange.body, sequence, etag: exchange.etag ?? null },
      needed: neededAfter({ needed, asked: membership.signatures }, signers),
      ...(handed ? { handedOn: handed.handedOn } : {}),
    });
    return undefined;
  }

  /** Asked at most once an hour, and not before somebody looks. */
  async #askLooked(joined: Joined, held: Looked, { address, note, schema }: LookedAt): Promise<void> {
    const { host, store, transport, maySend, onChanged } = this.#parts;
    const { endpoint, credential, membership } = joined;
    const now = host.now();
    const isFresh = held.checkedAt !== null && held.failure === null && now - held.checkedAt < hourMs;
    const askedAt = this.#askedAt.get(address);
    const wasAsked = askedAt !== undefined && now - askedAt < askAgainMs;
    if (isFresh || wasAsked || !maySend(joined)) return;
    this.#askedAt.set(address, now);
    const asking = { endpoint, credential, address };
    const { answer, value } =
      address === "audit" ? await askAudit(transport, asking) : await ask(transport, asking, schema);
    if (this.#joined()?.membership.org !== membership.org) return;
    const next = value
      ? { org: membership.org, answer: value, checkedAt: host.now(), failure: null }
      : { ...held, failure: answer.reason.slice(0, 300) };
    store.writeNote(note, JSON.stringify(next));
    onChanged();
  }

  #held<Held extends Looked>({ membership: { org } }: Joined, note: string, schema: z.ZodType<Held>): Held {
    const held = readJsonNote(this.#parts.store, note, schema);
    return held?.org === org ? held : schema.parse({ org, answer: null, checkedAt: null, failure: null });
  }

  #joined(): Joined | undefined {
    const consent = this.#parts.store.sync.readConsent();
    if (!consent || consent.mode !== "collector") return undefined;
    const { membership, credential } = consent;
    return membership === null || credential === null ? undefined : { ...consent, membership, credential };
  }

  #forget(): void {
    const { store } = this.#parts;
    // Somebody who joined and was not answered yet is in no other organisation any more.
    for (const name of [bundleNote, teamNote, auditNote]) if (store.readNote(name)) store.writeNote(name, "");
  }

  /** A look that fails is tried again: nothing that was held is lost by it. */
  async #guardedRound(): Promise<number | undefined> {
    try {
      return await this.round();
    } catch (thrown) {
      this.#parts.host.log.warn(`Prompts of the organisation could not be looked for: ${reasonOf(thrown)}`);
      return lookMs;
    }
  }
}

/** Of an organisation whose keys were handed on, the keys of the invitation as well: whoever joins again may begin with these. */
function signingOf(joined: Joined, held: HeldBundle): Signing {
  const pinned = pinnedKeys(joined, held).map(({ id }) => id);
  const { endpoint, membership } = joined;
  return { endpoint, org: membership.org, keys: [...new Set([...joined.keys, ...pinned])] };
}
