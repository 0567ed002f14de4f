import type { Hunk } from "../fate/fileChange.ts";
import type { LineRange } from "./lineRanges.ts";

/** The lines of the text after that a change of a file brought. */
export function addedLines(hunks: readonly Hunk[]): LineRange[] {
  let moved = 0;
  return hunks.flatMap(({ at, removed, added }) => {
    const start = at + moved + 1;
    moved += added.length - removed.length;
    return added.length > 0 ? [{ start, end: start + added.length - 1 }] : [];
  });
}
