import { NumberReader, pushRuns, type NumberList } from "./numberList.ts";

/** The files of a commit: by the number of their path the lives of their lines, from the first line to the last. */
export type FileState = Map<number, Int32Array>;

const isBefore = 1;
const isAfter = 2;
const noLines = new Int32Array(0);

/** Writes how some files of two states differ, so that either can be made of the other. */
export class PatchWriter {
  readonly #list: NumberList;
  /** Where a life is in the file that is looked at: the place, if the stamp is of this file. */
  #places = new Int32Array(1024);
  #stamps = new Int32Array(1024);
  #stamp = 0;

  constructor(list: NumberList) {
    this.#list = list;
  }

  write(before: FileState, after: FileState, paths: Iterable<number>): void {
    const countAt = this.#list.length;
    this.#list.push(0);
    let files = 0;
    for (const path of paths) {
      const [from, to] = [before.get(path), after.get(path)];
      if (from === to) continue;
      files++;
      this.#list.push(path);
      this.#list.push((from ? isBefore : 0) + (to ? isAfter : 0));
      this.#file(from ?? noLines, to ?? noLines);
    }
    this.#list.set(countAt, files);
  }

  #file(from: Int32Array, to: Int32Array): void {
    const list = this.#list;
    let start = 0;
    const shorter = Math.min(from.length, to.length);
    while (start < shorter && from[start] === to[start]) start++;
    let [fromEnd, toEnd] = [from.length, to.length];
    while (fromEnd > start && toEnd > start && from[fromEnd - 1] === to[toEnd - 1]) {
      fromEnd--;
      toEnd--;
    }
    this.#notePlaces(to, start, toEnd);
    const countAt = list.length;
    list.push(0);
    let hunks = 0;
    const hunk = (at: number, removedTo: number, addedFrom: number, addedTo: number) => {
      if (removedTo === at && addedTo === addedFrom) return;
      hunks++;
      list.push(at);
      pushRuns(list, from.subarray(at, removedTo));
      pushRuns(list, to.subarray(addedFrom, addedTo));
    };
    let [open, next] = [start, start];
    for (let at = start; at < fromEnd; at++) {
      const id = from[at]!;
      const place = this.#stamps[id] === this.#stamp ? this.#places[id]! : -1;
      if (place < next) continue;
      hunk(open, at, next, place);
      open = at + 1;
      next = place + 1;
    }
    hunk(open, fromEnd, next, toEnd);
    list.set(countAt, hunks);
  }

  #notePlaces(lines: Int32Array, start: number, end: number): void {
    this.#stamp++;
    for (let at = start; at < end; at++) {
      const id = lines[at]!;
      if (id >= this.#places.length) this.#grow(id);
      this.#places[id] = at;
      this.#stamps[id] = this.#stamp;
    }
  }

  #grow(id: number): void {
    const size = Math.max(id + 1, 2 * this.#places.length);
    const [places, stamps] = [new Int32Array(size), new Int32Array(size)];
    places.set(this.#places);
    stamps.set(this.#stamps);
    this.#places = places;
    this.#stamps = stamps;
  }
}

/** Makes the state after of the state before, or the other way round, in place. */
export function applyPatch(
  state: FileState,
  numbers: Int32Array,
  at: number,
  direction: "forward" | "back",
): void {
  const reader = new NumberReader(numbers, at);
  const [isThere, willBeThere] = direction === "forward" ? [isBefore, isAfter] : [isAfter, isBefore];
  for (let files = reader.next(); files > 0; files--) {
    const path = reader.next();
    const flags = reader.next();
    const old = (flags & isThere) === 0 ? noLines : (state.get(path) ?? noLines);
    const parts: Int32Array[] = [];
    let [read, shift] = [0, 0];
    for (let hunks = reader.next(); hunks > 0; hunks--) {
      const place = reader.next();
      const [removed, added] = [reader.runs(), reader.runs()];
      const start = direction === "forward" ? place : place + shift;
      const [gone, come] = direction === "forward" ? [removed, added] : [added, removed];
      parts.push(old.subarray(read, start), come);
      read = start + gone.length;
      shift += added.length - removed.length;
    }
    parts.push(old.subarray(read));
    if ((flags & willBeThere) === 0) state.delete(path);
    else state.set(path, joined(parts));
  }
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
