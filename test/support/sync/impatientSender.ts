import { randomBytes, randomUUID } from "node:crypto";
import { Sender } from "../../../server/sync/sender.ts";
import { networkTransport } from "../../../server/sync/transport.ts";
import type { Store } from "../../../server/store/store.ts";

/** A clock that runs sixty times as fast, so that what a killed process held is free within half a second. */
export function fastClock(start: number): () => number {
  return () => start + (Date.now() - start) * 60;
}

/** Sends over the network as a machine does, but waits for a thousandth of the time. */
export function impatientSender(store: Store, now: () => number): Sender {
  const under = new AbortController();
  return new Sender({
    host: {
      now,
      elapsedMs: () => performance.now(),
      utcOffsetMinutes: () => 0,
      uuid: randomUUID,
      startTimer: () => () => {},
      log: { info: () => {}, warn: () => {} },
    },
    store,
    transport: networkTransport({
      proxyFor: () => undefined,
      signal: () => under.signal,
      limits: { connectMs: 3_000, totalMs: 3_000 },
    }),
    chance: () => Math.random() / 1000,
    maySend: () => true,
    headers: () => ({}),
    fates: () => [],
    onMembership: () => {},
    bytes: randomBytes,
  });
}
