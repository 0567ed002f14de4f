import { seededRandom } from "../seededRandom.ts";
import type { Interval } from "./interval.ts";
import { studentT975, z975 } from "./normalQuantile.ts";
import { quantileOfSorted } from "./quantile.ts";

/** What belongs together and is drawn together: a task, a commit, an edit. */
export interface Cluster {
  readonly part: number;
  readonly whole: number;
}

export interface BootstrapOptions {
  readonly seed: number;
  readonly rounds?: number;
}

const usualRounds = 1_000;
/** What was drawn comes again with every question: days that are over do not change. */
const drawnBefore = new Map<string, Interval>();
const mostKept = 1_000;
/** From here on the percentiles are wide enough by themselves. */
const manyClusters = 40;

/**
 * The 95 % interval of part ÷ whole summed over clusters: clusters are drawn with replacement and the percentiles of
 * what comes out are taken, widened by Student's t while there are few. The same clusters in any order and the same
 * seed give the same interval. Undefined for fewer than two clusters, or where nothing is there to divide by.
 *
 * Where all clusters say the same it has no width, which is no certainty: see `shareInterval`.
 */
export function bootstrapRatio(
  clusters: readonly Cluster[],
  { seed, rounds = usualRounds }: BootstrapOptions,
): Interval | undefined {
  const drawn = clusters
    .filter(({ whole }) => whole > 0)
    .sort((one, other) => one.whole - other.whole || one.part - other.part);
  const count = drawn.length;
  if (count < 2) return undefined;
  const { low, high } = percentilesOf(drawn, seed, rounds);
  const value = ratioOf(drawn)!;
  const wider = count < manyClusters ? (studentT975(count - 1) / z975) * Math.sqrt(count / (count - 1)) : 1;
  return {
    low: value - Math.max(0, value - low) * wider,
    high: value + Math.max(0, high - value) * wider,
  };
}

function percentilesOf(drawn: readonly Cluster[], seed: number, rounds: number): Interval {
  const key = `${seed} ${rounds} ${drawn.map(({ part, whole }) => `${part}/${whole}`).join(" ")}`;
  const known = drawnBefore.get(key);
  if (known) return known;
  const count = drawn.length;
  const parts = Float64Array.from(drawn, ({ part }) => part);
  const wholes = Float64Array.from(drawn, ({ whole }) => whole);
  const random = seededRandom(seed);
  const ratios = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let part = 0;
    let whole = 0;
    for (let draw = 0; draw < count; draw++) {
      const cluster = Math.floor(random() * count);
      part += parts[cluster]!;
      whole += wholes[cluster]!;
    }
    ratios[round] = part / whole;
  }
  ratios.sort();
  if (drawnBefore.size >= mostKept) drawnBefore.clear();
  const found = { low: quantileOfSorted(ratios, 0.025)!, high: quantileOfSorted(ratios, 0.975)! };
  drawnBefore.set(key, found);
  return found;
}

/** A ratio of sums, never a mean of ratios. Undefined where there is nothing to divide by. */
export function ratioOf(clusters: readonly Cluster[]): number | undefined {
  let part = 0;
  let whole = 0;
  for (const cluster of clusters) {
    part += cluster.part;
    whole += cluster.whole;
  }
  return whole > 0 ? part / whole : undefined;
}
