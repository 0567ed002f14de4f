import type { Interval } from "./interval.ts";
import { z975 } from "./normalQuantile.ts";
import { medianOf } from "./quantile.ts";

/**
 * The 95 % interval of a median: the two values of the sample between which it lies in no less of all worlds, whatever
 * the values are distributed like. Undefined below six values, of which none are far enough apart.
 */
export function medianInterval(
  values: readonly number[],
): (Interval & { readonly value: number }) | undefined {
  const value = medianOf(values);
  const rank = lowerRank(values.length);
  if (value === undefined || rank === 0) return undefined;
  const sorted = [...values].sort((one, other) => one - other);
  return { value, low: sorted[rank - 1]!, high: sorted[values.length - rank]! };
}

/** From so many values on the normal distribution says the rank of the binomial one. */
const many = 500;

/** The largest rank such that fewer than 2.5 % of worlds have their median below it; 0 where there is none. */
function lowerRank(n: number): number {
  if (n > many) return Math.max(0, Math.floor(n / 2 - (z975 * Math.sqrt(n)) / 2));
  let term = 0.5 ** n;
  let below = 0;
  for (let rank = 0; rank <= n; rank++) {
    below += term;
    if (below > 0.025) return rank;
    term = (term * (n - rank)) / (rank + 1);
  }
  return 0;
}
