import { statSync } from "node:fs";
import path from "node:path";
import { reasonOf } from "../../protocol/errors.ts";
import type { Surroundings } from "./agent.ts";
import { fieldsOf, isCount, textOf, type Fields } from "./fields.ts";
import { readRows } from "./reading/recordDatabase.ts";

const kinds = ["lines", "composerLines", "tabLines", "humanLines", "blankLines"] as const;

/** By whom Cursor takes the lines of a commit to be. */
export interface ScoredLines {
  readonly all: number;
  readonly agent: number;
  readonly tab: number;
  readonly people: number;
  readonly blank: number;
}

/** What Cursor counted in a commit. It says how many lines, and not which. */
export interface CommitScore {
  readonly sha: string;
  readonly tool: "cursor";
  readonly linesAdded: ScoredLines;
  readonly linesDeleted: ScoredLines;
}

export interface ScoresRead {
  readonly scores: readonly CommitScore[];
  readonly problems: readonly string[];
}

/** Of a commit that was counted on several branches the latest count; the row is the one with it. */
const query = `
  SELECT commitHash, max(scoredAt) AS changedAt,
    ${kinds.flatMap((kind) => [`${kind}Added`, `${kind}Deleted`]).join(", ")}
  FROM scored_commits WHERE scoredAt >= ? GROUP BY commitHash`;

/**
 * Cursor's own account of who wrote what, by commit. What it keeps beside that are hashes of lines, made in a way that it
 * does not tell: they cannot be compared with any text.
 */
export function readCursorScores({ userHome, databases }: Surroundings): ScoresRead {
  const file = path.join(userHome, ".cursor", "ai-tracking", "ai-code-tracking.db");
  if (!databases || !statSync(file, { throwIfNoEntry: false })?.isFile()) return { scores: [], problems: [] };
  const scores: CommitScore[] = [];
  const problems: string[] = [];
  try {
    readRows({ file, query, since: 0 }, databases, (value) => {
      const row = fieldsOf(value);
      const sha = textOf(row["commitHash"]);
      const [linesAdded, linesDeleted] = [linesOf(row, "Added"), linesOf(row, "Deleted")];
      if (sha === undefined || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha))
        problems.push("a commit without a name");
      else if (!linesAdded || !linesDeleted) problems.push("lines that are no counts, or are more than all");
      else scores.push({ sha, tool: "cursor", linesAdded, linesDeleted });
    });
  } catch (thrown) {
    problems.push(reasonOf(thrown));
  }
  return { scores, problems };
}

function linesOf(row: Fields, side: "Added" | "Deleted"): ScoredLines | undefined {
  const counts = kinds.map((kind) => row[`${kind}${side}`]);
  if (!counts.every((count) => isCount(count) && Number.isInteger(count))) return undefined;
  const [all, agent, tab, people, blank] = counts as [number, number, number, number, number];
  return agent + tab + people > all ? undefined : { all, agent, tab, people, blank };
}
