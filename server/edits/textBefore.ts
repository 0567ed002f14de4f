import type { TextChange, TextView } from "../../core/text/textReplacement.ts";

/** A text before a change, read from the text after it, so that no second one need be made. */
export class TextBefore implements TextView {
  readonly #after: TextView;
  readonly #edit: readonly TextChange[];

  /** Good as long as `after` is as the change left it. */
  constructor(after: TextView, edit: readonly TextChange[]) {
    this.#after = after;
    this.#edit = edit;
  }

  get length(): number {
    return this.#edit.reduce((length, change) => length - growthOf(change), this.#after.length);
  }

  slice(start: number, end: number): string {
    const parts: string[] = [];
    let position = start;
    let shift = 0;
    for (const change of this.#edit) {
      if (change.start >= end) break;
      if (position < change.start) parts.push(this.#after.slice(position + shift, change.start + shift));
      position = Math.max(position, change.start);
      const to = Math.min(end, change.end);
      if (position < to) parts.push(change.removed.slice(position - change.start, to - change.start));
      position = Math.max(position, to);
      shift += growthOf(change);
    }
    if (position < end) parts.push(this.#after.slice(position + shift, end + shift));
    return parts.join("");
  }
}

/** A part of a string keeps all of it in memory; a copy does not. */
export function detached(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}

function growthOf({ start, end, text }: TextChange): number {
  return text.length - (end - start);
}
