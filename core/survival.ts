import { similarity } from "./fourGram.ts";
import { minimiseAll } from "./minimise.ts";
import { moveRanges, type OffsetRange } from "./movedRanges.ts";
import { compose, textContent, toOffsetEdit, toTextReplacements } from "./offsetEdit.ts";
import { scorePieces, type SurvivalScores } from "./survivalScores.ts";
import { applyReplacements, type TextReplacement } from "./textReplacement.ts";

/**
 * How like the text of one edit is to what now stands in its place. Unlike ARC, text that is typed or put back again
 * counts as kept, and typing inside it counts against it.
 */
export class SurvivalTracker {
  readonly #original: string;
  readonly #edit: readonly TextReplacement[];
  readonly #ranges: readonly OffsetRange[];
  readonly #edited: string;
  /** All later edits as one, from `#edited` on. */
  #later: readonly TextReplacement[] = [];

  /** `original` is the text before the edit; the edit is taken as it comes, without minimising. */
  constructor(original: string, edit: readonly TextReplacement[]) {
    this.#original = original;
    this.#edit = edit;
    this.#ranges = rangesAfter(edit);
    this.#edited = applyReplacements(original, edit);
  }

  /** A later edit by anybody, referring to the text the one before it left. */
  apply(edit: readonly TextReplacement[]): void {
    const composed = compose(textContent, toOffsetEdit(this.#later), toOffsetEdit(edit));
    // Minimised each time and not only in the end, as VS Code's chat does: otherwise what an edit takes back stays
    // inside a replacement, and a range it never changed would be moved or cut.
    this.#later = minimiseAll(this.#edited, toTextReplacements(composed));
  }

  get scores(): SurvivalScores {
    const ranges = moveRanges(this.#ranges, this.#later);
    const currentText = applyReplacements(this.#edited, this.#later);
    return scorePieces(
      this.#edit.map(({ start, end, text }, index) => {
        const before = this.#original.slice(start, end);
        const current = currentText.slice(ranges[index]!.start, ranges[index]!.end);
        return {
          insertedLength: text.length,
          replacedLength: before.length,
          currentToInserted: similarity(current, text),
          currentToReplaced: similarity(current, before),
          insertedToReplaced: similarity(text, before),
        };
      }),
    );
  }
}

/** Where the inserted texts lie after the edit. */
function rangesAfter(edit: readonly TextReplacement[]): OffsetRange[] {
  let shift = 0;
  return edit.map(({ start, end, text }) => {
    const range = { start: start + shift, end: start + shift + text.length };
    shift += text.length - (end - start);
    return range;
  });
}
