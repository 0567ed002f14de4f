import { randomBytes, randomUUID } from "node:crypto";
import type { Consent } from "../../../protocol/sync.ts";
import type { Host } from "../../../server/host.ts";
import { agree } from "../../../server/sync/joining.ts";
import { Sender, type SenderParts } from "../../../server/sync/sender.ts";
import { networkTransport } from "../../../server/sync/transport.ts";
import type { EditRow } from "../../../server/store/store.ts";
import { batchOf, documentOf, editOf, noon } from "../store/rows.ts";
import { openTestStore, temporaryFolder } from "../store/temporaryStore.ts";

export const invitationToken = `kept_join_${"a".repeat(43)}`;
const dayMs = 86_400_000;
const workspace = "file:///project";

/** A machine with a store of its own, whose clock stands where it is put. It sends only when it is told to. */
export function makeMachine(change: Partial<SenderParts> & { readonly at?: number } = {}) {
  const home = temporaryFolder();
  let at = change.at ?? noon;
  let version = 1;
  const host: Host = {
    now: () => at,
    elapsedMs: () => at,
    utcOffsetMinutes: () => 0,
    uuid: randomUUID,
    startTimer: () => () => {},
    log: { info: () => {}, warn: () => {} },
  };
  const store = openTestStore({ folder: home.folder, now: () => at });
  const under = new AbortController();
  const parts: SenderParts = {
    host,
    store,
    transport: networkTransport({
      proxyFor: () => undefined,
      signal: () => under.signal,
      limits: { connectMs: 2_000, totalMs: 2_000 },
    }),
    chance: () => 0,
    maySend: () => true,
    headers: () => ({}),
    fates: () => [],
    onMembership: () => {},
    bytes: randomBytes,
    ...change,
  };
  const sender = new Sender(parts);
  store.sync.queueWhile(parts.maySend);
  const { sync } = store;
  return {
    ...{ store, sync, sender, host, folder: home.folder },
    now: () => at,
    setNow: (to: number) => (at = to),
    abort: () => under.abort(),
    join(endpoint: string, token = invitationToken): void {
      agree({ endpoint, keys: [], token }, { host, store, bytes: randomBytes });
      sync.setWorkFolder(workspace, at);
    },
    /** Edits of work, each of a version of its own. */
    edit(...edits: readonly Partial<EditRow>[]): void {
      store.write(
        batchOf({
          documents: [documentOf()],
          edits: edits.map((edit) => editOf({ id: randomUUID(), version: ++version, at, ...edit })),
        }),
      );
    },
    tomorrow: () => (at += dayMs),
    consent: (): Consent | undefined => sync.readConsent(),
    /** Rounds until nothing is due now. */
    async sendAll(most = 30): Promise<void> {
      for (let round = 0; round < most; round++) {
        const before = JSON.stringify([sync.readBatches(), sync.readDeletions(), sync.readConsent()]);
        await sender.round();
        if (JSON.stringify([sync.readBatches(), sync.readDeletions(), sync.readConsent()]) === before) return;
      }
    },
    states: () => sync.readBatches().map(({ state }) => state),
    close(): void {
      under.abort();
      store.close();
      home.remove();
    },
  };
}
export type Machine = ReturnType<typeof makeMachine>;
