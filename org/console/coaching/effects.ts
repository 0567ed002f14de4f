import { wilsonInterval } from "../../../core/statistics/wilson.ts";
import type { Interval } from "../../../core/statistics/interval.ts";
import { telling, total, totalWords, type TallyRow } from "../tallyReading.ts";

/** Of the times it was known, how often what was meant to change became better. */
export interface Improvement {
  readonly improved: number;
  readonly known: number;
  readonly interval: Interval;
}

/** What came of one piece of advice: where it was said, and where chance kept it quiet. */
export interface TipEffect {
  /** At least: what is withheld is not in it. */
  readonly opportunities: number;
  /** In words, because some of it may be hidden. */
  readonly shown: string;
  readonly helped: string;
  readonly notForMe: string;
  readonly said: Improvement;
  readonly unsaid: Improvement;
  /** Said only where the two intervals do not touch. */
  readonly verdict: "helps" | "harms" | "noneSeen" | "notEnoughData";
}

/** Below it a share of either side says nothing. */
export const leastKnown = 20;

export function effectOf(rows: readonly TallyRow[]): TipEffect {
  const said = improvement(rows, "improved", "unchanged");
  const unsaid = improvement(rows, "improved.held.out", "unchanged.held.out");
  return {
    opportunities: total(rows, "shown", "held.out"),
    shown: totalWords(rows, "shown"),
    helped: totalWords(rows, "helped"),
    notForMe: totalWords(rows, "not.for.me"),
    ...{ said, unsaid, verdict: verdictOn(said, unsaid) },
  };
}

/** Of the weeks and places in which both are told. */
function improvement(rows: readonly TallyRow[], better: string, same: string): Improvement {
  const told = telling(rows, better, same);
  const improved = total(told, better);
  const known = improved + total(told, same);
  return { improved, known, interval: wilsonInterval(known === 0 ? 0 : improved / known, known) };
}

function verdictOn(said: Improvement, unsaid: Improvement): TipEffect["verdict"] {
  if (said.known < leastKnown || unsaid.known < leastKnown) return "notEnoughData";
  if (said.interval.low > unsaid.interval.high) return "helps";
  return said.interval.high < unsaid.interval.low ? "harms" : "noneSeen";
}
