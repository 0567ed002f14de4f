import { linesOf } from "../provenance/provenanceLines.ts";
import type { Spans } from "../spans/spans.ts";
import { nameOf } from "./fileKinds.ts";
import type { Part } from "./part.ts";

/** Errors in the lines of one AI edit that were not there before it. */
export interface NewProblems {
  readonly uri: string;
  readonly errors: number;
}

/** AI text that stands in another file, too. */
export interface Duplicate {
  readonly uri: string;
  readonly other: string;
  readonly lines: number;
}

/** Reading of differences without a long pause, where the person asked for it to be noted. */
export interface Review {
  readonly minutes: number;
  readonly lines: number;
}

/** Problems that AI edits brought. Undefined where no editor tells of problems. */
export function problems(found: readonly NewProblems[] | undefined): Part {
  if (!found) return { values: {} };
  return {
    values: {
      "problems.edits": found.length,
      "problems.count": found.reduce((sum, { errors }) => sum + errors, 0),
    },
    files: [...new Set(found.map(({ uri }) => uri))],
  };
}

export function duplicate(found: readonly Duplicate[]): Part {
  const [longest] = [...found].sort((one, other) => other.lines - one.lines);
  if (!longest) return { values: { "duplicate.lines": 0 } };
  const { uri, other, lines } = longest;
  return {
    values: { "duplicate.lines": lines, "duplicate.file": decodeURIComponent(nameOf(other)) },
    files: [other, uri],
  };
}

export function review(found: Review | null): Part {
  return { values: found ? { "review.minutes": found.minutes, "review.lines": found.lines } : {} };
}

/** The lines, counted from 0, that have text of each of some edits. */
export function linesByEdit(
  text: string,
  spans: Spans,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const { number, start, end } of linesOf(text)) {
    const owners = new Set(spans.runs(start, end).flatMap(({ owner }) => owner ?? []));
    for (const owner of owners) {
      if (!wanted.has(owner)) continue;
      const lines = found.get(owner);
      if (lines) lines.push(number);
      else found.set(owner, [number]);
    }
  }
  return found;
}

/** So many equal lines in a row are a block that was written twice. */
export const blockOfLines = 5;
/** Lines such as a bracket or an import are equal everywhere. */
const isTelling = (line: string) =>
  /\w.*\w/.test(line) && !/^(?:import|from|use|using|#include|package)\b/.test(line);

/** Lines as they are compared: without what a formatter decides. */
export function comparedLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/\s+/g, " "))
    .filter(isTelling);
}

/** Every block of so many lines. */
export function blocksOf(lines: readonly string[]): string[] {
  return Array.from({ length: Math.max(0, lines.length - blockOfLines + 1) }, (_, at) =>
    lines.slice(at, at + blockOfLines).join("\n"),
  );
}

/** How many lines in a row another file has, too: 0 or at least a block. */
export function sharedLines(lines: readonly string[], blocks: ReadonlySet<string>): number {
  let [longest, run] = [0, 0];
  for (const block of blocksOf(lines)) {
    run = blocks.has(block) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest === 0 ? 0 : longest + blockOfLines - 1;
}
