import type { Interval } from "./interval.ts";
import { z975 } from "./normalQuantile.ts";
import { quantileOfSorted } from "./quantile.ts";

export interface Shift extends Interval {
  /** How much larger the first sample is: the median of all differences between the two. */
  readonly shift: number;
}

/** A larger sample is thinned to so many of its quantiles: all pairs are compared, and that grows with the square. */
const mostValues = 1_000;

/**
 * Hodges and Lehmann's shift between two samples, which no outlier moves far, with the 95 % interval that belongs to
 * the rank sum test (normal approximation: from about ten values in each), or with that of another `z`. Undefined when a sample is empty.
 */
export function hodgesLehmannShift(
  first: readonly number[],
  second: readonly number[],
  z = z975,
): Shift | undefined {
  if (first.length === 0 || second.length === 0) return undefined;
  const one = thinned(first);
  const other = thinned(second);
  const differences = new Float64Array(one.length * other.length);
  one.forEach((value, row) => {
    other.forEach((less, column) => {
      differences[row * other.length + column] = value - less;
    });
  });
  differences.sort();
  // As a part of all pairs, so that a thinned sample keeps the width of the whole one.
  const pairs = first.length * second.length;
  const spread = z * Math.sqrt((pairs * (first.length + second.length + 1)) / 12);
  const rank = Math.max(0, Math.floor(pairs / 2 - spread)) / pairs;
  const place = Math.min(differences.length - 1, Math.floor(rank * differences.length));
  return {
    shift: quantileOfSorted(differences, 0.5)!,
    low: differences[place]!,
    high: differences[differences.length - 1 - place]!,
  };
}

function thinned(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length <= mostValues) return sorted;
  return Float64Array.from({ length: mostValues }, (_, index) =>
    quantileOfSorted(sorted, index / (mostValues - 1))!,
  );
}
