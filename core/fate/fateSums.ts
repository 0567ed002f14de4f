import { bootstrapRatio } from "../statistics/clusterBootstrap.ts";
import { hullOf } from "../statistics/interval.ts";
import { survivalAt, type Lifetime } from "../statistics/kaplanMeier.ts";

/** The fate of some lines of one commit that went the same way. */
export interface LineFate {
  readonly origin: string;
  /** Which commit brought them: lines of one commit are no independent sample. */
  readonly commit: number;
  /** Whole days from their commit to their end, or to the last moment that is known. */
  readonly days: number;
  readonly end: "alive" | "died" | "lost";
  readonly by: "self" | "others" | undefined;
  readonly isCorrective: boolean;
}

interface Rework {
  readonly self: number;
  readonly others: number;
  /** Of the two before, those that a fix or a revert took away. */
  readonly corrective: number;
}

export interface OriginFate {
  readonly origin: string;
  readonly lines: number;
  /** By window in days: lines that were watched for so long. */
  readonly observed: Readonly<Record<string, number>>;
  readonly reworked: Readonly<Record<string, Rework>>;
  readonly survival: readonly {
    readonly days: number;
    readonly share: number;
    readonly low: number;
    readonly high: number;
  }[];
}

interface Counted extends LineFate {
  readonly lines: number;
  readonly ageAtEnd: number;
}

/** Sums lines by origin. Lines of which nobody knows what became are watched until then, and no further. */
export class FateSums {
  readonly #groups = new Map<string, Map<string, { fate: LineFate; bornDaysAgo: number; lines: number }>>();

  /** `bornDaysAgo`: how long ago its commit was made, at the last moment that is known. */
  add(fate: LineFate, bornDaysAgo: number): void {
    const ofOrigin = this.#groups.get(fate.origin) ?? new Map<string, never>();
    this.#groups.set(fate.origin, ofOrigin);
    const name = [fate.commit, fate.days, fate.end, fate.by, fate.isCorrective].join(" ");
    const known = ofOrigin.get(name);
    if (known) known.lines++;
    else ofOrigin.set(name, { fate, bornDaysAgo, lines: 1 });
  }

  rows(windows: readonly number[]): OriginFate[] {
    return [...this.#groups]
      .map(([origin, groups]) => {
        const counted = [...groups.values()].map(({ fate, bornDaysAgo, lines }) => ({
          ...fate,
          lines,
          ageAtEnd: bornDaysAgo,
        }));
        return rowOf(origin, counted, windows);
      })
      .sort((one, other) => other.lines - one.lines || (one.origin < other.origin ? -1 : 1));
  }
}

function rowOf(origin: string, counted: readonly Counted[], windows: readonly number[]): OriginFate {
  const lifetimes = counted.map(({ days, end, lines }): Lifetime => ({
    days,
    died: end === "died",
    count: lines,
  }));
  const closed = (window: number) =>
    counted.filter(({ ageAtEnd, end, days }) => ageAtEnd >= window && (end !== "lost" || days >= window));
  return {
    origin,
    lines: sum(counted),
    observed: byWindow(windows, (window) => sum(closed(window))),
    reworked: byWindow(windows, (window) => {
      const dead = closed(window).filter(({ end, days }) => end === "died" && days <= window);
      return {
        self: sum(dead.filter(({ by }) => by === "self")),
        others: sum(dead.filter(({ by }) => by === "others")),
        corrective: sum(dead.filter(({ isCorrective }) => isCorrective)),
      };
    }),
    survival: windows.flatMap((days) => {
      const at = survivalAt(lifetimes, days);
      if (!at) return [];
      const { share, low, high } = widened(at, closed(days), days);
      return [{ days, share: rounded(share), low: rounded(low), high: rounded(high) }];
    }),
  };
}

/** Greenwood takes lines for independent, which they are not: as wide as commits drawn anew make it. */
function widened(
  at: { readonly share: number; readonly low: number; readonly high: number },
  closed: readonly Counted[],
  days: number,
) {
  const commits = new Map<number, { part: number; whole: number }>();
  for (const { commit, end, days: age, lines } of closed) {
    const cluster = commits.get(commit) ?? { part: 0, whole: 0 };
    cluster.whole += lines;
    if (end !== "died" || age > days) cluster.part += lines;
    commits.set(commit, cluster);
  }
  const drawn = bootstrapRatio([...commits.values()], { seed: days, rounds: 400 });
  // One commit says nothing about another.
  if (!drawn) return { share: at.share, low: 0, high: 1 };
  const { low, high } = hullOf(at, drawn);
  return { share: at.share, low: Math.max(0, low), high: Math.min(1, high) };
}

function sum(counted: readonly Counted[]): number {
  return counted.reduce((total, { lines }) => total + lines, 0);
}

function byWindow<Value>(
  windows: readonly number[],
  value: (window: number) => Value,
): Record<string, Value> {
  return Object.fromEntries(windows.map((window) => [String(window), value(window)]));
}

function rounded(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
