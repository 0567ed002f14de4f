import { ArcTracker } from "./arc.ts";
import type { OffsetRange } from "../text/movedRanges.ts";
import { SurvivalTracker } from "./survival.ts";
import type { TextChange, TextReplacement, TextView } from "../text/textReplacement.ts";

/** How much of one edit is left, by every measure at once. */
export interface Retention {
  readonly arc: number;
  readonly linesInserted: number;
  readonly linesDeleted: number;
  readonly fourGram: number;
  readonly noRevert: number;
}

/** Retention of which only a part may be known: null is unknown. */
export type PartialRetention = Pick<Retention, "arc"> & {
  readonly [Name in keyof Retention]: Retention[Name] | null;
};

/**
 * Follows one edit through all later ones. Characters are counted on the minimised edit, likeness on the edit as it
 * came, which is what VS Code and its chat do.
 */
export class RetentionTracker {
  readonly #arc: ArcTracker;
  readonly #survival: SurvivalTracker;

  /** `original` is the text before the edit. */
  constructor(original: TextView, edit: readonly TextReplacement[]) {
    this.#arc = new ArcTracker(original, edit);
    this.#survival = new SurvivalTracker(original, edit);
  }

  get insertedChars(): number {
    return this.#arc.insertedChars;
  }

  /** A later edit by anybody, referring to the text the one before it left. */
  apply(edit: readonly TextChange[]): void {
    this.#arc.apply(edit);
    this.#survival.apply(edit);
  }

  /** Where the texts that the edit put in lie by now. */
  get ranges(): readonly OffsetRange[] {
    return this.#survival.ranges;
  }

  /** `current` is the text that the later edits left. */
  retention(current: TextView): Retention {
    return { arc: this.#arc.arc, ...this.#arc.lines, ...this.#survival.scores(current) };
  }
}
