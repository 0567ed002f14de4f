import { contractVersion, limits, type Attribute } from "../../protocol/collector.ts";
import type { SinkRecord, SinkRequest } from "../../protocol/sink.ts";
import type { DatedEvent } from "./dayEvents.ts";

/** A record as it leaves, for a collector of Kept's or for any other. */
export type LeavingRecord = Omit<SinkRecord, "eventName" | "body"> & {
  readonly eventName: DatedEvent["name"];
  readonly body?: SinkRecord["body"];
};

type LeavingScope = Omit<SinkRequest["resourceLogs"][number]["scopeLogs"][number], "logRecords"> & {
  readonly logRecords: readonly LeavingRecord[];
};
type LeavingResource = Omit<SinkRequest["resourceLogs"][number], "scopeLogs"> & {
  readonly scopeLogs: readonly LeavingScope[];
};
export interface LeavingBatch {
  readonly resourceLogs: readonly LeavingResource[];
}

/**
 * Batches of one week each: a collector refuses more, because two weeks in one batch would be linked. The largest are half a
 * megabyte, and some 30 KB as gzip.
 */
export function batchesOf(
  events: readonly DatedEvent[],
  uuid: () => string,
  { withBody }: { readonly withBody: boolean } = { withBody: false },
): LeavingBatch[] {
  const weeks = new Map<string, DatedEvent[]>();
  for (const dated of events) {
    const week = weeks.get(dated.event.week);
    if (week) week.push(dated);
    else weeks.set(dated.event.week, [dated]);
  }
  return [...weeks.values()].flatMap((ofWeek) =>
    chunks(
      ofWeek.map((dated) => recordOf(dated, withBody)),
      limits.records,
    ).map((records) => batchOf(uuid(), records)),
  );
}

/** The same records under a new id. */
export function renamed(batch: LeavingBatch, id: string): LeavingBatch {
  return batchOf(id, recordsOf(batch));
}

/** Two batches with half of the records each; none where there is only one record. */
export function halves(batch: LeavingBatch, uuid: () => string): LeavingBatch[] {
  const records = recordsOf(batch);
  if (records.length < 2) return [];
  return chunks(records, Math.ceil(records.length / 2)).map((half) => batchOf(uuid(), half));
}

export function batchIdOf(batch: LeavingBatch): string {
  const { attributes } = batch.resourceLogs[0]!.resource;
  const found = attributes.find(({ key }) => key === "batch.id")?.value;
  return found && "stringValue" in found ? found.stringValue : "";
}

export function recordsOf(batch: LeavingBatch): readonly LeavingRecord[] {
  return batch.resourceLogs[0]!.scopeLogs[0]!.logRecords;
}

function batchOf(id: string, logRecords: readonly LeavingRecord[]): LeavingBatch {
  return {
    resourceLogs: [
      {
        resource: { attributes: [textAttribute("batch.id", id), textAttribute("service.name", "kept")] },
        scopeLogs: [{ scope: { name: "kept", version: contractVersion }, logRecords: [...logRecords] }],
      },
    ],
  };
}

function recordOf({ day, name, event }: DatedEvent, withBody: boolean): LeavingRecord {
  return {
    timeUnixNano: `${Date.parse(`${day}T00:00:00Z`)}000000`,
    eventName: name,
    ...(withBody ? { body: { stringValue: name } } : {}),
    attributes: Object.entries(event).flatMap(([key, value]): Attribute[] => {
      if (value === undefined) return [];
      return [
        typeof value === "number" ? { key, value: { intValue: String(value) } } : textAttribute(key, value),
      ];
    }),
  };
}

function textAttribute(key: string, stringValue: string): Attribute {
  return { key, value: { stringValue } };
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const found: Item[][] = [];
  for (let at = 0; at < items.length; at += size) found.push(items.slice(at, at + size));
  return found;
}
