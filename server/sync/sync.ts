import { usualProxySettings, type ProxySettings } from "../../protocol/proxySettings.ts";
import { fileURLToPath } from "node:url";
import type * as z from "zod";
import { readPolicy } from "../../core/organisation/policy.ts";
import { agreedEvents, notAgreed } from "../../core/sync/catalogue.ts";
import { isWorkFolder } from "../../core/sync/workFolder.ts";
import type { Reply } from "../../protocol/errors.ts";
import { invalid } from "../../protocol/messages.ts";
import type { notificationsToServer } from "../../protocol/server.ts";
import type { FixedHeaders, TypedHeaders } from "../../protocol/sink.ts";
import type { Consent, SharingNews, SyncAct, SyncState } from "../../protocol/sync.ts";
import { FatesReader } from "../fate/fatesReader.ts";
import { readRemotes } from "../git/remotes.ts";
import type { Host } from "../host.ts";
import type { RequestHandlers } from "../requests.ts";
import type { Store, Written } from "../store/store.ts";
import { readTextFile } from "../unseen/textFile.ts";
import type { AdministratorPolicy } from "../../protocol/administratorPolicy.ts";
import { isAllowedBy, readAdministratorPolicy } from "./administratorPolicy.ts";
import { countingKeys } from "../bundles/heldBundle.ts";
import { companionCode, refused } from "./companions.ts";
import { agree, agreeToSink, leave } from "./joining.ts";
import { listBatches } from "./listBatches.ts";
import { previewOf, readOffer, type OfferParts } from "./offers.ts";
import { Sender } from "./sender.ts";
import { tellSharingNews } from "./sharingNews.ts";
import { headersFor } from "./sinks.ts";
import type { Transport } from "./transport.ts";

export interface SyncOptions {
  readonly host: Host;
  readonly store: Store;
  /** Of the database; what looks at histories left lies beside it. */
  readonly folder: string;
  readonly folders: () => readonly string[];
  readonly bytes: (count: number) => Buffer;
  readonly chance: () => number;
  readonly policyFile: string;
  /** Makes the way out: what is under way ends with the signal. */
  readonly transport: (signal: () => AbortSignal, proxy: () => ProxySettings) => Transport;
  readonly onChanged: () => void;
  /** Something the person has to know without looking. */
  readonly tell?: (method: "kept/sharingNews", params: { readonly news: SharingNews }) => void;
  /** Somebody may have joined, left or been answered. `isOwnAct`: this person did something just now. */
  readonly onConsent?: (isOwnAct: boolean) => void;
}

export type SyncRequests = Pick<
  RequestHandlers,
  "kept/sync" | "kept/syncPreview" | "kept/syncAct" | "kept/syncBatches" | "kept/syncCompanion"
>;

type StoppedBy = NonNullable<NonNullable<SyncState["consent"]>["stoppedBy"]>;

/** Sharing sums with an organisation, as far as the person agreed to it. Until then it is a file that is not there. */
export class Sync {
  readonly #options: SyncOptions;
  readonly #sender: Sender;
  readonly #transport: Transport;
  #under = new AbortController();
  /** Undefined until the editor says something. */
  #telemetry: boolean | undefined;
  #wasOn: boolean | undefined;
  #proxy = usualProxySettings;
  #headers: TypedHeaders | undefined;
  #followed: { readonly known: string; readonly at: number } | undefined;

  constructor(options: SyncOptions) {
    const { host, store, chance, bytes, transport } = options;
    this.#options = options;
    store.sync.queueWhile((consent) => this.#isOn(consent));
    // What did not change is not read again: a week that is over is looked at each minute until it can be told.
    const fates = new FatesReader(options.folder);
    this.#transport = transport(
      () => this.#under.signal,
      () => this.#proxy,
    );
    this.#sender = new Sender({
      ...{ host, store, chance, bytes, transport: this.#transport },
      maySend: (consent) => {
        const by = this.#stoppedBy(consent);
        // Whoever is not known any more may ask whether that still holds.
        return by === null || by === "unauthorized";
      },
      fates: () => fates.records(),
      headers: (consent) => this.#headersFor(consent),
      onMembership: () => this.changed(),
    });
  }

  readonly requests: SyncRequests = {
    "kept/sync": () => Promise.resolve({ ok: true, value: this.#state() }),
    "kept/syncPreview": ({ invitation }) => Promise.resolve(previewOf(invitation, this.#offer())),
    "kept/syncCompanion": () => this.#companion(),
    "kept/syncAct": (act) => Promise.resolve(this.#act(act)),
    "kept/syncBatches": () =>
      Promise.resolve({ ok: true, value: { batches: listBatches(this.#options.store.sync) } }),
  };

  /** What the editor says of its own switch. Until it says something nothing is sent. */
  follow({ telemetry, proxy, sink }: MaySend): void {
    this.#telemetry = telemetry;
    this.#proxy = proxy;
    this.#headers = sink;
    if (!telemetry) this.#abort();
    this.changed();
  }

  collectorAnswered(): void {
    this.#sender.collectorAnswered();
  }

  /** Somebody, here or in another window, may have joined, left, opened a folder or paused. */
  changed(): void {
    const consent = this.#options.store.sync.readConsent();
    if (!consent || !this.#isOn(consent) || consent.isPaused) this.#abort();
    if (consent && this.#mayDiffer(consent)) this.#followFolders(consent);
    this.#sender.start();
    tellSharingNews(this.#options.store, (news) => this.#options.tell?.("kept/sharingNews", { news }));
    this.#options.onConsent?.(false);
  }

  /** Why nothing may be asked of or sent to an organisation now, whatever it is; null while everything agrees. */
  stoppedBy(consent: Consent): StoppedBy | null {
    return this.#stoppedBy(consent);
  }

  get proxy(): ProxySettings {
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
    if (!isAllowedBy(this.#policy(), consent.endpoint)) return "forbidden";
    if (!this.#telemetry) return "telemetryOff";
    if (consent.isPaused) return "paused";
    if (consent.trouble !== null) return consent.trouble;
    if (this.#headersFor(consent) === undefined) return "headersMissing";
    return agreedEvents(consent).size === 0 ? "newFields" : null;
  }

  /**
   * Whether what is recorded now may ever leave. When it is on again it begins anew: what is read only then of the time
   * between, such as the requests of a log, stays here. So that this outlives the process, it is written down.
   */
  #isOn(consent: Consent): boolean {
    if (this.#telemetry === undefined) return false;
    const isOn = this.#telemetry && isAllowedBy(this.#policy(), consent.endpoint);
    const isKnownAs = consent.isOff !== true;
    // Another editor on this machine may have it off: that is not answered each time.
    const isDue = isOn ? this.#wasOn !== true && !isKnownAs : isKnownAs;
    if (isDue && this.#options.store.sync.changeConsent({ isOff: !isOn }).outcome !== "written") return false;
    this.#wasOn = isOn;
    return isOn;
  }

  #policy(): AdministratorPolicy {
    return readAdministratorPolicy(this.#options.policyFile);
  }

  #headersFor(consent: Consent): FixedHeaders | undefined {
    return headersFor(consent, this.#headers, this.#policy());
  }

  #offer(): OfferParts {
    const { host, store, bytes } = this.#options;
    return { host, store, bytes, policy: this.#policy() };
  }

  /** The list that says which repositories are work: the organisation's, or an administrator's for a collector. */
  #patterns(consent: Consent | undefined): readonly string[] {
    if (consent?.mode !== "sink") return consent?.membership?.remotes ?? [];
    const { collector } = this.#policy();
    return collector?.endpoint === consent.endpoint ? (collector.remotes ?? []) : [];
  }

  /** Edits are written all the time; what a folder's files say is read once a minute. */
  #mayDiffer(consent: Consent): boolean {
    const known = JSON.stringify([consent.marks, this.#patterns(consent), this.#options.folders()]);
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
    const patterns = this.#patterns(consent);
    return this.#options
      .folders()
      .map((uri) => ({ uri, ...isWorkFolder({ uri, ...factsOf(uri) }, consent?.marks ?? {}, patterns) }));
  }

  #state(): SyncState {
    const { sync } = this.#options.store;
    const consent = sync.readConsent();
    const policy = this.#policy();
    const batches = sync.readBatches();
    const countOf = (wanted: string) => batches.filter(({ state }) => state === wanted).length;
    return {
      consent: consent
        ? {
            endpoint: consent.endpoint,
            mode: consent.mode,
            team: consent.membership?.team ?? null,
            givenAt: consent.givenAt,
            stoppedBy: this.#stoppedBy(consent),
            waitingEdits: sync.readOutbox("9999-12-31").reduce((sum, { edits }) => sum + edits, 0),
            waitingBatches: countOf("waiting"),
            sentBatches: countOf("sent"),
            refusedBatches: countOf("refused"),
            newFields: notAgreed(consent),
          }
        : null,
      folders: this.#folders(consent),
      pendingDeletions: sync.readDeletions().length,
      isForbidden: policy.sync === "forbidden",
      invitation: policy.invitation ?? policy.collector?.endpoint ?? null,
    };
  }

  #act(act: SyncAct): Reply<SyncState> {
    const { store, host, chance, bytes } = this.#options;
    let written: Written = { outcome: "written" };
    switch (act.act) {
      case "join": {
        const read = readOffer(act.invitation, this.#offer());
        if (!read.ok) return read;
        if (read.value.mode !== "collector") return noInvitation;
        const { invitation, secret } = read.value;
        written = agree(invitation, { host, store, bytes, secret, agreed: act.agreed });
        break;
      }
      case "joinSink": {
        const read = readOffer(act.address, this.#offer());
        if (!read.ok) return read;
        if (read.value.mode !== "sink") return noInvitation;
        const { endpoint } = read.value;
        const { headerNames, agreed } = act;
        written = agreeToSink({ endpoint, headerNames }, { host, store, bytes, agreed });
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
        // Of the window's folders alone: nobody can see, or take back, what is said of others.
        if (!this.#options.folders().includes(act.folder)) return invalid("it is no folder of this window");
        written = this.#mark(act.folder, act.mark);
    }
    if (written.outcome === "retry") return { ok: false, problem: written.problem };
    this.changed();
    this.#sender.start("soon");
    this.#options.onConsent?.(true);
    this.#options.onChanged();
    return { ok: true, value: this.#state() };
  }

  /** Asked by the person alone, and only while everything agrees. */
  async #companion(): Promise<Reply<{ readonly code: string }>> {
    const consent = this.#options.store.sync.readConsent();
    if (!consent || consent.mode === "sink") return refused("this machine joined no organisation");
    const by = this.#stoppedBy(consent);
    return by === null
      ? companionCode(this.#transport, consent, countingKeys(this.#options.store, consent))
      : refused("sharing is stopped on this machine");
  }

  #mark(folder: string, mark: "work" | "private" | "asListed"): Written {
    const { sync } = this.#options.store;
    const { [folder]: before, ...marks } = sync.readConsent()?.marks ?? {};
    void before;
    return sync.changeConsent({ marks: mark === "asListed" ? marks : { ...marks, [folder]: mark } });
  }
}

type MaySend = z.infer<(typeof notificationsToServer)["kept/maySend"]>;

const noInvitation = {
  ok: false,
  problem: { code: "sync.invitationUnusable", details: { reason: "it is of another kind" } },
} as const;

const followMs = 60_000;

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
