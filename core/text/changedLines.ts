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
  return text.kind === "pieces" ? changed(text.pieces) : unknownLines;
}

function changed(pieces: readonly { readonly before?: string; readonly after: string }[]): ChangedLines {
  let [linesAdded, linesDeleted] = [0, 0];
  for (const { before = "", after } of pieces) {
    const numbers = new Map<string, number>();
    const numberOf = (line: string) => {
      const number = numbers.get(line) ?? numbers.size;
      numbers.set(line, number);
      return number;
    };
    const [first, second] = [before, after].map((text) => splitLines(text).map(numberOf));
    for (const part of diffSequences(first!, second!, { left: budget })) {
      linesAdded += part.secondEnd - part.secondStart;
      linesDeleted += part.firstEnd - part.firstStart;
    }
  }
  return { linesAdded, linesDeleted };
}

function splitLines(text: string): string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}
