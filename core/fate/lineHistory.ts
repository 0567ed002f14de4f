import { CommitChanges, type CountedChange } from "./commitChanges.ts";
import { settleHunks, type FileChange, type HistoryOptions } from "./fileChange.ts";
import {
  ancestorsOf,
  fateOfLines,
  killedByMerge,
  killedOutright,
  lostFromSight,
  type LineFates,
} from "./lineFates.ts";
import { NumberList, NumberReader, pushRuns } from "./numberList.ts";
import { applyPatch, PatchWriter, type FileState } from "./statePatch.ts";

/** A commit as far as the lives of lines need it. Its parents are added before it. */
export interface HistoryCommit {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Places of the parents in the order in which commits were added. */
  readonly parents: readonly number[];
  /** Lines it changes are told apart from those that somebody reworked: listed to be ignored, or too many files. */
  readonly isApart: boolean;
}

/** Where a line first stood. */
export interface LineBirth {
  readonly commit: number;
  readonly path: string;
  /** Counted from 1, in the file as that commit left it. */
  readonly line: number;
}

/** All that is known of a history, to go on from another time. */
export interface KeptHistory {
  readonly commits: readonly HistoryCommit[];
  readonly paths: readonly string[];
  /** How many lines there ever were. */
  readonly count: number;
  /** Of four numbers for each: the first life, its commit, its path and its line. */
  readonly births: Int32Array;
  /** Of four numbers for each: the first life, how many, the commit, and how they ended. */
  readonly ends: Int32Array;
  /** How each commit differs from its first parent, one after the other. */
  readonly patches: Int32Array;
  readonly patchAt: Int32Array;
  /** How many lines of which files each commit changed. */
  readonly changes: Int32Array;
  readonly changesAt: Int32Array;
  /** The files of one commit, after its place. Empty where what is kept goes on from what was kept before. */
  readonly state: Int32Array;
}

const nobody = -1;
const noLines = new Int32Array(0);
const plain: HistoryOptions = { followMoves: false, ignoreSpace: false };

/**
 * The lives of all lines of a history, from the differences between commits alone: who brought each line, and who took
 * it away. Who brought a line agrees with `git blame` at every commit. Commits of any branch can be added at any time,
 * and the lives be told as any of them sees them: what was computed of a commit never changes.
 */
export class LineHistory {
  readonly #options: HistoryOptions;
  readonly #commits: HistoryCommit[] = [];
  readonly #places = new Map<string, number>();
  /** Each is handed on to the last child that was announced, which changes it in place. */
  readonly #states = new Map<number, FileState>();
  readonly #children = new Map<number, number>();
  readonly #paths: string[] = [];
  readonly #pathNumbers = new Map<string, number>();
  readonly #births: NumberList;
  readonly #ends: NumberList;
  readonly #patches: NumberList;
  readonly #patchAt: NumberList;
  readonly #changes: CommitChanges;
  readonly #writer: PatchWriter;
  readonly #copied = new Set<number>();
  /** Files that were changed and of which it is not known what was in them: they had been no text before. */
  readonly unseen = new Set<string>();
  #count = 0;

  constructor(options: HistoryOptions, kept?: KeptHistory) {
    this.#options = options;
    for (const commit of kept?.commits ?? []) this.#places.set(commit.id, this.#commits.push(commit) - 1);
    for (const path of kept?.paths ?? []) this.#numberOf(path);
    const listOf = (numbers: Int32Array | undefined) =>
      numbers ? new NumberList(numbers) : new NumberList();
    this.#births = listOf(kept?.births);
    this.#ends = listOf(kept?.ends);
    this.#patches = listOf(kept?.patches);
    this.#patchAt = listOf(kept?.patchAt);
    this.#changes = new CommitChanges(listOf(kept?.changes), listOf(kept?.changesAt));
    this.#writer = new PatchWriter(this.#patches);
    this.#count = kept?.count ?? 0;
    if (kept) this.#readState(new NumberReader(kept.state));
  }

  get commits(): readonly HistoryCommit[] {
    return this.#commits;
  }

  /** Of every file there ever was. */
  get paths(): readonly string[] {
    return this.#paths;
  }

  /** How many lines there ever were. */
  get count(): number {
    return this.#count;
  }

  /** How many numbers are held of it, of four bytes each. */
  get size(): number {
    const lists = [this.#births, this.#ends, this.#patches, this.#changes.counts];
    return lists.reduce((sum, { length }) => sum + length, 0);
  }

  placeOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  /** How many commits to come will name each commit as a parent, so that no state is thrown away too early. */
  announce(children: ReadonlyMap<number, number>): void {
    for (const [place, count] of children) this.#children.set(place, count);
  }

  /** Takes the next commit in: the differences to each of its parents, or to nothing. */
  add(commit: HistoryCommit, differences: readonly (readonly FileChange[])[]): number {
    const place = this.#commits.push(commit) - 1;
    this.#places.set(commit.id, place);
    this.#patchAt.push(this.#patches.length);
    const isMerge = commit.parents.length > 1;
    this.#changes.add(isMerge ? [] : (differences[0] ?? []), (path) => this.#numberOf(path));
    const states = commit.parents.map((parent) => this.#stateOf(parent));
    const after = isMerge
      ? this.#merge(place, states, differences)
      : this.#change(place, commit, states[0] ?? new Map<number, Int32Array>(), differences[0] ?? []);
    this.#states.set(place, after);
    for (const parent of commit.parents) {
      const left = (this.#children.get(parent) ?? 1) - 1;
      this.#children.set(parent, left);
      if (left <= 0) this.#states.delete(parent);
    }
    return place;
  }

  /** The files as a commit has them. */
  linesAt(place: number): ReadonlyMap<string, Int32Array> {
    return new Map([...this.#stateOf(place)].map(([path, lines]) => [this.#paths[path]!, lines]));
  }

  birth(id: number): LineBirth {
    let [low, high] = [0, this.#births.length / 4];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#births.at(4 * middle) <= id) low = middle;
      else high = middle;
    }
    const [first, commit, path, line] = [0, 1, 2, 3].map((field) => this.#births.at(4 * low + field));
    return { commit: commit!, path: this.#paths[path!]!, line: line! + id - first! };
  }

  /** How many lines of which files a commit changed. */
  changesOf(place: number): readonly CountedChange[] {
    return this.#changes.of(place, this.#paths);
  }

  /** By place: 1 for the commits of the history of one. */
  historyOf(place: number): Uint8Array {
    return ancestorsOf(this.#commits, place);
  }

  /** What became of every line there ever was, as one commit sees it. */
  fatesAt(place: number): LineFates {
    return fateOfLines({
      commits: this.#commits,
      paths: this.#paths,
      births: this.#births.numbers(),
      ends: this.#ends.numbers(),
      count: this.#count,
      state: this.#stateOf(place),
      place,
    });
  }

  /** All of it, with the files of one commit to go on from, if one is named. */
  keep(place: number | undefined): KeptHistory {
    const state = new NumberList();
    if (place !== undefined) state.push(place);
    for (const [path, lines] of place === undefined ? [] : this.#stateOf(place)) {
      state.push(path);
      pushRuns(state, lines);
    }
    return {
      commits: this.#commits,
      paths: this.#paths,
      count: this.#count,
      births: this.#births.numbers(),
      ends: this.#ends.numbers(),
      patches: this.#patches.numbers(),
      patchAt: this.#patchAt.numbers(),
      changes: this.#changes.counts.numbers(),
      changesAt: this.#changes.begins.numbers(),
      state: state.numbers(),
    };
  }

  #readState(reader: NumberReader): void {
    const place = reader.next();
    const state: FileState = new Map();
    while (!reader.isAtEnd) state.set(reader.next(), reader.runs());
    this.#states.set(place, state);
    this.#noteCopies(state);
  }

  /** Where nobody holds it any more, it is made of the nearest that is held, or of nothing. */
  #stateOf(place: number): FileState {
    const held = this.#states.get(place);
    if (held) return held;
    const way: number[] = [];
    const steps = new Map<number, number>();
    for (let at: number | undefined = place; at !== undefined; at = this.#commits[at]!.parents[0]) {
      steps.set(at, way.push(at) - 1);
    }
    let best = { from: nobody, meets: nobody, cost: way.length };
    for (const from of this.#states.keys()) {
      let cost = 0;
      for (let at: number | undefined = from; at !== undefined; at = this.#commits[at]!.parents[0]) {
        const down = steps.get(at);
        if (down !== undefined && cost + down < best.cost) best = { from, meets: at, cost: cost + down };
        if (down !== undefined || ++cost >= best.cost) break;
      }
    }
    const state: FileState = new Map(this.#states.get(best.from));
    const patches = this.#patches.numbers();
    if (best.from !== nobody) {
      for (let at = best.from; at !== best.meets; at = this.#commits[at]!.parents[0]!)
        applyPatch(state, patches, this.#patchAt.at(at), "back");
    }
    const down = best.from === nobody ? way : way.slice(0, steps.get(best.meets));
    for (const at of down.toReversed()) applyPatch(state, patches, this.#patchAt.at(at), "forward");
    this.#states.set(place, state);
    this.#noteCopies(state);
    return state;
  }

  #change(place: number, commit: HistoryCommit, before: FileState, given: readonly FileChange[]) {
    const [parent] = commit.parents;
    const isLast = parent !== undefined && (this.#children.get(parent) ?? 1) <= 1;
    const changes = given.map((change) =>
      this.#isSeen(change, before) ? change : { ...change, to: undefined, hunks: [] },
    );
    const numbered = changes.map((change) => ({
      from: change.from === undefined ? undefined : this.#numberOf(change.from),
      to: change.to === undefined ? undefined : this.#numberOf(change.to),
    }));
    const bases = numbered.map(({ from }) => before.get(from ?? nobody) ?? noLines);
    const settled = settleHunks(changes, bases, this.#options, commit.isApart);
    const touched = new Set(numbered.flatMap(({ from, to }) => [from ?? nobody, to ?? nobody]));
    touched.delete(nobody);
    const old: FileState = new Map();
    for (const path of touched) {
      const lines = before.get(path);
      if (lines) old.set(path, lines);
    }
    const after = isLast ? before : new Map(before);
    for (const { from } of numbered) if (from !== undefined) after.delete(from);
    for (const [index, { lines }] of settled.files.entries()) {
      const { to } = numbered[index]!;
      if (to === undefined) continue;
      this.#bear(place, to, lines);
      after.set(to, lines);
    }
    const stays = this.#copiesIn(after, [settled.removed, settled.lost]);
    const gone = (ids: readonly number[]) => (stays.size === 0 ? ids : ids.filter((id) => !stays.has(id)));
    this.#end(gone(settled.removed), place, commit.isApart ? lostFromSight : killedOutright);
    this.#end(gone(settled.lost), place, lostFromSight);
    this.#writer.write(old, after, touched);
    return after;
  }

  #merge(place: number, states: readonly FileState[], differences: readonly (readonly FileChange[])[]) {
    const [first] = states;
    const after: FileState = new Map(first);
    const byPath = differences.map(
      (changes) =>
        new Map(
          changes.flatMap((change) => (change.to === undefined ? [] : [[this.#numberOf(change.to), change]])),
        ),
    );
    const left = differences.map(
      (changes) => new Set(changes.flatMap(({ from }) => (from === undefined ? [] : this.#numberOf(from)))),
    );
    const touched = new Set([...left[0]!, ...byPath[0]!.keys()]);
    for (const path of left[0]!) after.delete(path);
    const removed: Int32Array[] = [];
    const kept = new Set<number>();
    for (const [path] of byPath[0]!) {
      const same = states.findIndex(
        (state, index) => !byPath[index]!.has(path) && !left[index]!.has(path) && state.has(path),
      );
      const lines = same === -1 ? this.#combine(states, byPath, path) : states[same]!.get(path)!;
      if (!lines) {
        after.delete(path);
        continue;
      }
      if (same === -1) this.#bear(place, path, lines);
      after.set(path, lines);
    }
    for (const [index, changes] of differences.entries()) {
      for (const { from, to } of changes) {
        if (to !== undefined) for (const id of after.get(this.#numberOf(to)) ?? noLines) kept.add(id);
        const base = states[index]!.get(this.#numberOf(from ?? to ?? ""));
        if (base) removed.push(base);
      }
    }
    if ([...byPath[0]!.keys()].some((path) => !first!.has(path))) this.#noteCopies(after);
    for (const id of this.#copiesIn(after, removed)) kept.add(id);
    const gone = new Set<number>();
    for (const lines of removed) for (const id of lines) if (!kept.has(id)) gone.add(id);
    this.#end([...gone], place, killedByMerge);
    this.#writer.write(first!, after, touched);
    return after;
  }

  /** Whether it is known what was in a file before it was changed. */
  #isSeen({ from, hunks }: FileChange, before: FileState): boolean {
    const isSeen = from === undefined || before.has(this.#numberOf(from));
    if (!isSeen && hunks.length > 0) this.unseen.add(from);
    return isSeen;
  }

  /** Each line from the first parent that has it. Undefined where it is of none known what was in the file. */
  #combine(states: readonly FileState[], byPath: readonly ReadonlyMap<number, FileChange>[], path: number) {
    let result: Int32Array | undefined;
    for (const [index, changes] of byPath.entries()) {
      const change = changes.get(path);
      if (!change || !this.#isSeen(change, states[index]!)) continue;
      const base =
        change.from === undefined ? noLines : (states[index]!.get(this.#numberOf(change.from)) ?? noLines);
      const [file] = settleHunks([change], [base], plain, false).files;
      const { lines } = file!;
      if (result?.length !== lines.length) result ??= lines;
      else for (const [at, id] of lines.entries()) if (result[at] === nobody) result[at] = id;
    }
    return result;
  }

  /** A file that one branch renamed and another kept is there twice after a merge, and so are its lines. */
  #noteCopies(state: FileState): void {
    const seen = new Uint8Array(this.#count);
    for (const lines of state.values()) {
      for (const id of lines) {
        if (seen[id] === 1) this.#copied.add(id);
        seen[id] = 1;
      }
    }
  }

  /** Those of some lines of which the state has another copy. */
  #copiesIn(state: FileState, some: readonly Iterable<number>[]): ReadonlySet<number> {
    const asked = new Set<number>();
    if (this.#copied.size === 0) return asked;
    for (const ids of some) for (const id of ids) if (this.#copied.has(id)) asked.add(id);
    const found = new Set<number>();
    if (asked.size === 0) return found;
    for (const lines of state.values()) for (const id of lines) if (asked.has(id)) found.add(id);
    return found;
  }

  #bear(place: number, path: number, lines: Int32Array): void {
    let open = -2;
    for (let at = 0; at < lines.length; at++) {
      if (lines[at] !== nobody) continue;
      if (open !== at - 1) for (const number of [this.#count, place, path, at + 1]) this.#births.push(number);
      open = at;
      lines[at] = this.#count++;
    }
  }

  #end(ids: readonly number[], place: number, how: number): void {
    for (let at = 0; at < ids.length;) {
      const first = ids[at]!;
      let count = 1;
      while (at + count < ids.length && ids[at + count] === first + count) count++;
      for (const number of [first, count, place, how]) this.#ends.push(number);
      at += count;
    }
  }

  #numberOf(path: string): number {
    const known = this.#pathNumbers.get(path);
    if (known !== undefined) return known;
    const number = this.#paths.push(path) - 1;
    this.#pathNumbers.set(path, number);
    return number;
  }
}
