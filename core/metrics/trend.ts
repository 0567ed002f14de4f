import type { PastMetric } from "../../protocol/past.ts";
import { benjaminiHochberg } from "../statistics/benjaminiHochberg.ts";
import { likelihoodOfDifference } from "../statistics/differenceOfIntervals.ts";
import type { Measured } from "./measure.ts";

/** Where a metric stands against the same person's past. */
export type Trend = "rising" | "falling" | "noChangeSeen";

/** Of the changes that are called so, so many may be so by chance. */
const falseRate = 0.05;

/**
 * The metrics with where each stands against its past. A change is called one when the two intervals have nothing in
 * common, and when it would be one still among as many comparisons as were made.
 */
export function withTrends(
  measured: readonly Measured[],
  past: readonly PastMetric[] | undefined,
): readonly Measured[] {
  const before = new Map((past ?? []).map((each) => [each.id, each]));
  const compared = measured.flatMap((now) => {
    const then = before.get(now.id);
    return then && isSure(now) ? [{ id: now.id, pValue: likelihoodOfDifference(now as Sure, then) }] : [];
  });
  const called = benjaminiHochberg(
    compared.map(({ pValue }) => pValue),
    falseRate,
  );
  const isCalled = new Map(compared.map(({ id }, index) => [id, called[index]!]));
  return measured.map((now) => {
    const then = before.get(now.id);
    if (!then || !isSure(now)) return now;
    const { value, low, high, n } = then;
    return {
      ...now,
      trend: isCalled.get(now.id) ? trendOf(now, then) : "noChangeSeen",
      past: { value, low, high, n },
    };
  });
}

type Sure = Measured & { readonly value: number; readonly low: number; readonly high: number };

function isSure({ value, low, high }: Measured): boolean {
  return value !== null && low !== null && high !== null;
}

function trendOf(now: Measured, then: PastMetric): Trend {
  const { low, high } = now as Sure;
  if (low > then.high) return "rising";
  return high < then.low ? "falling" : "noChangeSeen";
}
