import { minimiseAll } from "./minimise.ts";
import { diffSequences, type Budget, type Difference } from "./sequenceDiff.ts";
import type { TextReplacement } from "./textReplacement.ts";

/** Comparisons for one diff: some tenths of a second at worst, and then coarser replacements. */
const comparisons = 4_000_000;

/** Differences closer than this are one: what lies between them is alike by chance. */
const shortestGap = 3;

/** Words longer than this are compared as wholes. */
const longestWord = 200;

/**
 * The replacements that turn one text into another, for when only the outcome is known: a reload, a whole document
 * set anew, an answer that was streamed in. Lines are compared first, then the words of lines that differ, then the
 * letters of words that are mostly alike.
 */
export function diffTexts(before: string, after: string): TextReplacement[] {
  if (before === after) return [];
  const budget: Budget = { left: comparisons };
  const replacements = diffPieces(before.split(/(?<=\n)/), after.split(/(?<=\n)/), budget).flatMap(
    (lines) => {
      if (lines.before === "" || lines.after === "") return [asReplacement(lines)];
      const words = diffPieces(toWords(lines.before), toWords(lines.after), budget).flatMap((piece) =>
        diffLetters(piece, budget),
      );
      const shifted = words.map((piece) => ({
        ...piece,
        beforeStart: lines.beforeStart + piece.beforeStart,
        afterStart: lines.afterStart + piece.afterStart,
      }));
      return joinClose(shifted, before, after).map(asReplacement);
    },
  );
  return minimiseAll(before, replacements);
}

/** A stretch of both texts that differs. */
interface Piece {
  readonly beforeStart: number;
  readonly before: string;
  readonly afterStart: number;
  readonly after: string;
}

function diffPieces(before: readonly string[], after: readonly string[], budget: Budget): Piece[] {
  const numbers = new Map<string, number>();
  const numberOf = (part: string) => {
    let number = numbers.get(part);
    if (number === undefined) numbers.set(part, (number = numbers.size));
    return number;
  };
  const beforeOffsets = offsetsOf(before);
  const afterOffsets = offsetsOf(after);
  return diffSequences(before.map(numberOf), after.map(numberOf), budget).map(
    (difference: Difference): Piece => ({
      beforeStart: beforeOffsets[difference.firstStart]!,
      before: before.slice(difference.firstStart, difference.firstEnd).join(""),
      afterStart: afterOffsets[difference.secondStart]!,
      after: after.slice(difference.secondStart, difference.secondEnd).join(""),
    }),
  );
}

/** One word in place of another: by letters if at least two thirds of both are alike. */
function diffLetters(piece: Piece, budget: Budget): Piece[] {
  if (!isWord(piece.before) || !isWord(piece.after)) return [piece];
  const letters = diffPieces(piece.before.split(""), piece.after.split(""), budget);
  const changed = letters.reduce((sum, letter) => sum + letter.before.length + letter.after.length, 0);
  if (3 * changed > piece.before.length + piece.after.length) return [piece];
  return letters.map((letter) => ({
    ...letter,
    beforeStart: piece.beforeStart + letter.beforeStart,
    afterStart: piece.afterStart + letter.afterStart,
  }));
}

function joinClose(pieces: readonly Piece[], before: string, after: string): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const previous = joined.at(-1);
    if (previous && piece.beforeStart - (previous.beforeStart + previous.before.length) < shortestGap) {
      joined[joined.length - 1] = {
        ...previous,
        before: before.slice(previous.beforeStart, piece.beforeStart + piece.before.length),
        after: after.slice(previous.afterStart, piece.afterStart + piece.after.length),
      };
    } else {
      joined.push(piece);
    }
  }
  return joined;
}

function asReplacement({ beforeStart, before, after }: Piece): TextReplacement {
  return { start: beforeStart, end: beforeStart + before.length, text: after };
}

function toWords(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}_$]+|\r\n|[^\S\r\n]+|[^]/gu) ?? [];
}

function isWord(text: string): boolean {
  return text.length <= longestWord && /^[\p{L}\p{N}\p{M}_$]+$/u.test(text);
}

function offsetsOf(parts: readonly string[]): number[] {
  const offsets = [0];
  for (const part of parts) offsets.push(offsets.at(-1)! + part.length);
  return offsets;
}
