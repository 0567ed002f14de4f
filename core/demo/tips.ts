import type { TipRecord } from "../../protocol/coaching.ts";
import { ownRules } from "../coaching/catalogue.ts";
import { daysBefore, measuredEffects, type Means } from "../coaching/coach.ts";
import { isOfEdits, measureOfEdits } from "../coaching/measures.ts";
import type { CommittedLines, RecentEdit } from "../coaching/recentEdits.ts";
import { addDays } from "../day.ts";
import { keptAtMs } from "../summary/funnel.ts";
import { linesKept, type DemoCommit } from "./commits.ts";
import type { DemoEdit } from "./history.ts";

interface DemoTip {
  readonly rule: string;
  /** Days before the last. */
  readonly back: number;
  readonly state: TipRecord["state"];
  readonly isHeldOut?: boolean;
  readonly message: string;
}

const said: readonly DemoTip[] = [
  {
    ...{ rule: "C03", back: 84, state: "new", isHeldOut: true },
    message:
      "5 AI blocks of 30 lines or more, 187 lines in all, were written today and never on screen in this editor.",
  },
  {
    ...{ rule: "C03", back: 66, state: "done" },
    message:
      "6 AI blocks of 30 lines or more, 241 lines in all, were written today and never on screen in this editor.",
  },
  {
    ...{ rule: "C04", back: 57, state: "done" },
    message:
      "Edits by Cursor in SQL are half rewritten within 15 minutes: 38 % is left, 74 % on average (14 edits).",
  },
  {
    ...{ rule: "C02", back: 41, state: "done" },
    message: "7 turns of an agent with 19 edits in 126 minutes, and no commit or test run since.",
  },
  {
    ...{ rule: "C01", back: 33, state: "dismissed" },
    message: "In no commit yet: 462 AI lines in 4 files. Changes over about 400 lines are harder to review.",
  },
  {
    ...{ rule: "C06", back: 12, state: "done" },
    message: "3 of your last 10 AI edits were undone within 15 minutes.",
  },
];

export interface DemoTipMeans {
  readonly now: number;
  readonly uuid: () => string;
  readonly timeOf: (day: string, second: number) => number;
}

const dayMs = 86_400_000;
/** When a tip was said, of a day. */
const saidAt = 15 * 3600;

/** Tips that were said in a made-up history. What became of what they were about is measured on it, as of any other. */
export function demoTips(
  history: readonly DemoEdit[],
  commits: readonly DemoCommit[],
  lastDay: string,
  means: DemoTipMeans,
): TipRecord[] {
  const rules = ownRules();
  const edits = history.filter(({ origin }) => origin.kind === "ai").map((edit) => recentEdit(edit, means));
  const committed = commits.map((commit) => committedLines(commit, history, means));
  const measureAt = (now: number): Means["measure"] => {
    return (measure, days) => {
      if (!isOfEdits(measure)) throw new Error(`${measure} is not of edits and commits alone`);
      const isIn = ({ at }: { readonly at: number }) => now - days * dayMs <= at && at <= now;
      return measureOfEdits(measure, { now, edits: edits.filter(isIn), commits: committed.filter(isIn) });
    };
  };
  return said.map(({ rule: name, back, isHeldOut = false, ...rest }) => {
    const { rule } = rules.find((each) => each.rule.id === name)!;
    const day = addDays(lastDay, -back);
    const at = means.timeOf(day, saidAt);
    const record: TipRecord = {
      ...{ id: means.uuid(), rule: name, ruleVersion: rule.version, at, day, isHeldOut, ...rest },
      ...{ changedAt: at, snoozedUntil: null, nudgedAt: isHeldOut ? null : at },
      ...{ before: measureAt(at)(rule.expects.metric, daysBefore), after: null, effect: null },
    };
    const due = Math.min(means.now, at + rule.expects.windowDays * dayMs);
    const today = { now: due, day: lastDay };
    const [measured] = measuredEffects({ rules, records: [record], today }, { measure: measureAt(due) });
    return measured ?? record;
  });
}

/** As the store has it. */
function recentEdit(edit: DemoEdit, { timeOf }: DemoTipMeans): RecentEdit {
  const { day, hour, minute, file, languageId, keptChars, followed } = edit;
  const looked = followed?.samples.find(({ dueMs, late }) => dueMs === keptAtMs && !late);
  return {
    ...{ uri: file, path: file, languageId, keptChars },
    at: timeOf(day, (hour * 60 + minute) * 60),
    ...{ utcOffsetMinutes: 0, kind: "ai", tool: null, mode: null, session: null, request: null },
    lines: followed?.lines ?? null,
    survival: looked?.fourGram ?? null,
    noRevert: looked?.noRevert ?? null,
    isSeen: followed?.isSeen === true,
    isWaiting: followed?.committed === undefined,
  };
}

function committedLines(
  { day, second, edits: places }: DemoCommit,
  history: readonly DemoEdit[],
  { timeOf }: DemoTipMeans,
): CommittedLines {
  const edits = places.map((place) => history[place]!);
  const linesOf = (some: readonly DemoEdit[]) => some.reduce((sum, edit) => sum + linesKept(edit), 0);
  const aiLines = linesOf(edits.filter(({ origin }) => origin.kind === "ai"));
  return { at: timeOf(day, second), lines: linesOf(edits), aiLines };
}
