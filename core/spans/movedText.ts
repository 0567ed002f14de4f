import type { Run } from "./spans.ts";
import type { TextChange, TextView } from "../text/textReplacement.ts";

/** A stretch of a text that stood elsewhere, and whose it was there. */
export interface MovedText {
  /** In the text after the edit. */
  readonly start: number;
  readonly runs: readonly Run[];
}

/** Shorter texts are alike by chance: a call, an import, a closing line. */
export const shortestMoved = 20;

/**
 * What an edit takes out at one place and puts in at another, as an editor does that moves a line up or down or drops a
 * selection: what is put in is the same text, whole, perhaps with its line break at the other end. `removed` are the
 * runs that the edit took out, in order.
 */
export function movedInside(edit: readonly TextChange[], removed: readonly Run[]): MovedText[] {
  const taken: { text: string; runs: Run[] }[] = [];
  let from = 0;
  for (const { removed: text } of edit) {
    taken.push({ text, runs: cutRuns(removed, from, from + text.length) });
    from += text.length;
  }
  const moved: MovedText[] = [];
  let shift = 0;
  for (const { start, end, text } of edit) {
    const index = text.length < 2 ? -1 : taken.findIndex((each) => isSame(each.text, text));
    if (index !== -1) {
      const [{ text: original, runs }] = taken.splice(index, 1) as [{ text: string; runs: Run[] }];
      const rotation = rotationOf(original, text);
      const turned = [...cutRuns(runs, rotation, text.length), ...cutRuns(runs, 0, rotation)];
      moved.push({ start: start + shift, runs: turned });
    }
    shift += text.length - (end - start);
  }
  return moved;
}

/** Whose a passage is wherever it stands in a text. Undefined where it does not, or where it is several people's. */
export function runsOfPassage(
  passage: string,
  {
    text,
    runs,
    except,
  }: {
    readonly text: TextView;
    readonly runs: (start: number, end: number) => readonly Run[];
    /** Where the passage was just put in. */
    readonly except?: number | undefined;
  },
): readonly Run[] | undefined {
  const whole = text.slice(0, text.length);
  let found: readonly Run[] | undefined;
  for (let at = whole.indexOf(passage); at !== -1; at = whole.indexOf(passage, at + 1)) {
    if (at === except) continue;
    const here = runs(at, at + passage.length);
    if (found && !isAlike(found, here)) return undefined;
    found = here;
  }
  return found;
}

export function isAlike(first: readonly Run[], second: readonly Run[]): boolean {
  return (
    first.length === second.length &&
    first.every(
      ({ owner, length }, index) => owner === second[index]!.owner && length === second[index]!.length,
    )
  );
}

function isSame(taken: string, put: string): boolean {
  return taken.length === put.length && (taken === put || rotationOf(taken, put) > 0);
}

/** By how much a text with a line break before it has become one with the break behind it, or the other way round. */
function rotationOf(taken: string, put: string): number {
  if (taken === put) return 0;
  const [before, behind] = [/^\r?\n/.exec(taken)?.[0], /\r?\n$/.exec(taken)?.[0]];
  if (before && taken.slice(before.length) + before === put) return before.length;
  if (behind && behind + taken.slice(0, -behind.length) === put) return taken.length - behind.length;
  return 0;
}

function cutRuns(runs: readonly Run[], from: number, to: number): Run[] {
  const cut: Run[] = [];
  let start = 0;
  for (const run of runs) {
    const length = Math.min(to, start + run.length) - Math.max(from, start);
    if (length > 0) cut.push({ ...run, length });
    start += run.length;
  }
  return cut;
}
