import { commonEnds } from "./minimise.ts";
import { diffTexts } from "./textDiff.ts";
import type { TextReplacement } from "./textReplacement.ts";
import type { ToolText } from "./toolRecords.ts";

/** Where a piece occurs more often than this, nobody can tell which place was meant. */
const mostPlaces = 20;

/**
 * What a tool's record can mean in a text: the replacements that lead to the text after it, one reading for each place
 * that may have been meant. None where what the record replaces does not stand there.
 */
export function readingsOf(text: string, told: ToolText): (readonly TextReplacement[])[] {
  if (told.kind === "whole") return [diffTexts(text, inLinesOf(text, told.after))];
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
 * Where what a tool wrote stands in a text by now: the stretches that it put in, without what it left as it was. Nothing
 * where it stands nowhere, or at several places and one cannot tell which.
 */
export function writtenStretches(text: string, told: ToolText): { start: number; end: number }[] {
  if (told.kind === "whole") {
    const after = inLinesOf(text, told.after);
    if (after !== text || told.before === undefined) return [];
    return insertedBy(diffTexts(inLinesOf(text, told.before), after), 0);
  }
  if (told.kind !== "pieces") return [];
  return told.pieces.flatMap(({ before, after }) => {
    const written = inLinesOf(text, after);
    const places = placesOf(text, written);
    if (places.length !== 1) return [];
    return insertedBy(diffTexts(inLinesOf(text, before ?? ""), written), places[0]!);
  });
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

function insertedBy(edit: readonly TextReplacement[], from: number): { start: number; end: number }[] {
  let shift = from;
  return edit.flatMap(({ start, end, text }) => {
    const at = start + shift;
    shift += text.length - (end - start);
    return text === "" ? [] : [{ start: at, end: at + text.length }];
  });
}
