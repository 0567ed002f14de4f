import type { Bundle } from "../../../protocol/bundle.ts";
import { addBundleKey, type BundleKey } from "../../../org/bundles/bundleKeys.ts";
import { signBundle } from "../../../org/bundles/signBundle.ts";
import { bundleInForce, readHeldBundle } from "../../../server/bundles/heldBundle.ts";
import { OrgPull, type OrgPullParts } from "../../../server/bundles/orgPull.ts";
import { networkTransport } from "../../../server/sync/transport.ts";
import { makeFolder } from "../../org/support/folder.ts";
import { makeMachine } from "./machine.ts";
import { membership, startScripted } from "./scriptedCollector.ts";

const hour = 3_600_000;

/** A key of an organisation's, or of somebody else. */
export function makeKey(): BundleKey {
  const { folder, remove } = makeFolder();
  const key = addBundleKey(folder);
  remove();
  return key;
}

export const publicOf = (...keys: BundleKey[]) => keys.map(({ id, publicKey }) => ({ id, publicKey }));

/** A machine that looks for what an organisation gives back, when it is told to, and a service that answers as scripted. */
export async function startPulling() {
  const collector = await startScripted();
  const machine = makeMachine();
  const key = makeKey();
  const state = {
    may: true,
    changes: 0,
    answers: 0,
    warnings: [] as string[],
    timers: [] as { afterMs: number; run: () => void }[],
  };
  const parts: OrgPullParts = {
    host: {
      ...machine.host,
      startTimer: (afterMs, run) => {
        const timer = { afterMs, run };
        state.timers.push(timer);
        return () => void (state.timers = state.timers.filter((each) => each !== timer));
      },
      log: { info: () => {}, warn: (message) => state.warnings.push(message) },
    },
    store: machine.store,
    folder: machine.folder,
    transport: networkTransport({
      proxyFor: () => undefined,
      signal: () => new AbortController().signal,
      limits: { connectMs: 2_000, totalMs: 2_000 },
    }),
    chance: () => 0.5,
    maySend: () => state.may,
    onChanged: () => (state.changes += 1),
    onAnswered: () => (state.answers += 1),
  };
  const pull = new OrgPull(parts);
  const held = () => readHeldBundle(machine.store, membership.org);
  const give = (bundle: Bundle, keys = [key], headers: Record<string, string> = {}) =>
    collector.script("/v1/bundle", { status: 200, headers, body: signBundle(bundle, keys).toString() });
  return {
    ...{ collector, machine, key, state, pull, held, give },
    /** As in a process that was started again. */
    pullAgain: () => new OrgPull(parts),
    /** Joined, with the keys of the invitation and those that the organisation named. */
    join: (pinned = [key.id], named = [key]): void => {
      machine.join(collector.address);
      const keys = publicOf(...named);
      machine.store.sync.changeConsent({ membership: { ...membership, keys }, keys: pinned });
    },
    bundleOf: (sequence: number, of: Partial<Bundle> = {}): Bundle => ({
      version: 1,
      org: membership.org,
      sequence,
      issuedAt: machine.now() - hour,
      expiresAt: machine.now() + 7 * 24 * hour,
      items: [
        {
          id: "5a1c2b7e-93d4-4f6a-8e21-6c0d9b8a7f10",
          audience: { kind: "everyone" },
          contact: "",
          defaultLocale: "en",
          texts: { en: `Text ${sequence}` },
        },
      ],
      ...of,
    }),
    texts: () => bundleInForce(machine.store, machine.now())?.bundle.items.map((item) => item.texts["en"]),
    /** Looks once, and says why what it got is not used. */
    hear: async (bundle: Bundle, keys: BundleKey[]) => {
      give(bundle, keys);
      await pull.round();
      return held().refused;
    },
    async close(): Promise<void> {
      pull.stop();
      machine.close();
      await collector.close();
    },
  };
}
export type Pulling = Awaited<ReturnType<typeof startPulling>>;
