import { fileURLToPath } from "node:url";
import { readPolicy } from "../../core/policy.ts";
import { agreedEvents, catalogue, notAgreed } from "../../core/sync/catalogue.ts";
import { isWorkFolder } from "../../core/sync/workFolder.ts";
import type { Problem, Reply } from "../../protocol/errors.ts";
import type { Consent, SyncAct, SyncPreview, SyncState } from "../../protocol/sync.ts";
import { readRemotes } from "../git/remotes.ts";
import type { Host } from "../host.ts";
import type { RequestHandlers } from "../requests.ts";
import type { Store, Written } from "../store/store.ts";
import { readTextFile } from "../textFile.ts";
import { isAllowedBy, readAdministratorPolicy } from "./administratorPolicy.ts";
import { exampleBatch } from "./exampleBatch.ts";
import { textOf } from "./freeze.ts";
import { agree, leave, readInvitation } from "./joining.ts";
import { Sender } from "./sender.ts";
import type { Transport } from "./transport.ts";

export interface SyncOptions {
  readonly host: Host;
  readonly store: Store;
  readonly folders: () => readonly string[];
  readonly bytes: (count: number) => Buffer;
  readonly chance: () => number;
  readonly policyFile: string;
  /** Makes the way out: what is under way ends with the signal. */
  readonly transport: (signal: () => AbortSignal, proxy: () => string) => Transport;
  readonly onChanged: () => void;
  /** Somebody may have joined, left or been answered. `isOwnAct`: this person did something just now. */
  readonly onConsent?: (isOwnAct: boolean) => void;
}

export type SyncRequests = Pick<
  RequestHandlers,
  "kept/sync" | "kept/syncPreview" | "kept/syncAct" | "kept/syncBatches"
>;

type StoppedBy = NonNullable<NonNullable<SyncState["consent"]>["stoppedBy"]>;

/** Sharing sums with an organisation, as far as the person agreed to it. Until then it is a file that is not there. */
export class Sync {
  readonly #options: SyncOptions;
  readonly #sender: Sender;
  #under = new AbortController();
  #telemetry = false;
  #proxy = "";
  #followed: { readonly known: string; readonly at: number } | undefined;

  constructor(options: SyncOptions) {
    const { host, store, chance, bytes, transport } = options;
    this.#options = options;
    this.#sender = new Sender({
      ...{ host, store, chance, bytes },
      transport: transport(
        () => this.#under.signal,
        () => this.#proxy,
      ),
      maySend: (consent) => this.#stoppedBy(consent) === null,
      onMembership: () => this.changed(),
    });
  }

  readonly requests: SyncRequests = {
    "kept/sync": () => Promise.resolve({ ok: true, value: this.#state() }),
    "kept/syncPreview": ({ invitation }) => Promise.resolve(this.#preview(invitation)),
    "kept/syncAct": (act) => Promise.resolve(this.#act(act)),
    "kept/syncBatches": () =>
      Promise.resolve({
        ok: true,
        value: {
          batches: this.#options.store.sync
            .readBatches()
            .slice(-mostShown)
            .reverse()
            .map(({ id, week, records, state, endedAt, reason, bytes }) => ({
              ...{ id, week, records, state, endedAt, reason },
              text: textOf({ bytes }),
            })),
        },
      }),
  };

  /** What the editor says of its own switch. Until it says something nothing is sent. */
  follow({ telemetry, proxy }: { readonly telemetry: boolean; readonly proxy: string }): void {
    this.#telemetry = telemetry;
    this.#proxy = proxy;
    if (!telemetry) this.#abort();
    this.changed();
  }

  /** Somebody, here or in another window, may have joined, left, opened a folder or paused. */
  changed(): void {
    const consent = this.#options.store.sync.readConsent();
    if (!consent || consent.isPaused) this.#abort();
    if (consent && this.#mayDiffer(consent)) this.#followFolders(consent);
    this.#sender.start();
    this.#options.onConsent?.(false);
  }

  /** Why nothing may be asked of or sent to an organisation now, whatever it is; null while everything agrees. */
  stoppedBy(consent: Consent): StoppedBy | null {
    return this.#stoppedBy(consent);
  }

  get proxy(): string {
    return this.#proxy;
  }

  stop(): void {
    this.#sender.stop();
    this.#abort();
  }

  /** What is under way ends at once; whether it arrived is asked by sending it again, if that is still wanted. */
  #abort(): void {
    this.#under.abort();
    this.#under = new AbortController();
  }

  #stoppedBy(consent: Consent): StoppedBy | null {
    const policy = readAdministratorPolicy(this.#options.policyFile);
    if (!isAllowedBy(policy, consent.endpoint)) return "forbidden";
    if (!this.#telemetry) return "telemetryOff";
    if (consent.isPaused) return "paused";
    if (consent.trouble !== null) return consent.trouble;
    return agreedEvents(consent.agreed).size === 0 ? "newFields" : null;
  }

  /** Edits are written all the time; what a folder's files say is read once a minute. */
  #mayDiffer({ marks, membership }: Consent): boolean {
    const known = JSON.stringify([marks, membership?.remotes, this.#options.folders()]);
    const at = this.#options.host.elapsedMs();
    if (known === this.#followed?.known && at - this.#followed.at < followMs) return false;
    this.#followed = { known, at };
    return true;
  }

  #followFolders(consent: Consent): void {
    const { store, host } = this.#options;
    const known = new Set(store.sync.readWorkFolders().map(({ workspace }) => workspace));
    for (const { uri, isWork } of this.#folders(consent)) {
      if (isWork !== known.has(uri)) store.sync.setWorkFolder(uri, isWork ? host.now() : null);
    }
  }

  #folders(consent: Consent | undefined): SyncState["folders"] {
    return this.#options.folders().map((uri) => {
      const facts = { uri, ...factsOf(uri) };
      return { uri, ...isWorkFolder(facts, consent ?? { marks: {}, membership: null }) };
    });
  }

  #state(): SyncState {
    const { store, policyFile } = this.#options;
    const { sync } = store;
    const consent = sync.readConsent();
    const policy = readAdministratorPolicy(policyFile);
    const batches = sync.readBatches();
    const countOf = (wanted: string) => batches.filter(({ state }) => state === wanted).length;
    return {
      consent: consent
        ? {
            endpoint: consent.endpoint,
            team: consent.membership?.team ?? null,
            givenAt: consent.givenAt,
            stoppedBy: this.#stoppedBy(consent),
            waitingEdits: sync.readOutbox("9999-12-31").reduce((sum, { edits }) => sum + edits, 0),
            waitingBatches: countOf("waiting"),
            sentBatches: countOf("sent"),
            refusedBatches: countOf("refused"),
            newFields: notAgreed(consent.agreed),
          }
        : null,
      folders: this.#folders(consent),
      pendingDeletions: sync.readDeletions().length,
      isForbidden: policy.sync === "forbidden",
      invitation: policy.invitation ?? null,
    };
  }

  #preview(pasted: string): Reply<SyncPreview> {
    const read = this.#readInvitation(pasted);
    if (!read.ok) return { ok: false, problem: read.problem };
    const { host, store, bytes } = this.#options;
    // A person that nobody is: the real one is made when somebody agrees.
    const person = { org: host.uuid(), secret: bytes(32).toString("hex") };
    const example = exampleBatch(store, host, person);
    return {
      ok: true,
      value: {
        endpoint: read.invitation.endpoint,
        keys: read.invitation.keys,
        fields: catalogue(),
        example: example?.text ?? null,
        exampleDay: example?.day ?? null,
      },
    };
  }

  #readInvitation(pasted: string) {
    const read = readInvitation(pasted);
    const refused = (reason: string): { ok: false; problem: Problem } => ({
      ok: false,
      problem: { code: "sync.invitationUnusable", details: { reason } },
    });
    if (!read.ok) return refused(read.reason);
    const policy = readAdministratorPolicy(this.#options.policyFile);
    if (!isAllowedBy(policy, read.invitation.endpoint))
      return refused("an administrator of this machine forbids it");
    if (this.#options.store.kind !== "disk") return refused("Kept's database cannot be written");
    return read;
  }

  #act(act: SyncAct): Reply<SyncState> {
    const { store, host, chance, bytes } = this.#options;
    let written: Written = { outcome: "written" };
    switch (act.act) {
      case "join": {
        const read = this.#readInvitation(act.invitation);
        if (!read.ok) return { ok: false, problem: read.problem };
        written = agree(read.invitation, { host, store, bytes, agreed: act.agreed });
        break;
      }
      case "pause":
      case "resume":
        written = store.sync.changeConsent({ isPaused: act.act === "pause" });
        break;
      case "agree":
        written = store.sync.changeConsent({
          agreed: [...new Set([...(store.sync.readConsent()?.agreed ?? []), ...act.added])],
        });
        break;
      case "leave":
        written = leave({ host, store, chance });
        break;
      case "mark":
        written = this.#mark(act.folder, act.mark);
    }
    if (written.outcome === "retry") return { ok: false, problem: written.problem };
    this.changed();
    this.#sender.start("soon");
    this.#options.onConsent?.(true);
    this.#options.onChanged();
    return { ok: true, value: this.#state() };
  }

  #mark(folder: string, mark: "work" | "private" | "asListed"): Written {
    const { sync } = this.#options.store;
    const { [folder]: before, ...marks } = sync.readConsent()?.marks ?? {};
    void before;
    return sync.changeConsent({ marks: mark === "asListed" ? marks : { ...marks, [folder]: mark } });
  }
}

const followMs = 60_000;
/** Of one list; the rest stays where it is. */
const mostShown = 100;

function factsOf(uri: string): { remotes: string[]; policyAllows: boolean | null } {
  if (!uri.startsWith("file:")) return { remotes: [], policyAllows: null };
  const found = readTextFile(`${uri.replace(/\/$/, "")}/.kept/policy.json`);
  // Somebody wanted to restrict something: where it cannot be read what, nothing is sent.
  const text = found === "missing" ? undefined : found === "unreadable" ? "" : found.text;
  const policy = readPolicy(text);
  return {
    remotes: readRemotes(fileURLToPath(uri)),
    policyAllows: policy.state === "none" ? null : policy.state === "read" && policy.policy.sync !== false,
  };
}
