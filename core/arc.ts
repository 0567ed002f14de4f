import { ComposedEdit, type ContentKind } from "./composedEdit.ts";
import { countLines, lineWindow, type LineCounts } from "./lineInfo.ts";
import { minimise } from "./minimise.ts";
import { lengthContent, normalise, textContent, toOffsetEdit } from "./offsetEdit.ts";
import type { TextReplacement, TextView } from "./textReplacement.ts";

/**
 * Accepted and retained characters: how much of what one edit inserted was never removed since. What comes back by
 * undo, by retyping or by a replacement with the same text stays lost, which is why later edits should be minimised
 * by whoever captures them.
 */
export class ArcTracker {
  readonly insertedChars: number;
  /** The lines of the original from the edit's first to its last, and where they begin. */
  readonly #window: { readonly start: number; readonly text: string };
  readonly #edit: ComposedEdit<number, Piece>;

  /** `original` is the text before the edit. */
  constructor(original: TextView, edit: readonly TextReplacement[]) {
    const minimised = edit.map((replacement) => minimise(original, replacement));
    this.#window = lineWindow(original, minimised[0]?.start ?? 0, minimised.at(-1)?.end ?? 0);
    this.#edit = new ComposedEdit(
      lengthContent,
      pieceContent,
      minimised.map(({ start, end, text }) => ({
        start,
        base: end - start,
        content: { text, tracked: true },
      })),
    );
    this.insertedChars = this.arc;
  }

  /**
   * A later edit by anybody, referring to the text the one before it left. Edits must be given one by one: composed
   * beforehand, one that takes back another would vanish, and with it the lines it took from the tracked edit.
   */
  apply(edit: readonly TextReplacement[]): void {
    let shift = 0;
    for (const { start, end, content } of normalise(textContent, toOffsetEdit(edit))) {
      this.#edit.replace(start + shift, end - start, { text: content, tracked: false });
      shift += content.length - (end - start);
    }
  }

  get arc(): number {
    return this.#left().reduce((sum, { text }) => sum + text.length, 0);
  }

  /** Lines of the original that what is left of the edit still changes. */
  get lines(): LineCounts {
    const { start: shift, text } = this.#window;
    const left = this.#left().map(({ start, end, text: inserted }) => ({
      start: start - shift,
      end: end - shift,
      text: inserted,
    }));
    return countLines(text, left);
  }

  #left(): TextReplacement[] {
    return this.#edit.pieces
      .filter(({ content }) => content.tracked)
      .map(({ start, base, content }) => ({ start, end: start + base, text: content.text }));
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
