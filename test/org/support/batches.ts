import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import {
  contractVersion,
  type Attribute,
  type LogRecord,
  type LogsRequest,
} from "../../../protocol/collector.ts";
import { dateOf, epochDayOf, isoWeekOf } from "../../../org/ingest/isoWeek.ts";
import type { Batch, StoredEvent, StoredTally } from "../../../org/store/store.ts";

/** The same name gives the same id in every run. */
export function idOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

export function pseudonymOf(name: string): string {
  return createHash("sha256").update(`person ${name}`).digest("hex").slice(0, 32);
}

/** A device of each pseudonym's own. */
function tagOf(device: string, week: string): string {
  return createHash("sha256").update(`device ${device} ${week}`).digest("hex").slice(0, 32);
}

export interface EventFields {
  name: string;
  /** Days since 1970. */
  day: number;
  person?: string;
  originKind?: string;
  tool?: string | undefined;
  mode?: string | undefined;
  edits?: number;
}

export const today = epochDayOf(Date.now());

export function recordOf({ name, day, ...fields }: EventFields): LogRecord {
  const { person = "a", originKind = "ai", tool = "claude-code", mode = "agent", edits = 12 } = fields;
  const text = (key: string, value: string): Attribute => ({ key, value: { stringValue: value } });
  const whole = (key: string, value: number): Attribute => ({ key, value: { intValue: String(value) } });
  return {
    timeUnixNano: `${day * 86_400}000000000`,
    eventName: "kept.day",
    attributes: [
      text("event.id", idOf(name)),
      text("week", isoWeekOf(day)),
      text("pseudonym", pseudonymOf(`${person} ${isoWeekOf(day)}`)),
      text("origin.kind", originKind),
      ...(originKind === "ai" ? [text("tool", tool), text("mode", mode)] : []),
      whole("edits", edits),
      whole("inserted.chars", 1200),
      whole("kept.chars", 950),
    ],
  };
}

export function requestOf(name: string, records: readonly LogRecord[]): LogsRequest {
  return {
    resourceLogs: [
      {
        resource: { attributes: [{ key: "batch.id", value: { stringValue: idOf(name) } }] },
        scopeLogs: [{ scope: { name: "kept", version: contractVersion }, logRecords: [...records] }],
      },
    ],
  };
}

/** What a sender repeats of a batch in its header: its id, or anything where the body has none. */
export function keyOf(body: string | Uint8Array): string {
  const text = typeof body === "string" ? body : Buffer.from(unpacked(body)).toString("latin1");
  return /"batch\.id","value":\{"stringValue":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? idOf("no batch");
}

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: 2 * 1024 * 1024 });
  } catch {
    return bytes;
  }
}

/** One batch of one person, with so many events of one day. */
export function requestWith(name: string, events: number, fields: Partial<EventFields> = {}): LogsRequest {
  return requestOf(
    name,
    Array.from({ length: events }, (_, index) =>
      recordOf({ name: `${name} ${index}`, day: today, ...fields }),
    ),
  );
}

/** A batch as the stores take it. */
export function batchOf(name: string, events: readonly StoredEvent[], fields: Partial<Batch> = {}): Batch {
  return {
    id: idOf(name),
    week: "2026-W46",
    pseudonym: pseudonymOf("a"),
    team: "everyone",
    tag: tagOf(fields.pseudonym ?? "a", fields.week ?? ""),
    sha256: createHash("sha256").update(name).digest(),
    events,
    tallies: [],
    refused: 0,
    reasons: [],
    ...fields,
  };
}

/** A record of the funnel as the stores take it. */
export function tallyOf(name: string, fields: Partial<StoredTally> = {}): StoredTally {
  return {
    id: idOf(name),
    table: "kept.funnel",
    keys: ["claude-code", "agent"],
    sums: { accepted: 10, undone: 2 },
    ...fields,
  };
}

export function eventOf(name: string, fields: Partial<StoredEvent> = {}): StoredEvent {
  return {
    id: idOf(name),
    day: dateOf(20_770),
    originKind: "ai",
    tool: "claude-code",
    mode: "agent",
    edits: 10,
    insertedChars: 1200,
    keptChars: 950,
    ...fields,
  };
}
