/** For each line of the first text the same line in the second, or -1. Rises wherever it is not -1. */
export type LineMap = Int32Array;

/**
 * Finds the lines of one text in another. Only what cannot be mistaken is matched: lines at both ends, lines that
 * occur once in what is left, and equal lines around those. A run of equal lines of which some were added or taken
 * away could be matched in several ways; it is left out unless `isSame` says that it makes no difference which is
 * meant. The cost grows with the lines and hardly more.
 */
export function mapLines(
  before: readonly string[],
  after: readonly string[],
  isSame: (oneLine: number, otherLine: number) => boolean = () => false,
): LineMap {
  const map = new Int32Array(before.length).fill(-1);
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    map[start] = start;
    start++;
  }
  let beforeEnd = before.length;
  let afterEnd = after.length;
  while (beforeEnd > start && afterEnd > start && before[beforeEnd - 1] === after[afterEnd - 1]) {
    map[--beforeEnd] = --afterEnd;
  }
  let [lastBefore, lastAfter] = [start, start];
  const anchors = anchorsBetween(before, after, { start, beforeEnd, afterEnd });
  anchors.forEach(([anchor, place], index) => {
    for (let back = 0; ; back++) {
      if (anchor - back < lastBefore || place - back < lastAfter) break;
      if (before[anchor - back] !== after[place - back]) break;
      map[anchor - back] = place - back;
    }
    const [nextBefore, nextAfter] = anchors[index + 1] ?? [beforeEnd, afterEnd];
    let [one, other] = [anchor + 1, place + 1];
    while (one < nextBefore && other < nextAfter && before[one] === after[other]) map[one++] = other++;
    [lastBefore, lastAfter] = [one, other];
  });
  leaveOutDoubtful(before, after, map, isSame);
  return map;
}

interface Middle {
  readonly start: number;
  readonly beforeEnd: number;
  readonly afterEnd: number;
}

/** Lines that occur once in both middles, as many of them as are in the same order. */
function anchorsBetween(
  before: readonly string[],
  after: readonly string[],
  { start, beforeEnd, afterEnd }: Middle,
): [number, number][] {
  const onlyBefore = placesOfUnique(before, start, beforeEnd);
  const onlyAfter = placesOfUnique(after, start, afterEnd);
  const pairs: [number, number][] = [];
  for (const [hash, place] of onlyBefore) {
    const other = onlyAfter.get(hash);
    if (place !== -1 && other !== undefined && other !== -1) pairs.push([place, other]);
  }
  return longestRising(pairs.sort(([one], [other]) => one - other));
}

/** The one place of each line; -1 where there are several. */
function placesOfUnique(lines: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let line = from; line < to; line++) places.set(lines[line]!, places.has(lines[line]!) ? -1 : line);
  return places;
}

/** The longest choice of pairs, sorted by their first number, in which the second rises as well. */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const previous = new Int32Array(pairs.length).fill(-1);
  /** The pair with the smallest end of all choices of one length. */
  const ends: number[] = [];
  pairs.forEach(([, second], index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![1] < second) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[index] = ends[low - 1]!;
    ends[low] = index;
  });
  const chosen: [number, number][] = [];
  for (let index = ends.at(-1) ?? -1; index !== -1; index = previous[index]!) chosen.push(pairs[index]!);
  return chosen.reverse();
}

/** Takes back matches that could as well have been made one gap further up or down. */
function leaveOutDoubtful(
  before: readonly string[],
  after: readonly string[],
  map: LineMap,
  isSame: (oneLine: number, otherLine: number) => boolean,
): void {
  const doubtful: number[] = [];
  const lineBefore = new Int32Array(after.length).fill(-1);
  map.forEach((place, line) => place !== -1 && (lineBefore[place] = line));
  for (const { beforeStart, beforeEnd, afterStart, afterEnd } of gapsOf(map, after.length)) {
    const removed = beforeEnd - beforeStart;
    const added = afterEnd - afterStart;
    for (let line = beforeStart - 1; removed > 0 && line >= 0; line--) {
      if (map[line] === -1 || before[line] !== before[line + removed]) break;
      if (!isSame(line, line + removed)) doubtful.push(line);
    }
    for (let line = beforeEnd; removed > 0 && line < before.length; line++) {
      if (map[line] === -1 || before[line] !== before[line - removed]) break;
      if (!isSame(line, line - removed)) doubtful.push(line);
    }
    for (let place = afterStart - 1; added > 0 && place >= 0; place--) {
      if (lineBefore[place] === -1 || after[place] !== after[place + added]) break;
      doubtful.push(lineBefore[place]!);
    }
    for (let place = afterEnd; added > 0 && place < after.length; place++) {
      if (lineBefore[place] === -1 || after[place] !== after[place - added]) break;
      doubtful.push(lineBefore[place]!);
    }
  }
  for (const line of doubtful) map[line] = -1;
}

/** A stretch of lines without a match, in both texts; empty in at most one of them. */
export interface Gap {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

export function gapsOf(map: LineMap, afterLength: number): Gap[] {
  const gaps: Gap[] = [];
  let [beforeStart, afterStart] = [0, 0];
  const add = (beforeEnd: number, afterEnd: number) => {
    if (beforeEnd > beforeStart || afterEnd > afterStart) {
      gaps.push({ beforeStart, beforeEnd, afterStart, afterEnd });
    }
  };
  map.forEach((place, line) => {
    if (place === -1) return;
    add(line, place);
    [beforeStart, afterStart] = [line + 1, place + 1];
  });
  add(map.length, afterLength);
  return gaps;
}
