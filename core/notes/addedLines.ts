import type { FileChange, Hunk } from "../fate/fileChange.ts";
import { shared, type LineRange } from "./lineRanges.ts";

/** The lines of the text after that a change of a file brought. */
export function addedLines(hunks: readonly Hunk[]): LineRange[] {
  let moved = 0;
  return hunks.flatMap(({ at, removed, added }) => {
    const start = at + moved + 1;
    moved += added.length - removed.length;
    return added.length > 0 ? [{ start, end: start + added.length - 1 }] : [];
  });
}

/** By path the lines that a commit brought, of how it differs from its parents: of a merge those that no parent has. */
export function broughtLines(
  patches: readonly (readonly FileChange[])[],
): ReadonlyMap<string, readonly LineRange[]> {
  const [first = [], ...others] = patches.map(
    (changes) =>
      new Map(changes.flatMap(({ to, hunks }) => (to === undefined ? [] : [[to, addedLines(hunks)]]))),
  );
  return new Map(
    [...first].map(([path, lines]) => [
      path,
      others.reduce((left, other) => shared(left, other.get(path) ?? []), lines),
    ]),
  );
}
