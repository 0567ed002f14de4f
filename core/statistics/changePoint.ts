import { seededRandom } from "../seededRandom.ts";

export interface ChangePoint {
  /** Index of the first value after the change. */
  readonly at: number;
  /** The first and the last index at which it may as well have been, with 95 % confidence. */
  readonly from: number;
  readonly to: number;
  /** After less before, of the means. */
  readonly shift: number;
  /** How often shuffled blocks of the same values show as large a change. */
  readonly pValue: number;
}

export interface ChangePointOptions {
  readonly seed: number;
  /** Neighbours that stay together when the values are shuffled: weeks are like the weeks beside them. */
  readonly blockLength?: number;
  readonly rounds?: number;
}

/** Weeks below which nobody can tell a change from a swing. */
export const leastValues = 12;
/** A level needs some values of its own. */
const leastOnASide = 3;
/** What was shuffled comes again with every question: weeks that are over do not change. */
const foundBefore = new Map<string, ChangePoint>();
const mostKept = 1_000;

/**
 * Where a series most likely changed its level once, and how likely chance alone would look so: the split with the
 * largest standardised difference of means, against the same of shuffled blocks. Undefined for a short series or one
 * that never varies.
 */
export function changePoint(
  values: readonly number[],
  { seed, blockLength = usualBlock(values.length), rounds = 999 }: ChangePointOptions,
): ChangePoint | undefined {
  if (values.length < leastValues) return undefined;
  const found = largestSplit(values);
  if (!found) return undefined;
  const key = `${seed} ${blockLength} ${rounds} ${values.join(" ")}`;
  const known = foundBefore.get(key);
  if (known) return known;
  const random = seededRandom(seed);
  const shuffled = new Array<number>(values.length);
  let asLarge = 1;
  for (let round = 0; round < rounds; round++) {
    shuffleBlocks(values, shuffled, blockLength, random);
    const split = largestSplit(shuffled);
    if (split && split.size >= found.size - 1e-12) asLarge++;
  }
  const { at, shift } = found;
  const point = { at, shift, ...asLikely(values, found.size), pValue: asLarge / (rounds + 1) };
  if (foundBefore.size >= mostKept) foundBefore.clear();
  foundBefore.set(key, point);
  return point;
}

/** At 95 %, of a place and not of a size (Hansen 2000, table I). */
const likelihoodRatio = 7.35;

/** Splits that leave hardly more unexplained than the best: their likelihood is not below it by more than chance allows. */
function asLikely(values: readonly number[], best: number): { readonly from: number; readonly to: number } {
  const { length } = values;
  const left = (size: number) => Math.max(1e-12, 1 - size ** 2 / length);
  const most = left(best) * Math.exp(likelihoodRatio / length);
  const likely = splitsOf(values).filter(({ size }) => left(size) <= most + 1e-12);
  return { from: likely[0]!.at, to: likely.at(-1)!.at };
}

/** Long enough for weeks that are like their neighbours, short enough that there is something left to shuffle. */
function usualBlock(length: number): number {
  return length < 20 ? 2 : 4;
}

interface Split {
  readonly at: number;
  readonly shift: number;
  /** The difference of the means, in standard deviations of one that is none. */
  readonly size: number;
}

function largestSplit(values: readonly number[]): Split | undefined {
  let best: Split | undefined;
  for (const split of splitsOf(values)) if (!best || split.size > best.size) best = split;
  return best;
}

/** None of a series that never varies. */
function splitsOf(values: readonly number[]): Split[] {
  const { length } = values;
  const total = values.reduce((sum, value) => sum + value, 0);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - total / length) ** 2, 0) / length);
  if (!(spread > 0)) return [];
  const splits: Split[] = [];
  let before = 0;
  for (let at = 1; at <= length - leastOnASide; at++) {
    before += values[at - 1]!;
    if (at < leastOnASide) continue;
    const shift = (total - before) / (length - at) - before / at;
    splits.push({ at, shift, size: (Math.abs(shift) / spread) * Math.sqrt((at * (length - at)) / length) });
  }
  return splits;
}

/** Cuts the values, turned by a random offset, into blocks and lays the blocks in random order. */
function shuffleBlocks(
  values: readonly number[],
  into: number[],
  blockLength: number,
  random: () => number,
): void {
  const { length } = values;
  const turned = Math.floor(random() * length);
  const starts = Array.from({ length: Math.ceil(length / blockLength) }, (_, block) => block * blockLength);
  for (let last = starts.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [starts[last], starts[other]] = [starts[other]!, starts[last]!];
  }
  let place = 0;
  for (const start of starts) {
    for (let each = start; each < Math.min(start + blockLength, length); each++) {
      into[place++] = values[(each + turned) % length]!;
    }
  }
}
