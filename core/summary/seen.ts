import { linesOf } from "../provenance/provenanceLines.ts";
import type { Spans } from "../spans/spans.ts";

/**
 * What of an edit was on screen: places among the code units that are left of it, in their order. It holds while that
 * many are left. When some of them go, only an edit that was seen whole stays seen.
 */
export interface Seen {
  readonly length: number;
  /** Sorted and apart from each other: start and end, in turn. */
  readonly places: readonly number[];
}

/** Counted from 0; both ends included. */
export interface LineRange {
  readonly firstLine: number;
  readonly lastLine: number;
}

/** What is on screen for so long has been seen, however few lines it is. */
const leastMs = 2000;
const msOfLine = 200;

/** How long unread lines have to be on screen together until they count as seen. */
export function timeToRead(lines: number): number {
  return Math.max(leastMs, lines * msOfLine);
}

export function writeSeen({ length, places }: Seen): string {
  return JSON.stringify([length, ...places]);
}

/** Undefined where the stored form makes no sense. */
export function readSeen(stored: string): Seen | undefined {
  const parsed: unknown = JSON.parse(stored);
  if (!Array.isArray(parsed) || !parsed.every((value) => Number.isSafeInteger(value))) return undefined;
  const [length, ...places] = parsed as number[];
  return length === undefined || places.length % 2 === 1 ? undefined : { length, places };
}

/** Which edits' text is asked about, and what of them was seen. Undefined for text that need not be read. */
export type SeenOf = (editId: string) => Seen | "unread" | undefined;

/** Lines with text that was never on screen. Blanks at the ends of lines are nothing to read. */
export function unreadLines(text: string, spans: Spans, seenOf: SeenOf): number[] {
  const unread = unreadRuns(spans, seenOf);
  if (unread.length === 0) return [];
  const lines: number[] = [];
  let next = 0;
  for (const { number, start, end } of linesOf(text)) {
    while (next < unread.length && unread[next]!.end <= start) next++;
    for (let at = next; at < unread.length && unread[at]!.start < end; at++) {
      const run = unread[at]!;
      if (text.slice(Math.max(start, run.start), Math.min(end, run.end)).trim() === "") continue;
      lines.push(number);
      break;
    }
  }
  return lines;
}

/** Lines in a row, together. */
export function rangesOfLines(lines: readonly number[]): LineRange[] {
  const ranges: { firstLine: number; lastLine: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last?.lastLine === line - 1) last.lastLine = line;
    else ranges.push({ firstLine: line, lastLine: line });
  }
  return ranges;
}

/** What of edits has been seen once these offsets were. Gives those of which that is news. */
export function seenAfter(
  spans: Spans,
  offsets: readonly { readonly start: number; readonly end: number }[],
  seenOf: SeenOf,
): Map<string, Seen> {
  const news = new Map<string, Seen>();
  for (const { owner, start, end, from, length } of placedRuns(spans)) {
    const before = news.get(owner) ?? seenOf(owner);
    if (before === undefined) continue;
    const known = before !== "unread" && before.length === length ? before.places : wholeIf(before, length);
    let places = known;
    for (const range of offsets) {
      const [first, last] = [Math.max(start, range.start), Math.min(end, range.end)];
      if (first < last) places = withPlace(places, from + first - start, from + last - start);
    }
    if (places !== known) news.set(owner, { length, places });
  }
  return news;
}

interface UnreadRun {
  readonly start: number;
  readonly end: number;
}

function unreadRuns(spans: Spans, seenOf: SeenOf): UnreadRun[] {
  const unread: UnreadRun[] = [];
  for (const { owner, start, end, from, length } of placedRuns(spans)) {
    const seen = seenOf(owner);
    if (seen === undefined) continue;
    const places = seen !== "unread" && seen.length === length ? seen.places : wholeIf(seen, length);
    let at = from;
    const to = from + end - start;
    for (let index = 0; index < places.length && at < to; index += 2) {
      const [first, last] = [places[index]!, places[index + 1]!];
      if (last <= at) continue;
      if (first > at) unread.push({ start: start + at - from, end: start + Math.min(first, to) - from });
      at = Math.max(at, last);
    }
    if (at < to) unread.push({ start: start + at - from, end });
  }
  return unread;
}

/** Each run with its place among the text that is left of its edit. */
function* placedRuns(spans: Spans) {
  const before = new Map<string, number>();
  for (const { owner, start, end } of spans.runs()) {
    if (owner === undefined) continue;
    const from = before.get(owner) ?? 0;
    before.set(owner, from + end - start);
    const { kept, restored } = spans.ownedBy(owner);
    yield { owner, start, end, from, length: kept + restored };
  }
}

/** What was seen whole stays seen when it becomes less, and is unread again when it becomes more. */
function wholeIf(seen: Seen | "unread", length: number): readonly number[] {
  if (seen === "unread" || length > seen.length) return [];
  const [start, end] = seen.places;
  return seen.places.length === 2 && start === 0 && end === seen.length ? [0, length] : [];
}

/** The same places where that one was among them already. */
function withPlace(places: readonly number[], start: number, end: number): readonly number[] {
  const ranges: [number, number][] = [];
  for (let index = 0; index < places.length; index += 2) {
    const [first, last] = [places[index]!, places[index + 1]!];
    if (first <= start && end <= last) return places;
    if (last < start || end < first) ranges.push([first, last]);
    else [start, end] = [Math.min(start, first), Math.max(end, last)];
  }
  return [...ranges, [start, end] as [number, number]].sort(([one], [other]) => one - other).flat();
}
