import { committedRanges, spansOfOther, type CommittedRange } from "./committedLines.ts";
import { linesOf } from "../provenance/provenanceLines.ts";
import { Spans } from "./spans.ts";

/** Whose lines of a text are, by whose the same lines were in a text that it was made from. */
export function carriedRanges(
  before: string,
  ranges: readonly CommittedRange[],
  after: string,
): CommittedRange[] {
  const lines = linesOf(before);
  const spans = Spans.ofLength(before.length);
  for (const { firstLine, lastLine, editId } of ranges) {
    const [first, last] = [lines[firstLine - 1], lines[lastLine - 1]];
    if (first && last) spans.replace(first.start, last.next - first.start, last.next - first.start, editId);
  }
  return committedRanges(after, spansOfOther(before, spans, after));
}

/** The first says whose a line is; what it does not know, the others may. */
export function filledIn(sources: readonly (readonly CommittedRange[])[]): CommittedRange[] {
  const owners = new Map<number, string>();
  for (const { firstLine, lastLine, editId } of sources.flat())
    for (let line = firstLine; line <= lastLine; line++) if (!owners.has(line)) owners.set(line, editId);
  const ranges: { firstLine: number; lastLine: number; editId: string }[] = [];
  for (const [line, editId] of [...owners].sort(([one], [other]) => one - other)) {
    const last = ranges.at(-1);
    if (last?.editId === editId && last.lastLine === line - 1) last.lastLine = line;
    else ranges.push({ firstLine: line, lastLine: line, editId });
  }
  return ranges;
}
