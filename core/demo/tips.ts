import type { TipRecord } from "../../protocol/coaching.ts";
import { addDays } from "../day.ts";
import { measureShare } from "../summary/ratio.ts";

interface DemoTip {
  readonly rule: string;
  /** Days before the last. */
  readonly back: number;
  readonly state: TipRecord["state"];
  readonly isHeldOut?: boolean;
  readonly message: string;
  /** The share that it was about before and after, of so many; without an end while it is too early. */
  readonly before: readonly [share: number, of: number];
  readonly after?: readonly [share: number, of: number];
  readonly effect?: TipRecord["effect"];
}

const said: readonly DemoTip[] = [
  {
    ...{ rule: "C03", back: 62, state: "done", effect: "helped" },
    message:
      "6 AI blocks of 30 lines or more, 241 lines in all, were written today and never on screen in this editor.",
    ...{ before: [0.46, 140], after: [0.21, 165] },
  },
  {
    ...{ rule: "C02", back: 55, state: "done", effect: "noChange" },
    message: "7 turns of an agent with 19 edits in 126 minutes, and no commit or test run since.",
    ...{ before: [0.08, 61], after: [0.06, 70] },
  },
  {
    ...{ rule: "C03", back: 51, state: "new", isHeldOut: true, effect: "noChange" },
    message:
      "5 AI blocks of 30 lines or more, 187 lines in all, were written today and never on screen in this editor.",
    ...{ before: [0.34, 118], after: [0.31, 131] },
  },
  {
    ...{ rule: "C04", back: 40, state: "done", effect: "helped" },
    message:
      "Edits by Cursor in SQL are half rewritten within 15 minutes: 38 % is left, 74 % on average (14 edits).",
    ...{ before: [0.58, 210], after: [0.74, 236] },
  },
  {
    ...{ rule: "C01", back: 33, state: "dismissed", effect: "cannotTell" },
    message: "In no commit yet: 462 AI lines in 4 files. Changes over about 400 lines are harder to review.",
    ...{ before: [0.05, 44], after: [0.06, 12] },
  },
  {
    ...{ rule: "C06", back: 12, state: "done" },
    message: "3 of your last 10 AI edits were undone within 15 minutes.",
    before: [0.18, 260],
  },
];

/** Tips that were said in the made-up history, and what became of what they were about. */
export function demoTips(
  lastDay: string,
  { uuid, timeOf }: { readonly uuid: () => string; readonly timeOf: (day: string) => number },
): TipRecord[] {
  return said.map(({ rule, back, state, isHeldOut = false, message, before, after, effect }) => {
    const day = addDays(lastDay, -back);
    const at = timeOf(day);
    return {
      ...{ id: uuid(), rule, ruleVersion: 1, at, day, isHeldOut, state, message },
      changedAt: at,
      snoozedUntil: null,
      nudgedAt: isHeldOut ? null : at,
      before: shareOf(before),
      after: after ? shareOf(after) : null,
      effect: effect ?? null,
    };
  });
}

function shareOf([share, of]: readonly [number, number]) {
  const part = Math.round(share * of);
  return measureShare({
    ...{ n: of, part, whole: of, partSquared: part, wholeSquared: of, partTimesWhole: part },
  });
}
