import type { OwnedText } from "./ownedText.ts";
import type { Replacement } from "../text/offsetEdit.ts";
import type { Spans } from "./spans.ts";
import { type Run } from "./spans.ts";
import { UndoHistory, type Inverse } from "./undoHistory.ts";
import type { TextChange, TextReplacement, TextView } from "../text/textReplacement.ts";

export interface Followed {
  /** What was really followed. Of an undo or redo: the exact opposite of what it takes back. */
  readonly edit: readonly TextChange[];
  /** Everything removed, in order, so that kept counts can be lowered. */
  readonly removed: readonly Run[];
  /** Code units that are new and belong to the change's owner. What came back by undo or redo is not new. */
  readonly insertedLength: number;
}

/** Whose a document's text is, through changes, undo and redo. `before` is always the text before the change. */
export class Ownership {
  readonly spans: Spans;
  readonly #history = new UndoHistory();

  constructor(spans: Spans) {
    this.spans = spans;
  }

  change(before: TextView, edit: readonly TextReplacement[], owner: string | undefined): Followed {
    const { followed, inverse } = this.#follow(before, asInsertedBy(owner, edit));
    this.#history.record(inverse);
    return { ...followed, insertedLength: lengthOf(edit) };
  }

  /** `owner` gets only what comes back from where nobody knows. */
  undo(before: TextView, edit: readonly TextReplacement[], owner: string | undefined): Followed {
    const known = this.#history.takeUndone(before, edit);
    const { followed, inverse } = this.#follow(
      before,
      known ?? asInsertedBy(owner, edit),
      known !== undefined,
    );
    this.#history.recordUndo(inverse);
    return { ...followed, insertedLength: known ? 0 : lengthOf(edit) };
  }

  redo(before: TextView, edit: readonly TextReplacement[], owner: string | undefined): Followed {
    const known = this.#history.takeRedone(before, edit);
    const { followed, inverse } = this.#follow(
      before,
      known ?? asInsertedBy(owner, edit),
      known !== undefined,
    );
    this.#history.recordRedo(inverse);
    return { ...followed, insertedLength: known ? 0 : lengthOf(edit) };
  }

  #follow(before: TextView, edit: readonly Replacement<OwnedText>[], comesBack = false) {
    const removed: Run[] = [];
    const changes: TextChange[] = [];
    const inverse: Replacement<OwnedText>[] = [];
    let shift = 0;
    for (const { start, end, content } of edit) {
      const offset = start + shift;
      const runs = comesBack
        ? this.spans.restore(offset, end - start, content.runs)
        : this.spans.replace(offset, end - start, content.text.length, content.runs[0]?.owner);
      removed.push(...runs);
      const text = before.slice(start, end);
      changes.push({ start, end, text: content.text, removed: text });
      inverse.push({ start: offset, end: offset + content.text.length, content: { text, runs } });
      shift += content.text.length - (end - start);
    }
    return { followed: { edit: changes, removed }, inverse: inverse satisfies Inverse };
  }
}

function asInsertedBy(
  owner: string | undefined,
  edit: readonly TextReplacement[],
): readonly Replacement<OwnedText>[] {
  return edit.map(({ start, end, text }) => ({
    start,
    end,
    content: { text, runs: [{ owner, length: text.length, restored: false }] },
  }));
}

function lengthOf(edit: readonly TextReplacement[]): number {
  return edit.reduce((sum, { text }) => sum + text.length, 0);
}
