import { gunzipSync, gzipSync } from "node:zlib";
import { batchesOf, batchIdOf, halves, recordsOf, renamed } from "../../core/sync/batches.ts";
import { dayEvents } from "../../core/sync/dayEvents.ts";
import { requestSchema, type LogsRequest } from "../../protocol/collector.ts";
import type { OutboxDay } from "../../protocol/sync.ts";
import type { FrozenBatch } from "../store/sync.ts";
import { pseudonymOf, weekKeyOf } from "./pseudonym.ts";

/** Who sends: the organisation's name, and the secret from which the week's pseudonym is made. */
export interface Person {
  readonly org: string;
  readonly secret: string;
}

/** What would leave of these days, as it would leave. */
export function payloadsOf(
  days: readonly OutboxDay[],
  { org, secret }: Person,
  uuid: () => string,
): LogsRequest[] {
  const pseudonyms = (week: string) => pseudonymOf(weekKeyOf(secret, org, week));
  return batchesOf(dayEvents(days, { uuid, pseudonymOf: pseudonyms }), uuid);
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
