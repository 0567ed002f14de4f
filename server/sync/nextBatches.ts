import { agreedEvents } from "../../core/sync/catalogue.ts";
import type { LeavingBatch } from "../../core/sync/batches.ts";
import { promptAudiences } from "../bundles/heldBundle.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { payloadsOf, personOf } from "./freeze.ts";
import { readFates } from "./readFates.ts";
import { survivalDue } from "./survival.ts";

const never = "9999-12-31";

/** What waits for its day, or its week, to end, as it would be frozen now; ids are made anew each time. */
export function nextBatches(store: Store, host: Host, folder: string): LeavingBatch[] {
  const { sync } = store;
  const consent = sync.readConsent();
  if (!consent) return [];
  const waiting = {
    days: sync.readOutbox(never),
    tallies: [
      ...sync.readTallies(never),
      ...survivalDue(store, host, consent, () => readFates(folder)).tallies,
    ],
    events: agreedEvents(consent),
    audiences: promptAudiences(store, host.now()),
  };
  return payloadsOf(waiting, personOf(consent), () => host.uuid());
}
