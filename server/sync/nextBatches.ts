import { agreedEvents } from "../../core/sync/catalogue.ts";
import type { LogsRequest } from "../../protocol/collector.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { payloadsOf } from "./freeze.ts";

const never = "9999-12-31";

/** What waits for its day to end, as it would be frozen now; ids are made anew each time. */
export function nextBatches({ sync }: Store, host: Host): LogsRequest[] {
  const consent = sync.readConsent();
  if (!consent) return [];
  const waiting = {
    days: sync.readOutbox(never),
    tallies: sync.readTallies(never),
    events: agreedEvents(consent.agreed),
  };
  const person = { org: consent.membership?.org ?? "", secret: consent.secret };
  return payloadsOf(waiting, person, () => host.uuid());
}
