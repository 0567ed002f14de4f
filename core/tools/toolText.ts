import { commonEnds } from "../text/minimise.ts";
import { diffTexts } from "../text/textDiff.ts";
import { applyReplacements, type TextReplacement } from "../text/textReplacement.ts";
import type { ToolText } from "./toolRecords.ts";

/** Where a piece occurs more often than this, nobody can tell which place was meant. */
const mostPlaces = 20;

/**
 * What a tool's record can mean in a text: the replacements that lead to the text after it, one reading for each place
 * that may have been meant. None where what the record replaces does not stand there.
 */
export function readingsOf(text: string, told: ToolText): (readonly TextReplacement[])[] {
  if (told.kind === "whole") return readingsOfWhole(text, told);
  if (told.kind !== "pieces") return [];
  const pieces = told.pieces.map(({ before, after }) => ({
    before: before === undefined ? undefined : inLinesOf(text, before),
    after: inLinesOf(text, after),
  }));
  const [only] = pieces;
  if (only && pieces.length === 1) return readingsOfPiece(text, only.before, only.after);
  let result = text;
  for (const { before, after } of pieces) {
    const [first] = placesOf(result, before ?? "");
    if (first === undefined) return [];
    result = result.slice(0, first) + after + result.slice(first + before!.length);
  }
  return pieces.length === 0 ? [] : [diffTexts(text, result)];
}

/**
 * What a tool wrote anew is its own as far as it says what was there before: where that is another text, somebody else wrote in
 * between, and the tool's part alone counts. Where it does not say, a change at one place counts; of several, some may be another's.
 */
function readingsOfWhole(
  text: string,
  told: { readonly after: string; readonly before?: string },
): (readonly TextReplacement[])[] {
  const after = inLinesOf(text, told.after);
  if (told.before === undefined) {
    const edit = diffTexts(text, after);
    return isAtOnePlace(text, edit) ? [edit] : [];
  }
  const before = inLinesOf(text, told.before);
  if (before === text) return [diffTexts(text, after)];
  const moved = carriedBack(diffTexts(before, after), diffTexts(text, before));
  return moved ? [moved] : [];
}

/** Whether no line between the changes stayed as it was. */
function isAtOnePlace(text: string, edit: readonly TextReplacement[]): boolean {
  return edit.every(({ start }, index) => {
    const previous = edit[index - 1];
    return !previous || text.slice(previous.end, start).split("\n").length <= 2;
  });
}

/** Replacements in a text, as ones in the text before `changes` led to it; undefined where they touch each other. */
function carriedBack(
  edit: readonly TextReplacement[],
  changes: readonly TextReplacement[],
): TextReplacement[] | undefined {
  let added = 0;
  const made = changes.map(({ start, end, text }) => {
    const from = start + added;
    added += text.length - (end - start);
    return { from, to: from + text.length, added };
  });
  const moved: TextReplacement[] = [];
  for (const { start, end, text } of edit) {
    if (made.some(({ from, to }) => start <= to && end >= from)) return undefined;
    const shift = made.findLast(({ to }) => to < start)?.added ?? 0;
    moved.push({ start: start - shift, end: end - shift, text });
  }
  return moved;
}

/** The texts that may have been there before a tool wrote what its record tells. */
export function textsBefore(text: string, told: ToolText): string[] {
  if (told.kind === "whole") {
    const isThere = inLinesOf(text, told.after) === text;
    return isThere && told.before !== undefined ? [inLinesOf(text, told.before)] : [];
  }
  if (told.kind !== "pieces" || told.pieces.some(({ before }) => before === undefined)) return [];
  const pieces = told.pieces.map(({ before, after }) => ({ before: after, after: before! })).toReversed();
  return readingsOf(text, { kind: "pieces", pieces }).map((reading) => applyReplacements(text, reading));
}

/** What a tool wrote, and where that stands in a text by now. */
export interface WrittenText {
  /** What it put in and took out, without what it left as it was. */
  readonly insertedChars: number;
  readonly deletedChars: number;
  /** In order. Empty where it stands nowhere any more, or at several places and one cannot tell which. */
  readonly stretches: readonly { readonly start: number; readonly end: number }[];
}

/** Undefined where the record does not say what was there before, so that nobody can tell what is new. */
export function writtenText(text: string, told: ToolText): WrittenText | undefined {
  if (told.kind === "whole") {
    if (told.before === undefined) return undefined;
    const after = inLinesOf(text, told.after);
    return placed(diffTexts(inLinesOf(text, told.before), after), after === text ? 0 : undefined);
  }
  if (told.kind !== "pieces" || told.isIfThere) return undefined;
  const written = told.pieces.map(({ before, after }) => {
    if (before === undefined) return undefined;
    const now = inLinesOf(text, after);
    const places = placesOf(text, now);
    return placed(diffTexts(inLinesOf(text, before), now), places.length === 1 ? places[0] : undefined);
  });
  if (!written.every((each) => each !== undefined)) return undefined;
  return {
    insertedChars: written.reduce((sum, each) => sum + each.insertedChars, 0),
    deletedChars: written.reduce((sum, each) => sum + each.deletedChars, 0),
    stretches: written
      .flatMap(({ stretches }) => stretches)
      .sort((one, other) => one.start - other.start)
      .filter(({ start }, index, all) => index === 0 || start >= all[index - 1]!.end),
  };
}

/** A record's text with the line ends of the text it is looked for in. */
export function inLinesOf(text: string, told: string): string {
  const hasReturns = text.includes("\r\n");
  if (hasReturns === told.includes("\r\n")) return told;
  return hasReturns ? told.replace(/\r?\n/g, "\r\n") : told.replaceAll("\r\n", "\n");
}

function readingsOfPiece(
  text: string,
  before: string | undefined,
  after: string,
): (readonly TextReplacement[])[] {
  const places = placesOf(text, before ?? "");
  if (places.length === 0) return [];
  const { prefix, suffix } = commonEnds(before!, after);
  const at = (place: number): TextReplacement => ({
    start: place + prefix,
    end: place + before!.length - suffix,
    text: after.slice(prefix, after.length - suffix),
  });
  const single = places.map((place) => [at(place)]);
  const isApart = places.every((place, index) => index === 0 || place >= places[index - 1]! + before!.length);
  return places.length > 1 && isApart ? [...single, places.map(at)] : single;
}

/** All the places, overlapping or not; none where there are too many. */
function placesOf(text: string, piece: string): number[] {
  const places: number[] = [];
  if (piece === "") return places;
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) {
    if (places.push(at) > mostPlaces) return [];
  }
  return places;
}

function placed(edit: readonly TextReplacement[], from: number | undefined): WrittenText {
  let shift = from ?? 0;
  const stretches = edit.map(({ start, end, text }) => {
    const at = start + shift;
    shift += text.length - (end - start);
    return { start: at, end: at + text.length };
  });
  return {
    insertedChars: edit.reduce((sum, { text }) => sum + text.length, 0),
    deletedChars: edit.reduce((sum, { start, end }) => sum + end - start, 0),
    stretches: from === undefined ? [] : stretches.filter(({ start, end }) => start < end),
  };
}
