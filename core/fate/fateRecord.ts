import type { FateRecord, HeldCommit } from "../../protocol/fates.ts";
import type { Origin } from "../../protocol/origin.ts";
import { originKey } from "../origin/originKey.ts";
import type { Grouped } from "./lineGroups.ts";
import type { HistoryCommit } from "./lineHistory.ts";

/** Of older commits nobody asks any more: as long as sums are kept. */
export const mostDaysKept = 760;
const dayMs = 24 * 60 * 60_000;

export interface Looked {
  readonly repository: string;
  readonly at: number;
  readonly grouped: Grouped;
  readonly commits: readonly HistoryCommit[];
  readonly reverted: ReadonlyMap<number, number>;
  /** What each commit holds. */
  readonly held?: readonly HeldCommit[];
}

/** What a look at a history found, small enough to be kept and added up with others. */
export function fateRecordOf({ repository, at, grouped, commits, reverted, held }: Looked): FateRecord {
  const origins = new Numbered<string, Origin>();
  const kept = new Numbered<number, FateRecord["commits"][number]>();
  const groups = new Map<string, FateRecord["groups"][number]>();
  for (const group of grouped.groups) {
    if (group.bornDaysAgo > mostDaysKept) continue;
    const { at: bornAt } = commits[group.commit]!;
    const origin = origins.of(originKey(group.origin), group.origin);
    const commit = kept.of(group.commit, [bornAt, revertedAfter(group.commit)]);
    const end = group.end === "died" ? group.by! : group.end;
    const name = [origin, commit, group.days, end, group.isCorrective].join(" ");
    const known = groups.get(name);
    if (known) known[2] += group.lines;
    else groups.set(name, [origin, commit, group.lines, group.days, end, group.isCorrective]);
  }
  return {
    format: 1,
    repository,
    at,
    unknown: null,
    linesSetApart: grouped.linesSetApart,
    origins: origins.values,
    commits: kept.values,
    groups: [...groups.values()],
    ...(held && { held: [...held] }),
  };

  function revertedAfter(commit: number): number | null {
    const by = reverted.get(commit);
    if (by === undefined) return null;
    return Math.max(0, Math.floor((commits[by]!.at - commits[commit]!.at) / dayMs));
  }
}

/** Of a repository of which nothing can be said. */
export function emptyFateRecord(
  repository: string,
  at: number,
  unknown: NonNullable<FateRecord["unknown"]>,
): FateRecord {
  return { format: 1, repository, at, unknown, linesSetApart: 0, origins: [], commits: [], groups: [] };
}

/** Things by their number, in the order in which they were first seen. */
class Numbered<Key, Value> {
  readonly values: Value[] = [];
  readonly #numbers = new Map<Key, number>();

  of(key: Key, value: Value): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.values.push(value) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}
