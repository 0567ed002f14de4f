/** Bounds between which a value lies with 95 % confidence, unless another confidence is said. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The smallest interval that holds both. */
export function hullOf(one: Interval, other: Interval): Interval {
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
}
