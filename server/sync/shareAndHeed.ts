import { Heeding, type HeedingRequests } from "../bundles/heeding.ts";
import { Sync, type SyncOptions, type SyncRequests } from "./sync.ts";

export type SharingRequests = SyncRequests & HeedingRequests;

export interface Sharing extends Pick<Sync, "follow" | "changed" | "stop"> {
  readonly requests: SharingRequests;
}

/** What goes to an organisation, and what comes back from it. */
export function shareAndHeed(options: SyncOptions): Sharing {
  const sync = new Sync({ ...options, onConsent: (isOwnAct) => heeding.consentChanged(isOwnAct) });
  const heeding = new Heeding(options, sync);
  return {
    requests: { ...sync.requests, ...heeding.requests },
    follow: (may) => sync.follow(may),
    changed: () => sync.changed(),
    stop: () => {
      sync.stop();
      heeding.stop();
    },
  };
}
