import type { MeasuredShare } from "../../protocol/share.ts";
import type { Cluster } from "../statistics/clusterBootstrap.ts";
import { hullOf, type Interval } from "../statistics/interval.ts";
import { linearisedRatio } from "../statistics/linearisedRatio.ts";
import { studentT975, z975 } from "../statistics/normalQuantile.ts";
import { wilsonInterval } from "../statistics/wilson.ts";

/** Sums over edits: part and whole of each, and what an interval of their ratio needs. */
export interface RatioSums {
  readonly n: number;
  readonly part: number;
  readonly whole: number;
  readonly partSquared: number;
  readonly wholeSquared: number;
  readonly partTimesWhole: number;
}

/** Edits without which a share says nothing: the smallest sample the metric catalogue asks for. */
export const leastEdits = 20;

/**
 * The share part ÷ whole with its 95 % interval. Edits, not characters, are the sample: the characters of one edit
 * stand or fall together. The variance of the ratio gives the number of independent edits the sample is worth (never
 * more than there are), and Wilson's interval at that number stays honest near 0 and 1.
 */
export function measureShare(sums: RatioSums): MeasuredShare {
  const needsMore = Math.max(0, leastEdits - sums.n);
  if (sums.whole <= 0) return { value: null, low: null, high: null, n: sums.n, needsMore };
  const value = Math.min(1, Math.max(0, sums.part / sums.whole));
  if (needsMore > 0) return { value, low: null, high: null, n: sums.n, needsMore };
  const { low, high } = wilsonInterval(value, worth(sums, value));
  return { value, low, high, n: sums.n, needsMore };
}

/** Of fewer days nobody knows how far days differ. */
const leastUnits = 5;

/**
 * The same of edits that come in days (or of one day in hours): what one holds belongs together, so that the interval is as
 * wide as they differ, and never narrower than for edits that know nothing of each other.
 */
export function measureShareOver(units: readonly RatioSums[]): MeasuredShare {
  const alone = measureShare(addUp(units));
  const { value, low, high } = alone;
  if (value === null || low === null || high === null) return alone;
  const hull = hullOf(
    { low, high },
    between(
      value,
      units.filter(({ whole }) => whole > 0),
    ),
  );
  return { ...alone, low: Math.max(0, hull.low), high: Math.min(1, hull.high) };
}

function between(value: number, units: readonly Cluster[]): Interval {
  const drawn = linearisedRatio(units);
  if (units.length < leastUnits || !drawn) return wilsonInterval(value, units.length);
  const wider = studentT975(units.length - 1) / z975;
  return { low: value - (value - drawn.low) * wider, high: value + (drawn.high - value) * wider };
}

function addUp(units: readonly RatioSums[]): RatioSums {
  const sum = (name: keyof RatioSums) => units.reduce((total, unit) => total + unit[name], 0);
  return {
    ...{ n: sum("n"), part: sum("part"), whole: sum("whole") },
    partSquared: sum("partSquared"),
    wholeSquared: sum("wholeSquared"),
    partTimesWhole: sum("partTimesWhole"),
  };
}

function worth(sums: RatioSums, value: number): number {
  const residual = sums.partSquared - 2 * value * sums.partTimesWhole + value * value * sums.wholeSquared;
  const variance = ((sums.n / (sums.n - 1)) * Math.max(0, residual)) / (sums.whole * sums.whole);
  if (variance === 0) return sums.n;
  return Math.min(sums.n, Math.max(1, (value * (1 - value)) / variance));
}

/** The share of cases of which each counts the same. */
export function proportionOf(cases: number, of: number): MeasuredShare {
  return measureShare({
    ...{ n: of, part: cases, whole: of },
    ...{ partSquared: cases, wholeSquared: of, partTimesWhole: cases },
  });
}
