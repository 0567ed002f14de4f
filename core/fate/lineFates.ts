import type { HistoryCommit } from "./lineHistory.ts";
import type { FileState } from "./statePatch.ts";

/** How lines ended: somebody's work, out of sight with nobody to blame, or in a merge. */
export const killedOutright = 0;
export const lostFromSight = 1;
export const killedByMerge = 2;

/** Lines that one commit brought together and that went the same way. */
export interface LineRun {
  readonly commit: number;
  readonly path: string;
  /** The first of them, counted from 1, in the file as that commit left it. */
  readonly line: number;
  readonly count: number;
  /** Undefined while the commit that was asked about has them. */
  readonly end: { readonly commit: number; readonly kind: "died" | "lost" } | undefined;
}

export interface LineFates {
  /** By place: 1 for the commits of this history. */
  readonly isIncluded: Uint8Array;
  readonly runs: () => Generator<LineRun>;
}

interface Known {
  readonly commits: readonly HistoryCommit[];
  readonly paths: readonly string[];
  readonly births: Int32Array;
  readonly ends: Int32Array;
  readonly count: number;
  readonly state: FileState;
  readonly place: number;
}

const alive = -1;

/** What of everything known of any branch is the history of one commit. */
export function fateOfLines({ commits, paths, births, ends, count, state, place }: Known): LineFates {
  const isIncluded = ancestorsOf(commits, place);
  const ended = new Int32Array(count).fill(alive);
  const how = new Uint8Array(count);
  for (let at = 0; at < ends.length; at += 4) {
    const [first, many, by, kind] = [ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!];
    if (isIncluded[by] !== 1) continue;
    for (let id = first; id < first + many; id++) {
      const known = ended[id]!;
      if (known !== alive && !isBefore(by, kind, known, how[id]!)) continue;
      ended[id] = by;
      how[id] = kind;
    }
  }
  for (const lines of state.values()) for (const id of lines) ended[id] = alive;

  /** Two branches may both take a line away: the earlier did it. What a branch took away is no work of a merge. */
  function isBefore(one: number, oneHow: number, other: number, otherHow: number): boolean {
    const [oneMerges, otherMerges] = [oneHow === killedByMerge, otherHow === killedByMerge];
    if (oneMerges !== otherMerges) return otherMerges;
    const [first, second] = [commits[one]!, commits[other]!];
    return first.at === second.at ? first.id < second.id : first.at < second.at;
  }

  function* runs(): Generator<LineRun> {
    for (let at = 0; at < births.length; at += 4) {
      const commit = births[at + 1]!;
      if (isIncluded[commit] !== 1) continue;
      const first = births[at]!;
      const next = at + 4 < births.length ? births[at + 4]! : count;
      const path = paths[births[at + 2]!]!;
      for (let id = first; id < next;) {
        const by = ended[id]!;
        let end = id + 1;
        while (end < next && ended[end] === by && how[end] === how[id]) end++;
        yield {
          commit,
          path,
          line: births[at + 3]! + id - first,
          count: end - id,
          end: by === alive ? undefined : { commit: by, kind: how[id] === lostFromSight ? "lost" : "died" },
        };
        id = end;
      }
    }
  }
  return { isIncluded, runs };
}

/** By place: 1 for the commits of the history of one. */
export function ancestorsOf(commits: readonly HistoryCommit[], place: number): Uint8Array {
  const found = new Uint8Array(commits.length);
  found[place] = 1;
  // Parents are added before their children.
  for (let at = place; at >= 0; at--) {
    if (found[at] === 1) for (const parent of commits[at]!.parents) found[parent] = 1;
  }
  return found;
}
