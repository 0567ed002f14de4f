/** A half-open range of a text, in UTF-16 code units, and what takes its place. */
export interface TextReplacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A replacement that also says what stood there. */
export interface TextChange extends TextReplacement {
  readonly removed: string;
}

/** A text to read from. A string is one; a document that changes at every keystroke is better kept in pieces. */
export interface TextView {
  readonly length: number;
  slice(start: number, end: number): string;
}

export function withRemoved(text: TextView, replacements: readonly TextReplacement[]): TextChange[] {
  return replacements.map((replacement) => ({
    ...replacement,
    removed: text.slice(replacement.start, replacement.end),
  }));
}

/** Replacements must be sorted and disjoint; all of them refer to the same `text`. Touching ones keep their order. */
export function applyReplacements(text: string, replacements: readonly TextReplacement[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { start, end, text: inserted } of replacements) {
    parts.push(text.slice(position, start), inserted);
    position = end;
  }
  parts.push(text.slice(position));
  return parts.join("");
}
