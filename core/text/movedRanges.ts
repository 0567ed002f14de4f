export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/** A replaced range, and how much took its place. */
export interface LengthReplacement extends OffsetRange {
  readonly insertedLength: number;
}

/**
 * Where ranges of a text lie after an edit of it. What the edit removes shrinks a range; what it inserts inside a
 * range or at its border extends it, and the first of several. Ranges are sorted and disjoint; so is the edit.
 */
export function moveRanges(
  ranges: readonly OffsetRange[],
  edit: readonly LengthReplacement[],
): readonly OffsetRange[] {
  const owners = edit.map((replacement) =>
    ranges.findIndex((range) => range.start <= replacement.end && range.end >= replacement.start),
  );
  return ranges.map((range, index) => {
    let start = range.start;
    let length = range.end - range.start;
    edit.forEach((replacement, at) => {
      const owner = owners[at]!;
      const isBefore = owner === -1 ? replacement.end < range.start : owner < index;
      if (isBefore) start += replacement.insertedLength;
      else if (owner === index) length += replacement.insertedLength;
      start -= overlap(replacement, 0, range.start);
      length -= overlap(replacement, range.start, range.end);
    });
    return { start, end: start + length };
  });
}

function overlap(replacement: OffsetRange, from: number, to: number): number {
  return Math.max(0, Math.min(replacement.end, to) - Math.max(replacement.start, from));
}
