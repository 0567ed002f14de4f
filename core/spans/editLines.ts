import type { CompactSpans } from "./compactSpans.ts";
import { lineStarts, type Outline } from "../text/outline.ts";

export interface EditLines {
  readonly first: number;
  readonly last: number;
}

/** Between which lines the text of each edit lies, counted from 0, from what is stored of a text alone. */
export function linesOfEdits(spans: CompactSpans, outline: Outline): ReadonlyMap<string, EditLines> {
  const starts = lineStarts(outline);
  const found = new Map<string, EditLines>();
  let offset = 0;
  let line = 0;
  for (const [index, length] of spans.runs) {
    while (line + 1 < starts.length - 1 && starts[line + 1]! <= offset) line += 1;
    const owner = spans.owners[index];
    if (owner !== undefined && length > 0) {
      let last = line;
      while (last + 1 < starts.length - 1 && starts[last + 1]! < offset + length) last += 1;
      const known = found.get(owner);
      found.set(owner, { first: known?.first ?? line, last });
    }
    offset += length;
  }
  return found;
}
