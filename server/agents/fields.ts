import path from "node:path";

/** Reads fields of records that other programs wrote, of which nothing can be taken for granted. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A name that may be stored: not empty and not endless. */
export function nameOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= 200 ? value : undefined;
}

/** No request takes more tokens; sums of what does would be no numbers any more. */
const mostCounted = 1e12;

/** Whether it can be a count of tokens. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= mostCounted;
}

/** Dollars that no single request costs. */
const mostMoney = 1e6;

/** What something cost, where it is said. */
export function countedMoney(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 && value <= mostMoney ? value : undefined;
}

/** A count; anything else counts as none. */
export function countOf(value: unknown): number {
  return typeof value === "number" && value > 0 && value <= mostCounted ? Math.floor(value) : 0;
}

/** Where a file lies; undefined where a tool gives it relative to a folder and does not say to which. */
export function placeOf(folder: string | undefined, file: string): string | undefined {
  if (path.isAbsolute(file)) return path.resolve(file);
  return folder !== undefined && path.isAbsolute(folder) ? path.resolve(folder, file) : undefined;
}

/** Milliseconds since 1970, of a date as text or as a number of them. */
export function timeOf(value: unknown): number | undefined {
  const at = typeof value === "string" ? (usualTime(value) ?? Date.parse(value)) : value;
  return typeof at === "number" && Number.isFinite(at) && at > 0 && at < 8.64e15 ? Math.trunc(at) : undefined;
}

/** The minute that was told of last: of a log most lines are of the same one as the line before. */
let minute = { text: "", at: 0 };
/** As in 2026-01-31T09:30: and then 12.345Z. */
const minuteLetters = 17;
const timeLetters = 24;
const afterSeconds = 19;

/** A time as nearly all tools write it, found in a fraction of the time; undefined for what is written otherwise. */
function usualTime(text: string): number | undefined {
  if (text.length !== timeLetters || text[afterSeconds] !== "." || !text.endsWith("Z")) return undefined;
  const seconds = digitsOf(text, minuteLetters, 2);
  const milliseconds = digitsOf(text, afterSeconds + 1, 3);
  if (!(seconds < 60 && milliseconds >= 0)) return undefined;
  if (!text.startsWith(minute.text) || minute.text === "") {
    const start = text.slice(0, minuteLetters);
    // Of midnight as 24:00 only the first moment is a time.
    const last = Date.parse(`${start}59.999Z`);
    if (Number.isNaN(last)) return undefined;
    minute = { text: start, at: last - 59_999 };
  }
  return minute.at + seconds * 1000 + milliseconds;
}

/** NaN where one of them is none. */
function digitsOf(text: string, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : NaN;
  }
  return number;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text) as unknown;
  } catch {
    return undefined;
  }
}
