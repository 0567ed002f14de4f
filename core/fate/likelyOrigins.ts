import { originKey } from "../origin/originKey.ts";
import type { SubjectKind } from "../../protocol/fates.ts";
import type { CommitOrigins } from "./commitOrigins.ts";
import type { LineFates } from "./lineFates.ts";
import type { HistoryCommit } from "./lineHistory.ts";

/**
 * How much is to be held of it. It is never certain: what a fix takes out need not be what was wrong, and what was left out
 * is in no line. `medium` where the fix is small, most of what it took out is of one origin, and that was young.
 */
export type Confidence = "medium" | "low";

/** Whose lines a fix took out, and so where the mistake may have come from. */
export interface LikelyOrigin {
  readonly fix: string;
  readonly origin: string;
  /** Its lines that the fix took out. */
  readonly lines: number;
  /** Of all that the fix took out. */
  readonly share: number;
  /** How old these were, in whole days: the age of the middle one. */
  readonly days: number;
  /** The commits that had brought them, the most lines first. */
  readonly commits: readonly string[];
  readonly confidence: Confidence;
}

export interface LikelyOrigins {
  /** Commits that call themselves fixes. Those that take a commit back are none: they name it. */
  readonly fixes: number;
  /** Fixes that took no line out of which anybody could be asked, or too many files for it. */
  readonly untraced: number;
  /** The latest fix first. */
  readonly rows: readonly LikelyOrigin[];
}

interface Options {
  readonly fates: LineFates;
  readonly commits: readonly HistoryCommit[];
  readonly facts: readonly { readonly subject: SubjectKind }[];
  readonly origins: CommitOrigins;
  /** Whether nobody writes a file by hand. */
  readonly isSetApart: (path: string) => boolean;
}

const smallFix = { files: 5, share: 0.6, days: 90 };
const dayMs = 24 * 60 * 60_000;

interface Taken {
  readonly paths: Set<string>;
  lines: number;
  readonly byOrigin: Map<
    string,
    { readonly commit: number; readonly lines: number; readonly days: number }[]
  >;
}

/** Whose lines the fixes of a history took out. */
export function likelyOrigins({ fates, commits, facts, origins, isSetApart }: Options): LikelyOrigins {
  const isFix = facts.map(({ subject }, place) => subject === "fix" && fates.isIncluded[place] === 1);
  const byFix = new Map<number, Taken>();
  for (const { commit, path, line, count, end } of fates.runs()) {
    if (end?.kind !== "died" || !isFix[end.commit] || isSetApart(path)) continue;
    const taken: Taken = byFix.get(end.commit) ?? { paths: new Set(), lines: 0, byOrigin: new Map() };
    byFix.set(end.commit, taken);
    taken.paths.add(path);
    taken.lines += count;
    const days = Math.max(0, Math.floor((commits[end.commit]!.at - commits[commit]!.at) / dayMs));
    for (const [origin, lines] of origins.runs(commits[commit]!.id, path, line, count)) {
      const key = originKey(origin);
      const known = taken.byOrigin.get(key) ?? [];
      taken.byOrigin.set(key, known);
      known.push({ commit, lines, days });
    }
  }
  const fixes = isFix.filter(Boolean).length;
  const rows = [...byFix]
    .sort(([one], [other]) => commits[other]!.at - commits[one]!.at)
    .flatMap(([fix, taken]) => rowsOf(commits, fix, taken));
  return { fixes, untraced: fixes - byFix.size, rows };
}

function rowsOf(commits: readonly HistoryCommit[], fix: number, taken: Taken): LikelyOrigin[] {
  return [...taken.byOrigin]
    .map(([origin, parts]): LikelyOrigin => {
      const lines = parts.reduce((sum, part) => sum + part.lines, 0);
      const share = lines / taken.lines;
      const days = middleAge(parts, lines);
      const isSmall = taken.paths.size <= smallFix.files;
      const isMedium = isSmall && share >= smallFix.share && days <= smallFix.days;
      const ofCommits = new Map<number, number>();
      for (const part of parts) ofCommits.set(part.commit, (ofCommits.get(part.commit) ?? 0) + part.lines);
      return {
        fix: commits[fix]!.id,
        origin,
        lines,
        share: Math.round(share * 1e6) / 1e6,
        days,
        commits: [...ofCommits]
          .sort(([, one], [, other]) => other - one)
          .map(([commit]) => commits[commit]!.id),
        confidence: isMedium ? "medium" : "low",
      };
    })
    .sort((one, other) => other.lines - one.lines || (one.origin < other.origin ? -1 : 1));
}

function middleAge(
  parts: readonly { readonly lines: number; readonly days: number }[],
  lines: number,
): number {
  let left = lines / 2;
  for (const part of parts.toSorted((one, other) => one.days - other.days)) {
    left -= part.lines;
    if (left <= 0) return part.days;
  }
  return 0;
}
