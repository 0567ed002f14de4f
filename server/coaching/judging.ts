import type { Store } from "../store/store.ts";
import type { OpenTexts } from "./openTexts.ts";

const minuteMs = 60_000;
/** Documents that were recorded so lately are looked through. */
const recentMs = 30 * 24 * 60 * minuteMs;

export interface JudgingOptions {
  readonly now: () => number;
  readonly texts: Pick<OpenTexts, "judge">;
  readonly store: Pick<Store, "write" | "coaching">;
  /** Writes the edits themselves first. */
  readonly flush: () => void;
}

/** Stores what is found of AI edits some minutes after each: no more than a word for each. */
export class Judging {
  readonly #options: JudgingOptions;
  #lookedAt = -Infinity;

  constructor(options: JudgingOptions) {
    this.#options = options;
  }

  /** To be called often. What cannot be written now is not found again: it is an edit of which it is not known. */
  look(): void {
    const { now, texts, store, flush } = this.#options;
    const at = now();
    if (Math.abs(at - this.#lookedAt) < minuteMs) return;
    this.#lookedAt = at;
    const stages = texts.judge(() => store.coaching.readRecentDocuments(at - recentMs));
    if (stages.length === 0) return;
    flush();
    const nothing = { documents: [], edits: [], origins: [], removals: [], drops: [], receipt: undefined };
    store.write({ ...nothing, stages });
  }
}
