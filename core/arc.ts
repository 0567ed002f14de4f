import { countLines, type LineCounts } from "./lineInfo.ts";
import { minimise } from "./minimise.ts";
import { compose, normalise, toOffsetEdit, type ContentKind, type Replacement } from "./offsetEdit.ts";
import type { TextReplacement } from "./textReplacement.ts";

/**
 * Accepted and retained characters: how much of what one edit inserted was never removed since. What comes back by
 * undo, by retyping or by a replacement with the same text stays lost, which is why later edits should be minimised
 * by whoever captures them.
 */
export class ArcTracker {
  readonly insertedChars: number;
  readonly #original: string;
  #edit: readonly Replacement<Piece>[];

  /** `original` is the text before the edit. */
  constructor(original: string, edit: readonly TextReplacement[]) {
    this.#original = original;
    const minimised = edit.map((replacement) => minimise(original, replacement));
    this.#edit = normalise(pieceContent, toPieces(minimised, true));
    this.insertedChars = this.arc;
  }

  /**
   * A later edit by anybody, referring to the text the one before it left. Edits must be given one by one: composed
   * beforehand, one that takes back another would vanish, and with it the lines it took from the tracked edit.
   */
  apply(edit: readonly TextReplacement[]): void {
    this.#edit = compose(pieceContent, this.#edit, toPieces(edit, false));
  }

  get arc(): number {
    let sum = 0;
    for (const { content } of this.#edit) if (content.tracked) sum += content.text.length;
    return sum;
  }

  /** Lines of the original that what is left of the edit still changes. */
  get lines(): LineCounts {
    const left = this.#edit.filter(({ content }) => content.tracked);
    const replacements = left.map(({ start, end, content }) => ({ start, end, text: content.text }));
    return countLines(this.#original, replacements);
  }
}

interface Piece {
  readonly text: string;
  readonly tracked: boolean;
}

const pieceContent: ContentKind<Piece> = {
  length: ({ text }) => text.length,
  slice: ({ text, tracked }, from, to) => ({ text: text.slice(from, to), tracked }),
  join: (first, second) =>
    first.tracked === second.tracked ? { text: first.text + second.text, tracked: first.tracked } : undefined,
};

function toPieces(edit: readonly TextReplacement[], tracked: boolean): Replacement<Piece>[] {
  return toOffsetEdit(edit).map(({ start, end, content }) => ({
    start,
    end,
    content: { text: content, tracked },
  }));
}
