import { ComposedEdit } from "../text/composedEdit.ts";
import { similarity } from "./fourGram.ts";
import { commonEnds } from "../text/minimise.ts";
import { moveRanges, type OffsetRange } from "../text/movedRanges.ts";
import { textContent } from "../text/offsetEdit.ts";
import { scorePieces, type SurvivalScores } from "./survivalScores.ts";
import {
  withRemoved,
  type TextChange,
  type TextReplacement,
  type TextView,
} from "../text/textReplacement.ts";

/**
 * How like the text of one edit is to what now stands in its place. Unlike ARC, text that is typed or put back again
 * counts as kept, and typing inside it counts against it.
 */
export class SurvivalTracker {
  readonly #edit: readonly TextChange[];
  readonly #ranges: readonly OffsetRange[];
  /** All later edits as one, from the text the edit left. */
  readonly #later = new ComposedEdit(textContent, textContent);

  /** `original` is the text before the edit; the edit is taken as it comes, without minimising. */
  constructor(original: TextView, edit: readonly TextReplacement[]) {
    this.#edit = withRemoved(original, edit);
    this.#ranges = rangesAfter(edit);
  }

  /** A later edit by anybody, referring to the text the one before it left. */
  apply(edit: readonly TextChange[]): void {
    let shift = 0;
    const offsets: number[] = [];
    for (const { start, removed, text } of joinTouching(edit)) {
      offsets.push(start + shift);
      this.#later.replace(start + shift, removed, text);
      shift += text.length - removed.length;
    }
    // Minimised each time and not only in the end, as VS Code's chat does: otherwise what an edit takes back stays
    // inside a replacement, and a range it never changed would be moved or cut.
    for (const offset of offsets) this.#later.minimise(offset, commonEnds);
  }

  /** Where the texts that the edit put in lie by now: moved once, by all later edits together. */
  get ranges(): readonly OffsetRange[] {
    const later = this.#later.pieces.map(({ start, base, content }) => ({
      start,
      end: start + base.length,
      insertedLength: content.length,
    }));
    return moveRanges(this.#ranges, later);
  }

  /** `current` is the text that the later edits left. */
  scores(current: TextView): SurvivalScores {
    const { ranges } = this;
    return scorePieces(
      this.#edit.map(({ removed, text }, index) => {
        const range = ranges[index]!;
        const currentText = current.slice(range.start, range.end);
        return {
          insertedLength: text.length,
          replacedLength: removed.length,
          currentToInserted: similarity(currentText, text),
          currentToReplaced: similarity(currentText, removed),
          insertedToReplaced: similarity(text, removed),
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

function joinTouching(edit: readonly TextChange[]): TextChange[] {
  const joined: TextChange[] = [];
  for (const change of edit) {
    const previous = joined.at(-1);
    if (previous?.end === change.start) {
      const { start } = previous;
      const text = previous.text + change.text;
      joined[joined.length - 1] = {
        start,
        end: change.end,
        text,
        removed: previous.removed + change.removed,
      };
    } else if (change.start < change.end || change.text !== "") {
      joined.push(change);
    }
  }
  return joined;
}
