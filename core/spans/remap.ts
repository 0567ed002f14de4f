import { gapsOf, mapLines } from "../text/lineMap.ts";
import type { LengthReplacement } from "../text/movedRanges.ts";
import { lineStarts, type Outline } from "../text/outline.ts";
import type { PlacedRun, Run, Spans } from "./spans.ts";

/**
 * What leads from one text to another as far as their lines tell: lines that are found again are left alone, all else
 * is replaced. Sorted and disjoint, in offsets of the first text.
 */
export function replacementsBetween(before: Outline, after: Outline, spans: Spans): LengthReplacement[] {
  const beforeStarts = lineStarts(before);
  const afterStarts = lineStarts(after);
  const owners = ownersOfLines(spans, beforeStarts);
  const map = mapLines(before.hashes, after.hashes, (one, other) => owners(one) === owners(other));
  const gaps: LengthReplacement[] = gapsOf(map, after.hashes.length).map((gap) => ({
    start: beforeStarts[gap.beforeStart]!,
    end: beforeStarts[gap.beforeEnd]!,
    insertedLength: afterStarts[gap.afterEnd]! - afterStarts[gap.afterStart]!,
  }));
  const breaks: LengthReplacement[] = [];
  map.forEach((place, line) => {
    if (place === -1) return;
    const start = beforeStarts[line]! + before.lengths[line]!;
    const [from, to] = [before.breaks[line]!, after.breaks[place]!];
    // What a pair has more than a single break is its first code unit.
    if (from > to) breaks.push({ start, end: start + from - to, insertedLength: 0 });
    else if (from < to) breaks.push({ start, end: start, insertedLength: to - from });
  });
  return [...gaps, ...breaks].sort((one, other) => one.start - other.start || one.end - other.end);
}

/** Follows replacements; what was put in belongs to nobody. Gives back the runs that were removed. */
export function followReplacements(spans: Spans, replacements: readonly LengthReplacement[]): Run[] {
  return replacements
    .toReversed()
    .flatMap(({ start, end, insertedLength }) =>
      spans.replace(start, end - start, insertedLength, undefined),
    );
}

/** Says whose a line is in a form that can be compared. */
function ownersOfLines(spans: Spans, starts: readonly number[]): (line: number) => string {
  const told = new Map<number, string>();
  return (line) => {
    let owners = told.get(line);
    if (owners === undefined) {
      const runs = spans.runs(starts[line], starts[line + 1]);
      told.set(line, (owners = runs.map(shortly).join(" ")));
    }
    return owners;
  };
}

function shortly({ owner, length, restored }: PlacedRun): string {
  return `${owner ?? ""} ${length} ${Number(restored)}`;
}
