import { gunzipSync, gzipSync } from "node:zlib";
import { batchesOf, batchIdOf, halves, recordsOf, renamed } from "../../core/sync/batches.ts";
import { dayEvents } from "../../core/sync/dayEvents.ts";
import { tallyEvents } from "../../core/sync/tallyEvents.ts";
import { requestSchema, type EventName, type LogsRequest } from "../../protocol/collector.ts";
import type { OutboxDay, OutboxTally } from "../../protocol/sync.ts";
import type { FrozenBatch } from "../store/sync.ts";
import { pseudonymOf, weekKeyOf } from "./pseudonym.ts";

/** Who sends: the organisation's name, and the secret from which the week's pseudonym is made. */
export interface Person {
  readonly org: string;
  readonly secret: string;
}

/** What waits, and the records that the person agreed to. */
export interface Waiting {
  readonly days: readonly OutboxDay[];
  readonly tallies: readonly OutboxTally[];
  readonly events: ReadonlySet<EventName>;
}

/** What would leave of these days, as it would leave. */
export function payloadsOf(
  { days, tallies, events }: Waiting,
  { org, secret }: Person,
  uuid: () => string,
): LogsRequest[] {
  const pseudonyms = (week: string) => pseudonymOf(weekKeyOf(secret, org, week));
  const naming = { uuid, pseudonymOf: pseudonyms };
  const all = [...dayEvents(days, naming), ...tallyEvents(tallies, naming)];
  return batchesOf(
    all.filter(({ name }) => events.has(name)),
    uuid,
  );
}

export function freeze(batch: LogsRequest): FrozenBatch {
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
  const request = requestSchema.parse(JSON.parse(textOf(batch)));
  const requests = into === "renamed" ? [renamed(request, uuid())] : halves(request, uuid);
  return requests.map(freeze);
}
