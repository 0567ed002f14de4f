import { diffSequences } from "./sequenceDiff.ts";
import type { ToolText } from "../tools/toolRecords.ts";

/** Null where the record does not tell. */
export interface ChangedLines {
  readonly linesAdded: number | null;
  readonly linesDeleted: number | null;
}

const unknownLines: ChangedLines = { linesAdded: null, linesDeleted: null };
/** Comparisons for one piece. */
const budget = 200_000;

/** How many lines an edit added and took out. */
export function changedLinesOf(text: ToolText): ChangedLines {
  if (text.kind === "whole")
    return text.before === undefined ? unknownLines : changed([{ before: text.before, after: text.after }]);
  return text.kind === "pieces" && !text.isIfThere ? changed(text.pieces) : unknownLines;
}

function changed(pieces: readonly { readonly before?: string; readonly after: string }[]): ChangedLines {
  let [linesAdded, linesDeleted] = [0, 0];
  for (const { before = "", after } of pieces) {
    const numbers = new Map<string, number>();
    const first = splitLines(before).map((line) => numberIn(numbers, line));
    const second = splitLines(after).map((line) => numbers.get(line));
    // What only one of them has is changed: most lines of most edits, and they need not be compared with each other.
    const isInSecond = new Set(second);
    const left = first.filter((number) => isInSecond.has(number));
    const right = second.filter((number) => number !== undefined);
    linesDeleted += first.length - left.length;
    linesAdded += second.length - right.length;
    for (const part of diffSequences(left, right, { left: budget })) {
      linesAdded += part.secondEnd - part.secondStart;
      linesDeleted += part.firstEnd - part.firstStart;
    }
  }
  return { linesAdded, linesDeleted };
}

function numberIn(numbers: Map<string, number>, line: string): number {
  let number = numbers.get(line);
  if (number === undefined) numbers.set(line, (number = numbers.size));
  return number;
}

function splitLines(text: string): string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}
