import { FatesReader } from "../fate/fatesReader.ts";
import type { RequestHandlers } from "../requests.ts";
import type { Sync, SyncOptions } from "../sync/sync.ts";
import { nextBatches } from "../sync/nextBatches.ts";
import { OrgPull } from "./orgPull.ts";
import { readTeamState } from "./teamState.ts";

export type HeedingRequests = Pick<RequestHandlers, "kept/team" | "kept/syncNext">;

/** What an organisation gives back to whoever joined it. It is asked only while everything agrees, as before sending. */
export class Heeding {
  readonly #options: SyncOptions;
  readonly #sync: Pick<Sync, "stoppedBy" | "proxy" | "collectorAnswered">;
  readonly #pull: OrgPull;
  readonly #fates: FatesReader;
  #under = new AbortController();

  constructor(options: SyncOptions, sync: Pick<Sync, "stoppedBy" | "proxy" | "collectorAnswered">) {
    const { host, store, folder, chance, transport, onChanged } = options;
    this.#options = options;
    this.#fates = new FatesReader(options.folder);
    this.#sync = sync;
    this.#pull = new OrgPull({
      ...{ host, store, folder, chance, onChanged },
      transport: transport(
        () => this.#under.signal,
        () => sync.proxy,
      ),
      maySend: (consent) => sync.stoppedBy(consent) === null,
      onAnswered: () => sync.collectorAnswered(),
    });
  }

  readonly requests: HeedingRequests = {
    "kept/team": () => {
      const { store, host } = this.#options;
      const sources = {
        held: this.#pull.team(),
        audit: this.#pull.audit(),
        fates: () => this.#fates.records(),
      };
      const value = readTeamState(store, host, sources, (consent) => this.#sync.stoppedBy(consent));
      return Promise.resolve({ ok: true, value });
    },
    "kept/syncNext": () => {
      const { store, host, folder } = this.#options;
      const batches = nextBatches(store, host, folder).map((batch) => JSON.stringify(batch, null, 2));
      return Promise.resolve({ ok: true, value: { batches } });
    },
  };

  /** Somebody, here or in another window, may have joined, been answered, paused or left. */
  consentChanged(isOwnAct: boolean): void {
    const consent = this.#options.store.sync.readConsent();
    if (!consent || this.#sync.stoppedBy(consent) !== null) this.#abort();
    if (isOwnAct) this.#pull.soon();
    this.#pull.changed();
  }

  stop(): void {
    this.#pull.stop();
    this.#abort();
  }

  #abort(): void {
    this.#under.abort();
    this.#under = new AbortController();
  }
}
