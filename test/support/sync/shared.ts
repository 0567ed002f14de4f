import { usualProxySettings } from "../../../protocol/proxySettings.ts";
import { randomBytes } from "node:crypto";
import { shareAndHeed, type Sharing } from "../../../server/sync/shareAndHeed.ts";
import { networkTransport } from "../../../server/sync/transport.ts";
import type { Machine } from "./machine.ts";

export interface Shared {
  readonly sharing: Sharing;
  /** Every address that was asked, whether or not somebody was there. */
  readonly asked: string[];
  /** Lets what was planned happen, one after the other. */
  pass(most?: number): Promise<void>;
}

interface Window {
  readonly folders: () => readonly string[];
  readonly policyFile: string;
  readonly telemetry?: boolean | undefined;
}

/** All of sharing in one window of a machine, with timers that go off when they are told to. Undefined telemetry is not told. */
export function shareFrom(machine: Machine, { folders, policyFile, ...given }: Window): Shared {
  let timers: { readonly run: () => void }[] = [];
  const asked: string[] = [];
  const sharing = shareAndHeed({
    host: {
      ...machine.host,
      startTimer: (_afterMs, run) => {
        const timer = { run };
        timers.push(timer);
        return () => void (timers = timers.filter((each) => each !== timer));
      },
    },
    store: machine.store,
    folder: machine.folder,
    folders,
    bytes: randomBytes,
    chance: () => 0,
    policyFile,
    transport: (signal) => {
      const send = networkTransport({ proxyFor: () => undefined, signal });
      return (request) => {
        asked.push(new URL(request.url).origin);
        return send(request);
      };
    },
    onChanged: () => {},
  });
  const { telemetry } = { telemetry: true, ...given };
  if (telemetry !== undefined) sharing.follow({ telemetry, proxy: usualProxySettings });
  return {
    sharing,
    asked,
    async pass(most = 8) {
      for (let count = 0; count < most; count++) {
        const next = timers.shift();
        if (!next) return;
        const before = timers.length;
        next.run();
        // A round that is over plans the next, unless nothing is left to do.
        for (let look = 0; look < 30 && timers.length === before; look++)
          await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}
