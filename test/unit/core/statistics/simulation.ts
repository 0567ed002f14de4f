import type { Cluster } from "../../../../core/statistics/clusterBootstrap.ts";

/**
 * Clusters of 1 to 60 units. Each unit follows its cluster's coin or its own, so that two units of one cluster are
 * correlated by `correlation` and the true share is `share`.
 */
export function madeClusters(
  random: () => number,
  { count, share, correlation }: { count: number; share: number; correlation: number },
): Cluster[] {
  const follows = Math.sqrt(correlation);
  return Array.from({ length: count }, () => {
    const coin = random() < share;
    const whole = 1 + Math.floor(random() * 60);
    let part = 0;
    for (let unit = 0; unit < whole; unit++) {
      if (random() < follows ? coin : random() < share) part++;
    }
    return { part, whole };
  });
}

/** Standard normal numbers, each correlated by `correlation` with the one before it. */
export function madeSeries(random: () => number, length: number, correlation: number): number[] {
  let last = 0;
  return Array.from({ length }, () => {
    const fresh = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    last = correlation * last + Math.sqrt(1 - correlation * correlation) * fresh;
    return last;
  });
}

/** A cost of 1 on average, log-normal: its logarithms spread by `deviation`. */
export function madeCost(random: () => number, deviation: number): number {
  const [normal] = madeSeries(random, 1, 0);
  return Math.exp(deviation * normal! - deviation ** 2 / 2);
}
