import type { ContentKind } from "../text/offsetEdit.ts";
import type { Run } from "./spans.ts";

/** A text and whose it is: the runs' lengths add up to the text's. */
export interface OwnedText {
  readonly text: string;
  readonly runs: readonly Run[];
}

export const ownedTextContent: ContentKind<OwnedText> = {
  length: ({ text }) => text.length,
  slice: ({ text, runs }, from, to) => ({ text: text.slice(from, to), runs: sliceRuns(runs, from, to) }),
  join: (first, second) => ({ text: first.text + second.text, runs: [...first.runs, ...second.runs] }),
};

export function sliceRuns(runs: readonly Run[], from: number, to: number): Run[] {
  const sliced: Run[] = [];
  let start = 0;
  for (const run of runs) {
    const end = start + run.length;
    const length = Math.min(to, end) - Math.max(from, start);
    if (length > 0) sliced.push({ ...run, length });
    start = end;
  }
  return sliced;
}
