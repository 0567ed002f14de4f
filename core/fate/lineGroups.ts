import type { Origin } from "../../protocol/origin.ts";
import type { CommitOrigins } from "./commitOrigins.ts";
import type { LineFates } from "./lineFates.ts";
import type { HistoryCommit } from "./lineHistory.ts";

/** Lines of one commit and one origin that went the same way. */
export interface LineGroup {
  readonly origin: Origin;
  readonly path: string;
  /** Which commit brought them: lines of one commit are no independent sample. */
  readonly commit: number;
  readonly lines: number;
  /** Whole days from their commit to their end, or to the last moment that is known. */
  readonly days: number;
  /** How long ago their commit was made, at the last moment that is known. */
  readonly bornDaysAgo: number;
  readonly end: "alive" | "died" | "lost";
  readonly by: "self" | "others" | undefined;
  /** Whether a fix or a revert took them away. */
  readonly isCorrective: boolean;
}

export interface GroupOptions {
  readonly commits: readonly HistoryCommit[];
  readonly facts: readonly { readonly person: string; readonly isCorrective: boolean }[];
  readonly origins: CommitOrigins;
  /** Whether nobody writes a file by hand. */
  readonly isSetApart: (path: string) => boolean;
  readonly now: number;
}

export interface Grouped {
  readonly groups: readonly LineGroup[];
  /** Lines of files that nobody writes by hand. */
  readonly linesSetApart: number;
}

const dayMs = 24 * 60 * 60_000;

/** Who brought the lines of a history, and who took them away. */
export function groupLines(
  { runs }: LineFates,
  { commits, facts, origins, isSetApart, now }: GroupOptions,
): Grouped {
  // A clock that was wrong when a commit was made must not make it younger than nothing.
  const end = commits.reduce((latest, { at }) => Math.max(latest, at), now);
  const apart = new Map<string, boolean>();
  const groups: LineGroup[] = [];
  let linesSetApart = 0;
  for (const { commit, path, line, count, end: gone } of runs()) {
    let isApart = apart.get(path);
    if (isApart === undefined) apart.set(path, (isApart = isSetApart(path)));
    if (isApart) {
      linesSetApart += count;
      continue;
    }
    const born = commits[commit]!;
    const killer = gone && commits[gone.commit]!;
    const died = gone?.kind === "died";
    const days = daysBetween(born.at, killer?.at ?? end);
    const bornDaysAgo = daysBetween(born.at, end);
    const how = gone?.kind ?? "alive";
    const by = died ? bySelfOrOthers(facts[gone.commit]!.person, facts[commit]!.person) : undefined;
    const isCorrective = died && facts[gone.commit]!.isCorrective;
    for (const [origin, lines] of origins.runs(born.id, path, line, count))
      groups.push({ origin, path, commit, lines, days, bornDaysAgo, end: how, by, isCorrective });
  }
  return { groups, linesSetApart };
}

function bySelfOrOthers(one: string, other: string): "self" | "others" {
  return one === other ? "self" : "others";
}

function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / dayMs));
}
