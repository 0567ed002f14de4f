import { gramLength, gramsOf, similarity, similarityOfGrams, type Grams } from "./fourGram.ts";
import { minimiseAll } from "../text/minimise.ts";
import { moveRanges, type LengthReplacement, type OffsetRange } from "../text/movedRanges.ts";
import { scorePieces } from "./survivalScores.ts";
import { withRemoved, type TextReplacement, type TextView } from "../text/textReplacement.ts";
import type { PartialRetention } from "./retention.ts";

/** One replacement of an edit, without its texts. */
export interface StoredPiece {
  readonly inserted: Grams<number>;
  readonly replaced: Grams<number>;
  readonly insertedToReplaced: number;
}

/** What is stored of an edit so that its retention can be told when nobody has its texts any more. */
export interface StoredEdit {
  readonly insertedChars: number;
  /** Undefined for an edit too long to be stored: of that only characters are counted. */
  readonly pieces: readonly StoredPiece[] | undefined;
}

/** Code units that an edit put in and took out; each costs some bytes and a hash. */
const longestStored = 20_000;

/** `hashGram` gives a number for up to four code units, different ones for different texts as far as it matters. */
export function storedEditOf(
  original: TextView,
  edit: readonly TextReplacement[],
  hashGram: (gram: string) => number,
): StoredEdit {
  const insertedChars = minimiseAll(original, edit).reduce((sum, { text }) => sum + text.length, 0);
  const length = edit.reduce((sum, { start, end, text }) => sum + end - start + text.length, 0);
  if (length > longestStored) return { insertedChars, pieces: undefined };
  return {
    insertedChars,
    pieces: withRemoved(original, edit).map(({ text, removed }) => ({
      inserted: gramsOf(text, hashGram),
      replaced: gramsOf(removed, hashGram),
      insertedToReplaced: similarity(text, removed),
    })),
  };
}

/** Follows an edit of which only what was stored is known. */
export class RecoveredEdit {
  readonly insertedChars: number;
  readonly #pieces: readonly StoredPiece[] | undefined;
  #ranges: readonly OffsetRange[] | undefined;

  /** `ranges` is where its texts lie by now; undefined where that is not known. */
  constructor(stored: StoredEdit, ranges: readonly OffsetRange[] | undefined) {
    this.insertedChars = stored.insertedChars;
    this.#pieces = stored.pieces;
    this.#ranges = ranges?.length === stored.pieces?.length ? ranges : undefined;
  }

  get ranges(): readonly OffsetRange[] | undefined {
    return this.#ranges;
  }

  /** A later edit by anybody, referring to the text the one before it left. */
  apply(edit: readonly LengthReplacement[]): void {
    this.#ranges &&= moveRanges(this.#ranges, edit);
  }

  /**
   * `current` is the text by now, and `kept` how much of it the edit owns and never lost. Lines cannot be told: that
   * takes the text before the edit.
   */
  retention(current: TextView, kept: number, hashGram: (gram: string) => number): PartialRetention {
    const ranges = this.#ranges;
    const scores =
      this.#pieces &&
      ranges &&
      scorePieces(
        this.#pieces.map(({ inserted, replaced, insertedToReplaced }, index) => {
          const { start, end } = ranges[index]!;
          const grams = gramsOf(current.slice(start, end), hashGram);
          return {
            insertedLength: inserted.length,
            replacedLength: replaced.length,
            currentToInserted: similarityOfGrams(grams, inserted),
            currentToReplaced: similarityOfGrams(grams, replaced),
            insertedToReplaced,
          };
        }),
      );
    return {
      arc: Math.min(kept, this.insertedChars),
      linesInserted: null,
      linesDeleted: null,
      fourGram: scores?.fourGram ?? null,
      noRevert: scores?.noRevert ?? null,
    };
  }
}

/** Grams as one list of hashes, each as often as it occurs. */
export function listGrams({ counts, whole }: Grams<number>): number[] {
  if (whole !== undefined) return [whole];
  return [...counts].flatMap(([hash, count]) => new Array<number>(count).fill(hash));
}

/** Undefined where the list makes no sense for a text of that length. */
export function gramsOfList(length: number, list: readonly number[]): Grams<number> | undefined {
  if (length < gramLength) {
    return list.length === 1 ? { length, counts: new Map(), whole: list[0] } : undefined;
  }
  if (list.length !== length - gramLength + 1) return undefined;
  const counts = new Map<number, number>();
  for (const hash of list) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return { length, counts, whole: undefined };
}
