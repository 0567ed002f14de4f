import { wilsonInterval } from "../../../core/statistics/wilson.ts";
import type { Interval } from "../../../core/statistics/interval.ts";
import { total, type TallyRow } from "../tallyReading.ts";

/** Of the times it was known, how often what was meant to change became better. */
export interface Improvement {
  readonly improved: number;
  readonly known: number;
  readonly interval: Interval;
}

/** What came of one piece of advice: where it was said, and where chance kept it quiet. */
export interface TipEffect {
  readonly shown: number;
  readonly heldOut: number;
  readonly helped: number;
  readonly notForMe: number;
  readonly said: Improvement;
  readonly unsaid: Improvement;
  /** Said only where the two intervals do not touch. */
  readonly verdict: "helps" | "harms" | "noneSeen" | "notEnoughData";
}

/** Below it a share of either side says nothing. */
export const leastKnown = 20;

export function effectOf(rows: readonly TallyRow[]): TipEffect {
  const said = improvement(total(rows, "improved"), total(rows, "unchanged"));
  const unsaid = improvement(total(rows, "improved.held.out"), total(rows, "unchanged.held.out"));
  return {
    shown: total(rows, "shown"),
    heldOut: total(rows, "held.out"),
    helped: total(rows, "helped"),
    notForMe: total(rows, "not.for.me"),
    ...{ said, unsaid, verdict: verdictOn(said, unsaid) },
  };
}

function improvement(improved: number, unchanged: number): Improvement {
  const known = improved + unchanged;
  return { improved, known, interval: wilsonInterval(known === 0 ? 0 : improved / known, known) };
}

function verdictOn(said: Improvement, unsaid: Improvement): TipEffect["verdict"] {
  if (said.known < leastKnown || unsaid.known < leastKnown) return "notEnoughData";
  if (said.interval.low > unsaid.interval.high) return "helps";
  return said.interval.high < unsaid.interval.low ? "harms" : "noneSeen";
}
