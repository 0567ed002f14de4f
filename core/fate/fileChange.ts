/** How a file differs between two commits. */
export interface FileChange {
  /** Undefined for a file that is new. */
  readonly from: string | undefined;
  /** Undefined for a file that is gone, or is no text any more. */
  readonly to: string | undefined;
  /** In the order of the file. */
  readonly hunks: readonly Hunk[];
  /** Where git shows no lines because one side is no text: the file then, which may be text by now. */
  readonly unshown?: string | undefined;
}

/** Lines that were replaced by others, without any around them. */
export interface Hunk {
  /** How many lines stand before it, in the file before. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export interface HistoryOptions {
  /** Whether a line that is moved within a commit, and cannot be mistaken, stays the line it was. */
  readonly followMoves: boolean;
  /** Whether a line of which only white space changed stays the line it was. */
  readonly ignoreSpace: boolean;
}

export interface Settled {
  /** For each change the lines after it; -1 for one that is new. */
  readonly files: readonly { readonly lines: Int32Array }[];
  readonly removed: readonly number[];
  /** What cannot be followed any more, though nobody took it away. */
  readonly lost: readonly number[];
}

/** Shorter lines may stand anywhere. */
const leastMovedLetters = 8;

/** The same change where a file that was no text is one of so many lines now, which are all new. */
export function becomesText({ from }: FileChange, to: string, lines: number): FileChange[] {
  const added = Array.from({ length: lines }, () => "");
  const gone = from === undefined ? [] : [{ from, to: undefined, hunks: [] }];
  return [...gone, { from: undefined, to, hunks: [{ at: 0, removed: [], added }] }];
}

/** Which lines of which files stay, and which are new, by the differences of one commit. */
export function settleHunks(
  changes: readonly FileChange[],
  bases: readonly Int32Array[],
  options: HistoryOptions,
  isApart: boolean,
): Settled {
  const removed: number[] = [];
  const lost: number[] = [];
  const gone = new Moved<number>();
  const come = new Moved<{ readonly lines: Int32Array; readonly at: number }>();
  const files = changes.map(({ to, hunks }, index) => {
    const base = bases[index]!;
    const growth = hunks.reduce((sum, hunk) => sum + hunk.added.length - hunk.removed.length, 0);
    const lines = new Int32Array(to === undefined ? 0 : Math.max(0, base.length + growth));
    let [read, write] = [0, 0];
    for (const hunk of hunks) {
      const kept = base.subarray(read, hunk.at);
      if (to !== undefined) lines.set(kept, write);
      write += kept.length;
      const ids = base.subarray(hunk.at, hunk.at + hunk.removed.length);
      const follows = isApart || (options.ignoreSpace && isSameText(hunk.removed, hunk.added));
      const paired = follows ? Math.min(ids.length, hunk.added.length) : 0;
      for (let at = 0; at < hunk.added.length; at++) {
        lines[write + at] = at < paired ? ids[at]! : -1;
        if (at >= paired && options.followMoves) come.add(hunk.added[at]!, { lines, at: write + at });
      }
      for (let at = paired; at < ids.length; at++) {
        if (follows) lost.push(ids[at]!);
        else {
          removed.push(ids[at]!);
          if (options.followMoves) gone.add(hunk.removed[at]!, ids[at]!);
        }
      }
      write += hunk.added.length;
      read = hunk.at + hunk.removed.length;
    }
    if (to === undefined) for (const id of base.subarray(read)) lost.push(id);
    else lines.set(base.subarray(read), write);
    return { lines };
  });
  const moved = new Set<number>();
  for (const [text, id] of gone.single()) {
    const place = come.only(text);
    if (!place) continue;
    place.lines[place.at] = id;
    moved.add(id);
  }
  return { files, removed: removed.filter((id) => !moved.has(id)), lost };
}

function isSameText(removed: readonly string[], added: readonly string[]): boolean {
  if (removed.length === 0 || added.length === 0) return false;
  return withoutSpace(removed) === withoutSpace(added);
}

function withoutSpace(lines: readonly string[]): string {
  return lines.join("").replace(/\s+/g, "");
}

/** Lines by their text, as long as no two are the same. */
class Moved<Value> {
  readonly #byText = new Map<string, Value | undefined>();

  add(line: string, value: Value): void {
    const text = line.trim();
    if ((text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < leastMovedLetters) return;
    this.#byText.set(text, this.#byText.has(text) ? undefined : value);
  }

  only(text: string): Value | undefined {
    return this.#byText.get(text);
  }

  *single(): Generator<[string, Value]> {
    for (const [text, value] of this.#byText) if (value !== undefined) yield [text, value];
  }
}
