import {
  dayEventSchema,
  limits,
  recordSchema,
  type Attribute,
  type DayEvent,
  type EventName,
  type Reason,
} from "../../protocol/collector.ts";
import { tallies, tallyEventSchemas, type TallyName } from "../../protocol/tallies.ts";
import type { StoredEvent, StoredTally } from "../store/store.ts";
import { inPlainWords, reason, reasonsOf } from "./explain.ts";
import { dateOf, isoWeekOf } from "./isoWeek.ts";

type Path = readonly (string | number)[];

export interface ReadRecord {
  readonly week: string;
  readonly pseudonym: string;
  readonly content:
    | { readonly of: "edits"; readonly event: StoredEvent }
    | { readonly of: "tally"; readonly tally: StoredTally };
}

export type RecordOutcome =
  { readonly ok: true; readonly record: ReadRecord } | { readonly ok: false; readonly reasons: Reason[] };

export const daySeconds = 86_400;
/** The calendar's day is ahead of UTC by at most this much, and behind by at most 12 hours. */
const aheadOfUtcMs = 14 * 3_600_000;
const behindUtcMs = 12 * 3_600_000;

/** Reads one log record that arrived at a time, in milliseconds since 1970. */
export function readRecord(input: unknown, base: Path, now: number): RecordOutcome {
  const parsed = recordSchema.safeParse(input, { error: inPlainWords });
  if (!parsed.success) {
    return { ok: false, reasons: reasonsOf(parsed.error, base, (path) => attributeNameAt(input, path)) };
  }
  const { timeUnixNano, eventName, attributes } = parsed.data;
  const seconds = Number(timeUnixNano.slice(0, -"000000000".length));
  const day = seconds / daySeconds;
  const wrongDay = whyNotThatDay(day, now);
  if (wrongDay !== undefined) {
    return { ok: false, reasons: [reason([...base, "timeUnixNano"], wrongDay)] };
  }
  const read = readContent(eventName, attributes, day, [...base, "attributes"]);
  if (!read.ok) {
    return read;
  }
  const event = read.value;
  if (isoWeekOf(day) !== event.week) {
    const at = attributes.findIndex(({ key }) => key === "week");
    const detail = "expected the ISO week of the record's day";
    return { ok: false, reasons: [reason([...base, "attributes", at, "value"], detail, "week")] };
  }
  return {
    ok: true,
    record: { week: event.week, pseudonym: event.pseudonym, content: read.content },
  };
}

/** What the attribute is called whose value is wrong: its place alone would tell nobody. */
function attributeNameAt(input: unknown, [list, index, part]: readonly PropertyKey[]): string | undefined {
  if (list !== "attributes" || part !== "value" || typeof index !== "number") return undefined;
  const { attributes } = input as { readonly attributes: readonly { readonly key?: unknown }[] };
  const key = attributes[index]?.key;
  return typeof key === "string" && key !== "" ? key : undefined;
}

function readContent(eventName: EventName, attributes: readonly Attribute[], day: number, base: Path) {
  if (eventName === "kept.day") {
    const read = readAttributes(attributes, dayEventSchema, base);
    return read.ok
      ? ({ ...read, content: { of: "edits", event: storedEvent(read.value, day) } } as const)
      : read;
  }
  const read = readAttributes<TallyEvent>(attributes, tallyEventSchemas[eventName], base);
  return read.ok
    ? ({ ...read, content: { of: "tally", tally: storedTally(eventName, read.value) } } as const)
    : read;
}

type TallyEvent = Pick<DayEvent, "event.id" | "week" | "pseudonym"> &
  Readonly<Record<string, string | number>>;

interface AttributeSchema<Value> {
  readonly shape: Readonly<Record<string, unknown>>;
  safeParse(
    input: unknown,
    params: { error: typeof inPlainWords },
  ): { success: true; data: Value } | { success: false; error: Parameters<typeof reasonsOf>[0] };
}

/** An OTLP list of attributes as the object its schema describes. */
export function readAttributes<Value>(
  attributes: readonly Attribute[],
  schema: AttributeSchema<Value>,
  base: Path,
): { ok: true; value: Value } | { ok: false; reasons: Reason[] } {
  const values: Record<string, string | number> = {};
  const reasons: Reason[] = [];
  for (let index = 0; index < attributes.length; index++) {
    const { key, value } = attributes[index] as Attribute;
    if (!Object.hasOwn(schema.shape, key)) {
      reasons.push(reason([...base, index, "key"], "not in the contract", key));
    } else if (Object.hasOwn(values, key)) {
      reasons.push(reason([...base, index, "key"], "given twice", key));
    } else {
      values[key] = "intValue" in value ? Number(value.intValue) : value.stringValue;
    }
  }
  const parsed = schema.safeParse(values, { error: inPlainWords });
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      const name = String(path[0] ?? "attributes");
      const place = attributes.findIndex(({ key }) => key === name);
      reasons.push(reason(place === -1 ? base : [...base, place, "value"], message, name));
    }
  }
  return parsed.success && reasons.length === 0
    ? { ok: true, value: parsed.data }
    : { ok: false, reasons: reasons.slice(0, limits.reasons) };
}

/** Undefined for a day, since 1970, that a record can be of now. */
export function whyNotThatDay(day: number, now: number): string | undefined {
  const dayMs = daySeconds * 1000;
  if (!Number.isInteger(day)) {
    return "expected midnight UTC of a day";
  }
  if (day * dayMs > now + aheadOfUtcMs) {
    return "expected a day that has begun";
  }
  if (day < Math.floor((now - behindUtcMs) / dayMs) - limits.ageDays) {
    return `expected a day not more than ${limits.ageDays} days ago`;
  }
  return undefined;
}

function storedEvent(event: DayEvent, day: number): StoredEvent {
  return {
    id: event["event.id"],
    day: dateOf(day),
    originKind: event["origin.kind"],
    tool: event.tool ?? null,
    mode: event.mode ?? null,
    edits: event.edits,
    insertedChars: event["inserted.chars"],
    keptChars: event["kept.chars"],
  };
}

export function storedTally(table: TallyName, event: TallyEvent): StoredTally {
  const { keys, sums } = tallies[table];
  return {
    id: event["event.id"],
    table,
    keys: Object.keys(keys).map((name) => String(event[name])),
    sums: Object.fromEntries(
      Object.keys(sums).flatMap((name) => (event[name] === 0 ? [] : [[name, Number(event[name])]])),
    ),
  };
}
