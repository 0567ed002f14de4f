import type { Origin } from "../../protocol/origin.ts";
import { languageOfFile } from "../languageOfFile.ts";
import type { CommitOrigins } from "./commitOrigins.ts";
import type { LineFates } from "./lineFates.ts";
import type { HistoryCommit } from "./lineHistory.ts";

/** Lines of one commit and one origin that went the same way. */
export interface LineGroup {
  readonly origin: Origin;
  /** Of the file that they were brought to. */
  readonly language: string;
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
  const languages = new Map<string, string>();
  const groups: LineGroup[] = [];
  /** Of the commit that is looked at: its runs follow each other. */
  const own = new Map<Origin, Map<string, Growing>>();
  let open = -1;
  let linesSetApart = 0;
  for (const { commit, path, line, count, end: gone } of runs()) {
    let isApart = apart.get(path);
    if (isApart === undefined) apart.set(path, (isApart = isSetApart(path)));
    if (isApart) {
      linesSetApart += count;
      continue;
    }
    if (commit !== open) own.clear();
    open = commit;
    const born = commits[commit]!;
    const died = gone?.kind === "died";
    const days = daysBetween(born.at, gone ? commits[gone.commit]!.at : end);
    const isSelf = died && facts[gone.commit]!.person === facts[commit]!.person;
    const isCorrective = died && facts[gone.commit]!.isCorrective;
    let language = languages.get(path);
    if (language === undefined) languages.set(path, (language = languageOfFile(path)));
    const kind = 8 * days + (isCorrective ? 4 : 0) + (died ? (isSelf ? 3 : 2) : gone ? 1 : 0);
    const way = `${kind} ${language}`;
    for (const [origin, lines] of origins.runs(born.id, path, line, count)) {
      let ways = own.get(origin);
      if (!ways) own.set(origin, (ways = new Map<string, Growing>()));
      const known = ways.get(way);
      if (known) {
        known.lines += lines;
        continue;
      }
      const group: Growing = {
        origin,
        language,
        commit,
        lines,
        days,
        isCorrective,
        bornDaysAgo: daysBetween(born.at, end),
        end: gone?.kind ?? "alive",
        by: died ? (isSelf ? "self" : "others") : undefined,
      };
      ways.set(way, group);
      groups.push(group);
    }
  }
  return { groups, linesSetApart };
}

type Growing = { -readonly [Part in keyof LineGroup]: LineGroup[Part] };

function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / dayMs));
}
