import type { FileChange } from "../fate/fileChange.ts";

/** By path what was taken out and put in, wherever it stands in the file. */
export function patchTexts(changes: readonly FileChange[]): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap(({ from, to, hunks }): [string, string][] =>
      to === undefined || hunks.length === 0
        ? []
        : [[to, JSON.stringify([from === undefined, hunks.map(({ removed, added }) => [removed, added])])]],
    ),
  );
}

/** The paths that two commits changed in the same way, to the letter. */
export function samePaths(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): readonly string[] {
  return [...one].flatMap(([path, text]) => (other.get(path) === text ? [path] : []));
}
