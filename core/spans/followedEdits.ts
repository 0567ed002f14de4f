import type { OffsetRange } from "../text/movedRanges.ts";
import type { RecoveredEdit } from "../retention/recoveredEdit.ts";
import { RetentionTracker, type Retention } from "../retention/retention.ts";
import type { TextChange, TextReplacement, TextView } from "../text/textReplacement.ts";

/** Later edits remembered before those who lag behind have to catch up. */
const longestJournal = 10_000;

/** An edit whose retention will be asked for. */
export interface FollowedEdit {
  readonly insertedChars: number;
  /** `current` is the document's text by now. */
  retention(current: TextView): Retention;
  /** Where the texts that the edit put in lie by now. */
  ranges(): readonly OffsetRange[];
  /** Nobody will ask any more. */
  stop(): void;
}

interface Follower {
  readonly apply: (edit: readonly TextChange[]) => void;
  /** How many of all edits ever applied it has taken in. */
  position: number;
}

/**
 * The edits of one document that are being followed. A change is only written down, once for all of them; each takes it
 * in when it is asked, so that a keystroke costs the same however many AI edits there were today.
 */
export class FollowedEdits {
  readonly #followers = new Set<Follower>();
  #journal: (readonly TextChange[])[] = [];
  /** Edits left out at the journal's start, because all have taken them in. */
  #dropped = 0;

  /** `original` is the text before the edit. To be called after `apply` of the edit itself. */
  follow(original: TextView, edit: readonly TextReplacement[]): FollowedEdit {
    const tracker = new RetentionTracker(original, edit);
    const follower = this.#add((later) => tracker.apply(later));
    return {
      insertedChars: tracker.insertedChars,
      retention: (current) => {
        this.#catchUp(follower, Infinity);
        return tracker.retention(current);
      },
      ranges: () => {
        this.#catchUp(follower, Infinity);
        return tracker.ranges;
      },
      stop: () => this.#stop(follower),
    };
  }

  /** Goes on with an edit from an earlier time, of which the text is as it was left. */
  goOn(edit: RecoveredEdit): { caughtUp(): RecoveredEdit; stop(): void } {
    const follower = this.#add((later) =>
      edit.apply(later.map(({ start, end, text }) => ({ start, end, insertedLength: text.length }))),
    );
    return {
      caughtUp: () => {
        this.#catchUp(follower, Infinity);
        return edit;
      },
      stop: () => this.#stop(follower),
    };
  }

  /** Any later change of the document, referring to the text the one before it left. */
  apply(edit: readonly TextChange[]): void {
    if (this.#followers.size === 0) return;
    this.#journal.push(edit);
    if (this.#journal.length <= longestJournal) return;
    // As many steps as this change will cost in the end, so that the journal stays as long as it is.
    let steps = this.#followers.size;
    while (steps > 0 && this.#journal.length > longestJournal) {
      const slowest = [...this.#followers].reduce((first, second) =>
        second.position < first.position ? second : first,
      );
      if (slowest.position > this.#dropped) this.#drop(slowest.position - this.#dropped);
      else steps -= this.#catchUp(slowest, steps);
    }
  }

  #add(apply: Follower["apply"]): Follower {
    const follower = { apply, position: this.#dropped + this.#journal.length };
    this.#followers.add(follower);
    return follower;
  }

  #stop(follower: Follower): void {
    this.#followers.delete(follower);
    if (this.#followers.size === 0) this.#drop(this.#journal.length);
  }

  #catchUp(follower: Follower, mostSteps: number): number {
    const from = follower.position - this.#dropped;
    const to = Math.min(this.#journal.length, from + mostSteps);
    for (let index = from; index < to; index++) follower.apply(this.#journal[index]!);
    follower.position = this.#dropped + to;
    return to - from;
  }

  #drop(count: number): void {
    this.#journal.splice(0, count);
    this.#dropped += count;
  }
}
