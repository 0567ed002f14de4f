import { originKey } from "../origin/originKey.ts";
import { survivalAt, type Lifetime } from "../statistics/kaplanMeier.ts";
import { shareOfCommits } from "./shareOfCommits.ts";
import type { LineGroup } from "./lineGroups.ts";

interface Rework {
  readonly self: number;
  readonly others: number;
  /** Of the two before, those that a fix or a revert took away. */
  readonly corrective: number;
}

export interface OriginFate {
  readonly origin: string;
  readonly lines: number;
  /** By window in days: lines that were watched for so long. */
  readonly observed: Readonly<Record<string, number>>;
  readonly reworked: Readonly<Record<string, Rework>>;
  readonly survival: readonly {
    readonly days: number;
    readonly share: number;
    readonly low: number;
    readonly high: number;
  }[];
}

/** A row for each origin. Lines of which nobody knows what became are watched until then, and no further. */
export function fateRows(groups: readonly LineGroup[], windows: readonly number[]): OriginFate[] {
  const byOrigin = new Map<string, LineGroup[]>();
  for (const group of groups) {
    const key = originKey(group.origin);
    const known = byOrigin.get(key);
    if (known) known.push(group);
    else byOrigin.set(key, [group]);
  }
  return [...byOrigin]
    .map(([origin, ofOrigin]) => rowOf(origin, ofOrigin, windows))
    .sort((one, other) => other.lines - one.lines || (one.origin < other.origin ? -1 : 1));
}

/** The same by the language of the file that lines were brought to, too. */
export function languageRows(
  groups: readonly LineGroup[],
  windows: readonly number[],
): (OriginFate & { readonly language: string })[] {
  const byLanguage = new Map<string, LineGroup[]>();
  for (const group of groups) {
    const known = byLanguage.get(group.language);
    if (known) known.push(group);
    else byLanguage.set(group.language, [group]);
  }
  return [...byLanguage]
    .flatMap(([language, own]) => fateRows(own, windows).map((row) => ({ language, ...row })))
    .sort((one, other) => other.lines - one.lines);
}

type Counted = Pick<LineGroup, "lines" | "days" | "bornDaysAgo" | "end" | "by" | "isCorrective">;

/** Those of which one knows what became until that age. */
export function watchedFor<Group extends Counted>(groups: readonly Group[], window: number): Group[] {
  return groups.filter(
    ({ bornDaysAgo, end, days }) => bornDaysAgo >= window && (end !== "lost" || days >= window),
  );
}

/** By whom lines were taken away until an age, of those watched for so long. */
export function reworkOf(watched: readonly Counted[], window: number): Rework {
  const dead = watched.filter(({ end, days }) => end === "died" && days <= window);
  return {
    self: sumLines(dead.filter(({ by }) => by === "self")),
    others: sumLines(dead.filter(({ by }) => by === "others")),
    corrective: sumLines(dead.filter(({ isCorrective }) => isCorrective)),
  };
}

/** Added up: whoever makes a curve of them goes through ages instead of groups. */
export function lifetimesOf(groups: readonly Counted[]): Lifetime[] {
  const [died, left] = [new Map<number, number>(), new Map<number, number>()];
  for (const { days, end, lines } of groups) {
    const counts = end === "died" ? died : left;
    counts.set(days, (counts.get(days) ?? 0) + lines);
  }
  return [
    ...Array.from(died, ([days, count]) => ({ days, died: true, count })),
    ...Array.from(left, ([days, count]) => ({ days, died: false, count })),
  ];
}

export function sumLines(groups: readonly { readonly lines: number }[]): number {
  return groups.reduce((total, { lines }) => total + lines, 0);
}

function rowOf(origin: string, groups: readonly LineGroup[], windows: readonly number[]): OriginFate {
  const lifetimes = lifetimesOf(groups);
  const watched = new Map(windows.map((window) => [window, watchedFor(groups, window)]));
  return {
    origin,
    lines: sumLines(groups),
    observed: byWindow(windows, (window) => sumLines(watched.get(window)!)),
    reworked: byWindow(windows, (window) => reworkOf(watched.get(window)!, window)),
    survival: windows.flatMap((days) => {
      const at = survivalAt(lifetimes, days);
      if (!at) return [];
      const { low, high } = shareOfCommits(watched.get(days)!, days, at);
      return [{ days, share: rounded(at.share), low: rounded(low), high: rounded(high) }];
    }),
  };
}

function byWindow<Value>(
  windows: readonly number[],
  value: (window: number) => Value,
): Record<string, Value> {
  return Object.fromEntries(windows.map((window) => [String(window), value(window)]));
}

function rounded(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
