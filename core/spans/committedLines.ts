import { outlineOf } from "../text/outline.ts";
import { linesOf } from "../provenance/provenanceLines.ts";
import { followReplacements, replacementsBetween } from "./remap.ts";
import { Spans } from "./spans.ts";

/** Lines of a committed file that come from one edit. Counted from 1, both ends included. */
export interface CommittedRange {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly editId: string;
}

/** Whose the text of a file is, taken from a text whose owners are known, by the lines that are found again. */
export function spansOfOther(text: string, spans: Spans, other: string): Spans {
  const copy = Spans.ofRuns(spans.runs());
  if (text === other) return copy;
  const itself = (line: string) => line;
  followReplacements(copy, replacementsBetween(outlineOf(text, itself), outlineOf(other, itself), copy));
  return copy;
}

/** The edit that most of each line comes from, in ranges. Lines that come from no edit are left out. */
export function committedRanges(text: string, spans: Spans): CommittedRange[] {
  const ranges: { firstLine: number; lastLine: number; editId: string }[] = [];
  for (const { number, start, end, next } of linesOf(text)) {
    const editId = mostOf(spans, start, end === start ? next : end);
    if (editId === undefined) continue;
    const last = ranges.at(-1);
    if (last?.editId === editId && last.lastLine === number) last.lastLine = number + 1;
    else ranges.push({ firstLine: number + 1, lastLine: number + 1, editId });
  }
  return ranges;
}

function mostOf(spans: Spans, start: number, end: number): string | undefined {
  const chars = new Map<string | undefined, number>();
  for (const { owner, length } of spans.runs(start, end)) chars.set(owner, (chars.get(owner) ?? 0) + length);
  return [...chars].reduce<[string | undefined, number]>(
    (most, each) => (each[1] > most[1] || (most[0] === undefined && each[1] === most[1]) ? each : most),
    [undefined, 0],
  )[0];
}
