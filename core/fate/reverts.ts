import type { HistoryCommit } from "./lineHistory.ts";

interface Named {
  readonly commits: readonly HistoryCommit[];
  /** Of each commit, those that it says it takes back, in full or by their first letters. */
  readonly reverts: readonly (readonly string[])[];
  /** By place: 1 for the commits of the history that is asked about. */
  readonly isIncluded: Uint8Array;
}

/** The commits that were taken back, with the commit that did it. What took back a revert takes the revert back. */
export function revertedCommits({ commits, reverts, isIncluded }: Named): ReadonlyMap<number, number> {
  const places = new Map(commits.map(({ id }, place) => [id, place]));
  const placeOf = (name: string) =>
    places.get(name) ?? (name.length < 40 ? commits.findIndex(({ id }) => id.startsWith(name)) : -1);
  const by = new Map<number, number>();
  // The last first: whether a revert still stands is known before it is looked at.
  for (let place = commits.length - 1; place >= 0; place--) {
    if (isIncluded[place] !== 1 || by.has(place)) continue;
    for (const name of reverts[place]!) {
      const target = placeOf(name);
      if (target !== -1 && target < place && isIncluded[target] === 1) by.set(target, place);
    }
  }
  return by;
}
