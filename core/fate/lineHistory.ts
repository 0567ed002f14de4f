import { settleHunks, type FileChange, type HistoryOptions } from "./fileChange.ts";

/** A commit as far as the lives of lines need it. Commits come in an order in which parents are first. */
export interface HistoryCommit {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Places of the parents in the order of commits. */
  readonly parents: readonly number[];
  /** Lines it changes are told apart from those that somebody reworked: listed to be ignored, or too many files. */
  readonly isApart: boolean;
}

/** One line from the commit it first stood in to the one that took it away. */
export interface LineLife {
  readonly commit: number;
  readonly path: string;
  /** Counted from 1, in the file as that commit left it. */
  readonly line: number;
  /** Undefined while HEAD has it. */
  readonly end: { readonly commit: number; readonly kind: "died" | "lost" } | undefined;
}

type State = Map<string, Int32Array>;

const nobody = -1;
const noLines = new Int32Array(0);

/**
 * The lives of all lines of a history, from the differences between commits alone: who brought each line, and who took
 * it away. Who brought a line agrees with `git blame` at every commit.
 */
export class LineHistory {
  readonly #options: HistoryOptions;
  readonly #commits: HistoryCommit[] = [];
  readonly #states = new Map<number, State>();
  readonly #children: number[];
  readonly #paths: string[] = [];
  readonly #pathNumbers = new Map<string, number>();
  readonly #born: number[] = [];
  readonly #bornPath: number[] = [];
  readonly #bornLine: number[] = [];
  readonly #ended: number[] = [];
  readonly #copied = new Set<number>();
  readonly #isLost: boolean[] = [];

  /** `children`: of each commit, by place, how many commits will name it as a parent. */
  constructor(children: readonly number[], options: HistoryOptions) {
    this.#children = [...children];
    this.#options = options;
  }

  /** Takes the next commit in: the differences to each of its parents, or to nothing. */
  add(commit: HistoryCommit, differences: readonly (readonly FileChange[])[]): void {
    const place = this.#commits.push(commit) - 1;
    const state =
      commit.parents.length > 1
        ? this.#merge(place, commit, differences)
        : this.#change(place, commit, differences[0] ?? []);
    this.#states.set(place, state);
    for (const parent of commit.parents) {
      this.#children[parent]!--;
      if (this.#children[parent] === 0) this.#states.delete(parent);
    }
  }

  /** The file as a commit has it, as places of lives; only while the commit has children to come, or is the last. */
  linesAt(place: number): ReadonlyMap<string, Int32Array> {
    return this.#states.get(place) ?? new Map<string, Int32Array>();
  }

  get count(): number {
    return this.#born.length;
  }

  life(id: number): Omit<LineLife, "end"> {
    return { commit: this.#born[id]!, path: this.#paths[this.#bornPath[id]!]!, line: this.#bornLine[id]! };
  }

  /** Every line there ever was, as the last commit leaves it. */
  *lives(): Generator<LineLife> {
    const alive = new Uint8Array(this.count);
    for (const lines of this.linesAt(this.#commits.length - 1).values())
      for (const id of lines) alive[id] = 1;
    for (let id = 0; id < this.count; id++) {
      const commit = this.#ended[id]!;
      const isAlive = alive[id] === 1 || commit === nobody;
      yield {
        ...this.life(id),
        end: isAlive ? undefined : { commit, kind: this.#isLost[id] ? "lost" : "died" },
      };
    }
  }

  #change(place: number, { parents, isApart }: HistoryCommit, changes: readonly FileChange[]): State {
    const [parent] = parents;
    const before = parent === undefined ? new Map<string, Int32Array>() : this.#states.get(parent)!;
    const isLast = parent === undefined || this.#children[parent] === 1;
    const after = isLast ? before : new Map(before);
    const bases = changes.map(({ from, to }) => before.get(from ?? to ?? "") ?? noLines);
    const settled = settleHunks(changes, bases, this.#options, isApart);
    for (const { from } of changes) if (from !== undefined) after.delete(from);
    for (const [index, { lines }] of settled.files.entries()) {
      const { to } = changes[index]!;
      if (to === undefined) continue;
      this.#bear(place, to, lines);
      after.set(to, lines);
    }
    const stays = this.#copiesIn(after, [settled.removed, settled.lost]);
    for (const id of settled.removed) if (!stays.has(id)) this.#end(id, place, isApart);
    for (const id of settled.lost) if (!stays.has(id)) this.#end(id, place, true);
    return after;
  }

  #merge(place: number, { parents }: HistoryCommit, differences: readonly (readonly FileChange[])[]): State {
    const states = parents.map((parent) => this.#states.get(parent)!);
    const after = new Map(states[0]);
    const byPath = differences.map(
      (changes) =>
        new Map(changes.flatMap((change) => (change.to === undefined ? [] : [[change.to, change]]))),
    );
    const left = differences.map((changes) => new Set(changes.flatMap(({ from }) => from ?? [])));
    for (const { from } of differences[0] ?? []) if (from !== undefined) after.delete(from);
    const removed: Int32Array[] = [];
    const kept = new Set<number>();
    for (const [path] of byPath[0]!) {
      const same = states.findIndex(
        (state, index) => !byPath[index]!.has(path) && !left[index]!.has(path) && state.has(path),
      );
      const lines = same === -1 ? this.#combine(states, byPath, path) : states[same]!.get(path)!;
      if (same === -1) this.#bear(place, path, lines);
      after.set(path, lines);
    }
    for (const [index, changes] of differences.entries()) {
      for (const { from, to } of changes) {
        if (to !== undefined) for (const id of after.get(to) ?? noLines) kept.add(id);
        const base = states[index]!.get(from ?? to ?? "");
        if (base) removed.push(base);
      }
    }
    if ([...byPath[0]!.keys()].some((path) => !states[0]!.has(path))) this.#noteCopies(after);
    for (const id of this.#copiesIn(after, removed)) kept.add(id);
    // What a branch took away before is no work of the merge.
    for (const lines of removed)
      for (const id of lines) if (!kept.has(id) && this.#ended[id] === nobody) this.#end(id, place, false);
    return after;
  }

  /** Each line from the first parent that has it. */
  #combine(states: readonly State[], byPath: readonly ReadonlyMap<string, FileChange>[], path: string) {
    let result: Int32Array | undefined;
    for (const [index, changes] of byPath.entries()) {
      const change = changes.get(path);
      if (!change) continue;
      const base = states[index]!.get(change.from ?? path) ?? noLines;
      const [file] = settleHunks([change], [base], plain, false).files;
      const { lines } = file!;
      if (result?.length !== lines.length) result ??= lines;
      else for (const [at, id] of lines.entries()) if (result[at] === nobody) result[at] = id;
    }
    return result ?? noLines;
  }

  /** A file that one branch renamed and another kept is there twice after a merge, and so are its lines. */
  #noteCopies(state: State): void {
    const seen = new Uint8Array(this.count);
    for (const lines of state.values()) {
      for (const id of lines) {
        if (seen[id] === 1) this.#copied.add(id);
        seen[id] = 1;
      }
    }
  }

  /** Those of some lines of which the state has another copy. */
  #copiesIn(state: State, some: readonly Iterable<number>[]): ReadonlySet<number> {
    const asked = new Set<number>();
    if (this.#copied.size === 0) return asked;
    for (const ids of some) for (const id of ids) if (this.#copied.has(id)) asked.add(id);
    const found = new Set<number>();
    if (asked.size === 0) return found;
    for (const lines of state.values()) for (const id of lines) if (asked.has(id)) found.add(id);
    return found;
  }

  #bear(place: number, path: string, lines: Int32Array): void {
    for (let at = 0; at < lines.length; at++) {
      if (lines[at] !== nobody) continue;
      lines[at] = this.#born.length;
      this.#born.push(place);
      this.#bornPath.push(this.#numberOf(path));
      this.#bornLine.push(at + 1);
      this.#ended.push(nobody);
      this.#isLost.push(false);
    }
  }

  /** Two branches may both take a line away: the earlier did it. */
  #end(id: number, place: number, isLost: boolean): void {
    const known = this.#ended[id]!;
    if (known !== nobody && this.#commits[known]!.at <= this.#commits[place]!.at) return;
    this.#ended[id] = place;
    this.#isLost[id] = isLost;
  }

  #numberOf(path: string): number {
    const known = this.#pathNumbers.get(path) ?? this.#paths.length;
    if (known === this.#paths.length) {
      this.#paths.push(path);
      this.#pathNumbers.set(path, known);
    }
    return known;
  }
}

const plain: HistoryOptions = { followMoves: false, ignoreSpace: false };
