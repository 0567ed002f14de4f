import type { Effect, Rule, TipRecord } from "../../protocol/coaching.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Interval } from "../statistics/interval.ts";
import { hodgesLehmannShift } from "../statistics/hodgesLehmann.ts";

type Direction = Rule["expects"]["direction"];

/** Fewer on either side compare nothing: the interval of the rank sum test is exact enough from here on. */
const leastCompared = 8;

/**
 * So much wider than 95 % intervals that know each edit by itself: what one day holds belongs together, and advice comes when a
 * share happens to be low. Of claims of single tips less than 5 % are false then, by simulation.
 */
const widening = 1.65;

/** A comparison that is looked at again with each record claims more often by chance than one that is looked at once. */
const lookedAtAgain = 2.576;

/** Before and after one tip. It says what happened together, not what came of what. */
export function effectOfTip(
  before: MeasuredShare,
  after: MeasuredShare | null,
  direction: Direction,
): Effect {
  if (before.low === null || before.high === null || after?.low == null || after.high === null)
    return "cannotTell";
  const [was, is] = [widened(before), widened(after)];
  const helped = direction === "higher" ? is.low > was.high : is.high < was.low;
  return helped ? "helped" : "noChange";
}

/** Where a rule spoke against where it was held out: that is what it did. */
export function effectOfRule(records: readonly TipRecord[], direction: Direction): Effect {
  const changes = (isHeldOut: boolean) =>
    records.flatMap((record) =>
      record.isHeldOut === isHeldOut && record.before.value !== null && record.after?.value != null
        ? [record.after.value - record.before.value]
        : [],
    );
  const said = changes(false);
  const heldOut = changes(true);
  if (said.length < leastCompared || heldOut.length < leastCompared) return "cannotTell";
  const shift = hodgesLehmannShift(said, heldOut, lookedAtAgain);
  if (!shift) return "cannotTell";
  const helped = direction === "higher" ? shift.low > 0 : shift.high < 0;
  return helped ? "helped" : "noChange";
}

function widened({ value, low, high }: MeasuredShare): Interval {
  return { low: value! - widening * (value! - low!), high: value! + widening * (high! - value!) };
}
