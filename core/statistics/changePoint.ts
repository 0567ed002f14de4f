import { seededRandom } from "../seededRandom.ts";

export interface ChangePoint {
  /** Index of the first value after the change. */
  readonly at: number;
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
  const random = seededRandom(seed);
  const shuffled = new Array<number>(values.length);
  let asLarge = 1;
  for (let round = 0; round < rounds; round++) {
    shuffleBlocks(values, shuffled, blockLength, random);
    const split = largestSplit(shuffled);
    if (split && split.size >= found.size - 1e-12) asLarge++;
  }
  return { at: found.at, shift: found.shift, pValue: asLarge / (rounds + 1) };
}

/** Long enough for weeks that are like their neighbours, short enough that there is something left to shuffle. */
function usualBlock(length: number): number {
  return length < 20 ? 2 : 4;
}

function largestSplit(
  values: readonly number[],
): { readonly at: number; readonly shift: number; readonly size: number } | undefined {
  const { length } = values;
  const total = values.reduce((sum, value) => sum + value, 0);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - total / length) ** 2, 0) / length);
  if (!(spread > 0)) return undefined;
  let best: { at: number; shift: number; size: number } | undefined;
  let before = 0;
  for (let at = 1; at <= length - leastOnASide; at++) {
    before += values[at - 1]!;
    if (at < leastOnASide) continue;
    const shift = (total - before) / (length - at) - before / at;
    const size = (Math.abs(shift) / spread) * Math.sqrt((at * (length - at)) / length);
    if (!best || size > best.size) best = { at, shift, size };
  }
  return best;
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
