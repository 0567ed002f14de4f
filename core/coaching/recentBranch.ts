import type { Part } from "./part.ts";

/** A commit and how much of it is AI's, as far as Kept saw it being made. */
export interface ToldCommit {
  readonly at: number;
  /** Lines it brought, generated files left out. */
  readonly lines: number;
  readonly aiLines: number;
  /** Whether its message says more than its first line. */
  readonly isExplained: boolean;
}

/** What a branch has that the one it goes to does not have. */
export interface BranchAhead {
  /** Lines added and deleted, and files, generated ones left out. */
  readonly lines: number;
  readonly files: number;
  readonly commits: readonly ToldCommit[];
}

/** A reviewer reads about so many lines a minute. */
const reviewedInMinute = 5;
/** What is smaller explains itself. */
const leastLines = 20;

/** More than half of it is AI's, and it is large enough that one wonders. */
export function isMostlyAi({ lines, aiLines }: ToldCommit): boolean {
  return lines >= leastLines && aiLines / lines > 0.5;
}

export function branch(ahead: BranchAhead | null): Part {
  if (!ahead) return { values: {} };
  const sum = (of: "lines" | "aiLines") => ahead.commits.reduce((total, commit) => total + commit[of], 0);
  const lines = sum("lines");
  const mostlyAi = ahead.commits.filter(isMostlyAi);
  return {
    values: {
      "branch.lines": ahead.lines,
      "branch.files": ahead.files,
      "branch.commits": ahead.commits.length,
      "branch.minutes": ahead.lines / reviewedInMinute,
      "branch.unexplained": mostlyAi.filter(({ isExplained }) => !isExplained).length,
      ...(lines > 0 && { "branch.ai": sum("aiLines") / lines }),
    },
  };
}
