import { dayEventSchema } from "../../protocol/collector.ts";
import { isCoarse } from "../../protocol/sentFields.ts";
import { tallies, tallyEventSchemas, type TallyName } from "../../protocol/tallies.ts";
import type { StoredEvent } from "../store/store.ts";
import { dateOf, isoWeekOf } from "./isoWeek.ts";
import { daySeconds, storedTally, whyNotThatDay, type ReadRecord } from "./readRecord.ts";

export const uuidPattern = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

const attribute = (key: string, kind: "stringValue" | "intValue", value: string) =>
  `\\{"key":"${key.replaceAll(".", "\\.")}","value":\\{"${kind}":"${value}"\\}\\}`;
export const textPattern = (key: string, value: string) => attribute(key, "stringValue", value);
/** A name of a list, whichever, or an id. */
const name = (key: string) => textPattern(key, "([0-9A-Za-z-]{1,36})");
const count = (key: string) => attribute(key, "intValue", "(\\d{1,15})");
const ofEvery = [
  textPattern("event.id", `(${uuidPattern})`),
  textPattern("week", "([\\dW-]{8})"),
  textPattern("pseudonym", "([0-9a-f]{32})"),
];
const attributes = (...each: string[]) => new RegExp(`${[...ofEvery, ...each].join(",")}\\]\\}`, "y");

const beginning = /\{"timeUnixNano":"(\d{1,10})000000000","eventName":"([a-z.]{1,32})","attributes":\[/y;
const dayAttributes = attributes(
  `${name("origin.kind")}(?:,${name("tool")},${name("mode")})?`,
  ...["edits", "inserted.chars", "kept.chars"].map(count),
);
const tables = new Map(
  Object.entries(tallies).map(([table, { keys, sums }]) => {
    const [keyNames, sumNames] = [Object.keys(keys), Object.keys(sums)];
    const pattern = attributes(...keyNames.map(name), ...sumNames.map(count));
    return [table, { table: table as TallyName, keyNames, sumNames, pattern }] as const;
  }),
);

/** A record, and where the next thing begins. */
export interface UsualRecord extends ReadRecord {
  readonly end: number;
}

/**
 * The record at a place of a text, if it is a good one to the letter as editors write it: told at a fraction of the schemas'
 * price. Undefined where anything at all is otherwise; whatever passes here passes there, and means the same.
 */
export function usualRecord(body: string, at: number, now: number): UsualRecord | undefined {
  beginning.lastIndex = at;
  const [, seconds = "", eventName = ""] = beginning.exec(body) ?? [];
  const day = dayOf(seconds, now);
  if (day === undefined) return undefined;
  const table = tables.get(eventName);
  if (table === undefined && eventName !== "kept.day") return undefined;
  const pattern = table?.pattern ?? dayAttributes;
  pattern.lastIndex = beginning.lastIndex;
  const said = pattern.exec(body);
  if (said === null || said[2] !== day.week) return undefined;
  const content = table === undefined ? editsOf(said, day.date) : tallyOf(said, table);
  return content && { week: day.week, pseudonym: said[3] as string, content, end: pattern.lastIndex };
}

interface Day {
  readonly seconds: string;
  readonly now: number;
  readonly date: string;
  readonly week: string;
}

/** Of the record before, which nearly always is of the same day. */
let lastDay: Day | undefined;

function dayOf(seconds: string, now: number): Day | undefined {
  if (lastDay?.seconds === seconds && lastDay.now === now) return lastDay;
  const day = Number(seconds) / daySeconds;
  if (seconds === "" || whyNotThatDay(day, now) !== undefined) return undefined;
  lastDay = { seconds, now, date: dateOf(day), week: isoWeekOf(day) };
  return lastDay;
}

const { shape } = dayEventSchema;
const originKinds: ReadonlySet<string> = new Set(shape["origin.kind"].options);
const tools: ReadonlySet<string> = new Set(shape.tool.unwrap().options);
const modes: ReadonlySet<string> = new Set(shape.mode.unwrap().options);

function editsOf(said: RegExpExecArray, day: string): ReadRecord["content"] | undefined {
  const [, id = "", , , originKind = "", tool, mode] = said;
  const [edits, insertedChars, keptChars] = [Number(said[7]), Number(said[8]), Number(said[9])];
  if (!originKinds.has(originKind) || (originKind === "ai") !== (tool !== undefined)) return undefined;
  if (tool !== undefined && !(tools.has(tool) && modes.has(mode ?? ""))) return undefined;
  if (!isCount(edits) || !isCount(insertedChars) || !isCount(keptChars)) return undefined;
  if (keptChars > insertedChars) return undefined;
  const event: StoredEvent = {
    ...{ id, day, originKind, tool: tool ?? null, mode: mode ?? null, edits, insertedChars, keptChars },
  };
  return { of: "edits", event };
}

function isCount(number: number): boolean {
  return number <= 1_000_000_000 && isCoarse(number);
}

interface Table {
  readonly table: TallyName;
  readonly keyNames: readonly string[];
  readonly sumNames: readonly string[];
}

function tallyOf(
  said: RegExpExecArray,
  { table, keyNames, sumNames }: Table,
): ReadRecord["content"] | undefined {
  const values: Record<string, unknown> = { "event.id": said[1], week: said[2], pseudonym: said[3] };
  let at = 4;
  for (const key of keyNames) values[key] = said[at++];
  for (const sum of sumNames) values[sum] = Number(said[at++]);
  const read = tallyEventSchemas[table].safeParse(values);
  return read.success ? { of: "tally", tally: storedTally(table, read.data) } : undefined;
}
