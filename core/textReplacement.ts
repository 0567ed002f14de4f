/** A half-open range of a text, in UTF-16 code units, and what takes its place. */
export interface TextReplacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
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

/** What undoes `replacements`: its ranges refer to the text they left. */
export function invertReplacements(
  text: string,
  replacements: readonly TextReplacement[],
): readonly TextReplacement[] {
  let shift = 0;
  return replacements.map(({ start, end, text: inserted }) => {
    const inverse = {
      start: start + shift,
      end: start + shift + inserted.length,
      text: text.slice(start, end),
    };
    shift += inserted.length - (end - start);
    return inverse;
  });
}
