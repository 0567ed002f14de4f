import type { FileChange } from "./fileChange.ts";
import type { NumberList } from "./numberList.ts";

/** How a commit changed one file, as git counts: what only moved within it, and white space, too. */
export interface CountedChange {
  readonly path: string;
  readonly added: number;
  readonly removed: number;
}

/** How many lines of which files each commit changed, one commit after the other. Of merges nothing is counted. */
export class CommitChanges {
  /** Of three numbers for each file: the path, lines added and lines removed. */
  readonly counts: NumberList;
  /** Where the counts of each commit begin. */
  readonly begins: NumberList;

  constructor(counts: NumberList, begins: NumberList) {
    this.counts = counts;
    this.begins = begins;
  }

  add(changes: readonly FileChange[], numberOf: (path: string) => number): void {
    this.begins.push(this.counts.length);
    for (const { from, to, hunks } of changes) {
      const path = to ?? from;
      // Of a file that is new and no text nothing is told.
      if (path === undefined) continue;
      this.counts.push(numberOf(path));
      this.counts.push(hunks.reduce((sum, { added }) => sum + added.length, 0));
      this.counts.push(hunks.reduce((sum, { removed }) => sum + removed.length, 0));
    }
  }

  of(place: number, paths: readonly string[]): CountedChange[] {
    const end = place + 1 < this.begins.length ? this.begins.at(place + 1) : this.counts.length;
    const changes: CountedChange[] = [];
    for (let at = this.begins.at(place); at < end; at += 3)
      changes.push({
        path: paths[this.counts.at(at)]!,
        added: this.counts.at(at + 1),
        removed: this.counts.at(at + 2),
      });
    return changes;
  }
}
