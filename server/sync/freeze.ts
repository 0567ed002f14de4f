import { gunzipSync, gzipSync } from "node:zlib";
import {
  batchesOf,
  batchIdOf,
  halves,
  recordsOf,
  renamed,
  type LeavingBatch,
} from "../../core/sync/batches.ts";
import type { LeavingName } from "../../core/sync/catalogue.ts";
import { dayEvents } from "../../core/sync/dayEvents.ts";
import { tallyEvents, type Audiences } from "../../core/sync/tallyEvents.ts";
import { asWeeks } from "../../core/sync/weeks.ts";
import { requestSchema } from "../../protocol/collector.ts";
import { sinkRequestSchema } from "../../protocol/sink.ts";
import type { Consent, OutboxDay, OutboxTally } from "../../protocol/sync.ts";
import type { FrozenBatch } from "../store/sync.ts";
import { pseudonymOf, weekKeyOf } from "./pseudonym.ts";

/** Who sends: to what, the organisation's name, and the secret from which the week's pseudonym is made. */
export interface Person {
  readonly mode: Consent["mode"];
  readonly org: string;
  readonly secret: string;
}

/** A collector that is not Kept's has no name but its address. */
export function personOf({ mode, membership, endpoint, secret }: Consent): Person {
  return { mode, org: mode === "sink" ? endpoint : (membership?.org ?? ""), secret };
}

/** What waits, and the records that the person agreed to. */
export interface Waiting {
  readonly days: readonly OutboxDay[];
  readonly tallies: readonly OutboxTally[];
  readonly events: ReadonlySet<LeavingName>;
  readonly audiences?: Audiences;
}

/** What would leave of these days, as it would leave. */
export function payloadsOf(
  { days, tallies, events, audiences }: Waiting,
  { mode, org, secret }: Person,
  uuid: () => string,
): LeavingBatch[] {
  const pseudonyms = (week: string) => pseudonymOf(weekKeyOf(secret, org, week));
  const naming = { uuid, pseudonymOf: pseudonyms };
  const all =
    mode === "sink"
      ? [
          ...dayEvents(asWeeks(days), naming).map((event) => ({ ...event, name: "kept.week" as const })),
          ...tallyEvents(asWeeks(tallies), naming, audiences),
        ]
      : [...dayEvents(days, naming), ...tallyEvents(tallies, naming, audiences)];
  return batchesOf(
    all.filter(({ name }) => events.has(name)),
    uuid,
    { withBody: mode === "sink" },
  );
}

export function freeze(batch: LeavingBatch): FrozenBatch {
  const records = recordsOf(batch);
  const week = records[0]!.attributes.find(({ key }) => key === "week")!.value;
  return {
    id: batchIdOf(batch),
    week: "stringValue" in week ? week.stringValue : "",
    records: records.length,
    bytes: gzipSync(JSON.stringify(batch)),
  };
}

/** The text of a frozen batch, as it leaves or left. */
export function textOf({ bytes }: Pick<FrozenBatch, "bytes">): string {
  return gunzipSync(bytes).toString("utf8");
}

/** The same records in other batches: under another id, or in halves. None where there is nothing to halve. */
export function thaw(
  batch: Pick<FrozenBatch, "bytes">,
  into: "renamed" | "halves",
  uuid: () => string,
): FrozenBatch[] {
  const request: LeavingBatch = frozenSchema.parse(JSON.parse(textOf(batch)));
  const requests = into === "renamed" ? [renamed(request, uuid())] : halves(request, uuid);
  return requests.map(freeze);
}

const frozenSchema = requestSchema.or(sinkRequestSchema);
