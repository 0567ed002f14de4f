import { ComposedEdit, type ContentKind } from "../text/composedEdit.ts";
import { countLines, lineWindow, type LineCounts } from "../text/lineInfo.ts";
import { minimiseAll } from "../text/minimise.ts";
import { lengthContent, normalise, textContent, toOffsetEdit } from "../text/offsetEdit.ts";
import type { TextReplacement, TextView } from "../text/textReplacement.ts";

/**
 * Accepted and retained characters: how much of what one edit inserted was never removed since. What comes back by
 * undo, by retyping or by a replacement with the same text stays lost, which is why later edits should be minimised
 * by whoever captures them.
 */
export class ArcTracker {
  readonly insertedChars: number;
  /** The lines of the original from the edit's first to its last, and where the edit starts in them. */
  readonly #lines: string;
  readonly #startInLines: number;
  /** From where the edit starts. */
  readonly #edit: ComposedEdit<number, Piece>;
  /** Where that lies by now. What happens outside cannot touch what is tracked, and is not followed. */
  #from: number;
  #to: number;

  /** `original` is the text before the edit. */
  constructor(original: TextView, edit: readonly TextReplacement[]) {
    const minimised = minimiseAll(original, edit);
    const start = minimised[0]?.start ?? 0;
    const end = minimised.at(-1)?.end ?? 0;
    const window = lineWindow(original, start, end);
    this.#lines = window.text;
    this.#startInLines = start - window.start;
    this.#edit = new ComposedEdit(
      lengthContent,
      pieceContent,
      minimised.map((replacement) => ({
        start: replacement.start - start,
        base: replacement.end - replacement.start,
        content: { text: replacement.text, tracked: true },
      })),
    );
    this.insertedChars = this.arc;
    this.#from = start;
    this.#to = minimised.reduce((sum, item) => sum + item.text.length - (item.end - item.start), end);
  }

  /**
   * A later edit by anybody, referring to the text the one before it left. Edits must be given one by one: composed
   * beforehand, one that takes back another would vanish, and with it the lines it took from the tracked edit.
   */
  apply(edit: readonly TextReplacement[]): void {
    let shift = 0;
    for (const { start, end, content } of normalise(textContent, toOffsetEdit(edit))) {
      this.#replace(start + shift, end + shift, content);
      shift += content.length - (end - start);
    }
  }

  get arc(): number {
    return this.#left().reduce((sum, { text }) => sum + text.length, 0);
  }

  /** Lines of the original that what is left of the edit still changes. */
  get lines(): LineCounts {
    return countLines(this.#lines, this.#left());
  }

  #replace(start: number, end: number, text: string): void {
    if (start > this.#to) return;
    const growth = text.length - (end - start);
    if (end >= this.#from) {
      const from = Math.max(start, this.#from);
      const removed = Math.min(end, this.#to) - from;
      const inserted = start >= this.#from ? text : "";
      this.#edit.replace(from - this.#from, removed, { text: inserted, tracked: false });
      this.#to = Math.max(end, this.#to) + growth;
      this.#from = Math.min(start, this.#from) + (start < this.#from ? text.length : 0);
    } else {
      this.#from += growth;
      this.#to += growth;
    }
  }

  #left(): TextReplacement[] {
    return this.#edit.pieces
      .filter(({ content }) => content.tracked)
      .map(({ start, base, content }) => ({
        start: start + this.#startInLines,
        end: start + base + this.#startInLines,
        text: content.text,
      }));
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
