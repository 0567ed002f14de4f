import { compose, normalise, type Replacement } from "../text/offsetEdit.ts";
import { ownedTextContent, type OwnedText } from "./ownedText.ts";
import type { TextReplacement, TextView } from "../text/textReplacement.ts";

/** What a step put in and took out, so that it can be taken back: an edit of the text the step left. */
export type Inverse = readonly Replacement<OwnedText>[];

const longestHistory = 1000;
/** Code units of removed text held in memory for one document. */
const largestHistory = 1_000_000;

/**
 * What an editor's undo and redo will bring back. The editor says that a change is an undo, but not of what, and may
 * undo several steps at once; so the opposite of the last one, two, … steps is compared with what it did.
 */
export class UndoHistory {
  readonly #past = new BoundedStack();
  readonly #future = new BoundedStack();

  /** A step that is neither undo nor redo. */
  record(inverse: Inverse): void {
    this.#past.push(inverse);
    this.#future.clear();
  }

  /**
   * The change as the exact opposite of steps remembered, with the owners of what comes back. Undefined where it is
   * not known what it takes back. The caller follows it and then calls `recordUndo`.
   */
  takeUndone(before: TextView, edit: readonly TextReplacement[]): Inverse | undefined {
    return this.#past.take(before, edit);
  }

  recordUndo(inverse: Inverse): void {
    this.#future.push(inverse);
  }

  takeRedone(before: TextView, edit: readonly TextReplacement[]): Inverse | undefined {
    return this.#future.take(before, edit);
  }

  recordRedo(inverse: Inverse): void {
    this.#past.push(inverse);
  }
}

/** The oldest steps are forgotten first. */
class BoundedStack {
  #steps: Inverse[] = [];
  #size = 0;

  push(step: Inverse): void {
    this.#steps.push(step);
    this.#size += sizeOf(step);
    while (this.#steps.length > longestHistory || this.#size > largestHistory) {
      this.#size -= sizeOf(this.#steps.shift()!);
    }
  }

  clear(): void {
    this.#steps = [];
    this.#size = 0;
  }

  /** The fewest steps from the top that together have the effect of `edit`, as one. */
  take(before: TextView, edit: readonly TextReplacement[]): Inverse | undefined {
    const wanted = normalise(
      ownedTextContent,
      edit.map(({ start, end, text }) => ({ start, end, content: { text, runs: [] } })),
    );
    let together: Inverse = [];
    for (let count = 1; count <= this.#steps.length; count++) {
      together = compose(ownedTextContent, together, this.#steps.at(-count)!);
      if (hasSameEffect(before, together, wanted)) {
        for (const step of this.#steps.splice(-count)) this.#size -= sizeOf(step);
        return together;
      }
    }
    // What lies below a step that is not known refers to a text that is gone.
    this.clear();
    return undefined;
  }
}

function hasSameEffect(before: TextView, first: Inverse, second: Inverse): boolean {
  if (growth(first) !== growth(second)) return false;
  const start = Math.min(first[0]?.start ?? Infinity, second[0]?.start ?? Infinity);
  const end = Math.max(first.at(-1)?.end ?? 0, second.at(-1)?.end ?? 0);
  return textOf(before, first, start, end) === textOf(before, second, start, end);
}

function growth(edit: Inverse): number {
  return edit.reduce((sum, { start, end, content }) => sum + content.text.length - (end - start), 0);
}

/** What the edit makes of a stretch that holds all it changes. */
function textOf(before: TextView, edit: Inverse, start: number, end: number): string {
  let text = "";
  let position = start;
  for (const replacement of edit) {
    text += before.slice(position, replacement.start) + replacement.content.text;
    position = replacement.end;
  }
  return text + before.slice(position, end);
}

function sizeOf(edit: Inverse): number {
  return edit.reduce((sum, { content }) => sum + content.text.length, 0);
}
