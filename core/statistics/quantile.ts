/** The value below which the given part of a sorted sample lies, straight between neighbours. */
export function quantileOfSorted(sorted: ArrayLike<number>, part: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const place = Math.min(1, Math.max(0, part)) * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}

export function medianOf(values: readonly number[]): number | undefined {
  return quantileOfSorted(Float64Array.from(values).sort(), 0.5);
}
