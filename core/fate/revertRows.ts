import { originKey } from "../origin/originKey.ts";
import type { LineGroup } from "./lineGroups.ts";
import type { HistoryCommit } from "./lineHistory.ts";

/** A commit that was taken back and stayed so. */
export interface RevertRow {
  readonly commit: string;
  /** The commit that took it back. */
  readonly by: string;
  /** Whole days between the two. */
  readonly days: number;
  /** What it brought, the most first. Nothing where its lines are counted apart, or it brought none. */
  readonly byOrigin: readonly { readonly origin: string; readonly lines: number }[];
}

interface Reverted {
  readonly commits: readonly HistoryCommit[];
  /** By place: which commit took it back. */
  readonly reverted: ReadonlyMap<number, number>;
  readonly groups: readonly Pick<LineGroup, "commit" | "origin" | "lines">[];
}

const dayMs = 24 * 60 * 60_000;

/** The commits that were taken back, the latest first, with whose lines they had brought. */
export function revertRows({ commits, reverted, groups }: Reverted): RevertRow[] {
  const brought = new Map<number, Map<string, number>>();
  for (const { commit, origin, lines } of groups) {
    if (!reverted.has(commit)) continue;
    const sums = brought.get(commit) ?? new Map<string, number>();
    const key = originKey(origin);
    brought.set(commit, sums.set(key, (sums.get(key) ?? 0) + lines));
  }
  return [...reverted]
    .sort(([one], [other]) => other - one)
    .map(([place, by]) => ({
      commit: commits[place]!.id,
      by: commits[by]!.id,
      days: Math.max(0, Math.floor((commits[by]!.at - commits[place]!.at) / dayMs)),
      byOrigin: [...(brought.get(place) ?? [])]
        .map(([origin, lines]) => ({ origin, lines }))
        .sort((one, other) => other.lines - one.lines),
    }));
}
