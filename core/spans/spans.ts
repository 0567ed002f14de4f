import {
  concatenate,
  cut,
  firstOf,
  isAlike,
  lastOf,
  leaf,
  lengthenLast,
  totalOf,
  visit,
  type Run,
  type SpanTree,
} from "./spanTree.ts";

export type { Run } from "./spanTree.ts";

export interface PlacedRun extends Run {
  readonly start: number;
  readonly end: number;
}

/** How much of a text belongs to one owner. */
export interface Owned {
  /** Inserted by it and never removed since. */
  readonly kept: number;
  /** Removed once and brought back. */
  readonly restored: number;
}

/**
 * Which edit each stretch of a document comes from. Knows no text: offsets and lengths in UTF-16 code units are all
 * it takes to follow a change, at a cost that grows with the runs touched and not with the document.
 */
export class Spans {
  #tree: SpanTree;
  readonly #owned = new Map<string, { kept: number; restored: number }>();
  #seed = 0;

  static ofLength(length: number): Spans {
    return Spans.ofRuns([{ owner: undefined, length, restored: false }]);
  }

  static ofRuns(runs: Iterable<Run>): Spans {
    const spans = new Spans();
    for (const run of runs) spans.#tree = spans.#append(spans.#tree, run);
    return spans;
  }

  get length(): number {
    return totalOf(this.#tree);
  }

  /**
   * Follows one replacement; what was inserted belongs to `owner`. Gives back the runs that were removed, in order.
   * Several replacements of one edit are followed last one first, or with their offsets shifted.
   */
  replace(offset: number, deletedLength: number, insertedLength: number, owner: string | undefined): Run[] {
    return this.#splice(offset, deletedLength, [{ owner, length: insertedLength, restored: false }]);
  }

  /** Like `replace`, with text whose owners are known from before: undone, pasted or moved. It counts as restored. */
  restore(offset: number, deletedLength: number, runs: readonly Run[]): Run[] {
    return this.#splice(
      offset,
      deletedLength,
      runs.map(({ owner, length }) => ({ owner, length, restored: owner !== undefined })),
    );
  }

  /** The runs between two offsets; those that reach over them are cut. */
  runs(start = 0, end = this.length): PlacedRun[] {
    const runs: PlacedRun[] = [];
    visit(this.#tree, start, end, (node, nodeStart) => {
      const from = Math.max(start, nodeStart);
      const to = Math.min(end, nodeStart + node.length);
      runs.push({ owner: node.owner, length: to - from, restored: node.restored, start: from, end: to });
    });
    return runs;
  }

  ownedBy(owner: string): Owned {
    return this.#owned.get(owner) ?? { kept: 0, restored: 0 };
  }

  /** Every owner that has text here, in no particular order. */
  owners(): string[] {
    return [...this.#owned.keys()];
  }

  #splice(offset: number, deletedLength: number, inserted: readonly Run[]): Run[] {
    if (offset < 0 || deletedLength < 0 || offset + deletedLength > this.length) {
      throw new RangeError(
        `Cannot replace ${deletedLength} code units at ${offset} of a document of ${this.length}.`,
      );
    }
    const [before, rest] = cut(this.#tree, offset, this.#priority);
    const [removedTree, after] = cut(rest, deletedLength, this.#priority);
    const removed: Run[] = [];
    visit(removedTree, 0, deletedLength, ({ owner, length, restored }) => {
      removed.push({ owner, length, restored });
      this.#count(owner, restored, -length);
    });
    let tree = before;
    for (const run of inserted) tree = this.#append(tree, run);
    this.#tree = this.#joined(tree, after);
    return removed;
  }

  #append(tree: SpanTree, run: Run): SpanTree {
    if (run.length === 0) return tree;
    this.#count(run.owner, run.restored, run.length);
    if (tree && isAlike(lastOf(tree), run)) {
      lengthenLast(tree, run.length);
      return tree;
    }
    return concatenate(tree, leaf(run, this.#priority()));
  }

  #joined(left: SpanTree, right: SpanTree): SpanTree {
    if (left && right) {
      const first = firstOf(right);
      if (isAlike(lastOf(left), first)) {
        const [joining, rest] = cut(right, first.length, this.#priority);
        lengthenLast(left, totalOf(joining));
        return concatenate(left, rest);
      }
    }
    return concatenate(left, right);
  }

  #count(owner: string | undefined, restored: boolean, by: number): void {
    if (owner === undefined) return;
    let owned = this.#owned.get(owner);
    if (!owned) this.#owned.set(owner, (owned = { kept: 0, restored: 0 }));
    if (restored) owned.restored += by;
    else owned.kept += by;
    if (owned.kept === 0 && owned.restored === 0) this.#owned.delete(owner);
  }

  /** Looks random and is the same in every run: a counter, its bits mixed. */
  readonly #priority = (): number => {
    this.#seed = (this.#seed + 0x9e3779b9) | 0;
    let bits = this.#seed;
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return (bits ^ (bits >>> 16)) >>> 0;
  };
}
