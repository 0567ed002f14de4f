import type { Effect, Rule, TipRecord } from "../../protocol/coaching.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import { hodgesLehmannShift } from "../statistics/hodgesLehmann.ts";

type Direction = Rule["expects"]["direction"];

/** Fewer on either side compare nothing: the interval of the rank sum test is exact enough from here on. */
const leastCompared = 8;

/** Before and after one tip. It says what happened together, not what came of what. */
export function effectOfTip(
  before: MeasuredShare,
  after: MeasuredShare | null,
  direction: Direction,
): Effect {
  if (before.low === null || before.high === null || after?.low == null || after.high === null)
    return "cannotTell";
  const helped = direction === "higher" ? after.low > before.high : after.high < before.low;
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
  const shift = hodgesLehmannShift(said, heldOut);
  if (!shift) return "cannotTell";
  const helped = direction === "higher" ? shift.low > 0 : shift.high < 0;
  return helped ? "helped" : "noChange";
}
