import { countOf } from "../countOf.ts";
import {
  tipActions,
  type Coach,
  type Measure,
  type RuleProblem,
  type RuleStanding,
  type Tip,
  type TipAnswer,
  type TipRecord,
} from "../../protocol/coaching.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import { effectOfRule, effectOfTip } from "./effect.ts";
import type { Facts } from "./facts.ts";
import { guards, isCooling, retiredUntil, speaks, type Muted, type Today } from "./guards.ts";
import { measureWords } from "./measures.ts";
import type { CheckedRule } from "./rule.ts";
import { fillMessage } from "./variables.ts";

const dayMs = 86_400_000;
/** The same share before, over two weeks. */
export const daysBefore = 14;
/** So long after its day what a tip did can still be measured. */
const mostLateDays = 7;

export interface Coaching {
  readonly rules: readonly CheckedRule[];
  readonly records: readonly TipRecord[];
  readonly muted: Muted;
  readonly facts: Facts;
  readonly today: Today;
}

/** Chance and identity, and what is measured, come in. */
export interface Means {
  readonly uuid: () => string;
  /** From 0 up to 1. */
  readonly draw: () => number;
  readonly measure: (measure: Measure, days: number) => MeasuredShare;
}

/** The opportunities there are now that were not there before. One in ten is held out. */
export function newOpportunities(coaching: Coaching, { uuid, draw, measure }: Means): TipRecord[] {
  const { records, facts, today } = coaching;
  return speakingRules(coaching).flatMap((checked) => {
    const { rule } = checked;
    const message = messageOf(checked, facts);
    if (message === undefined || openRecord(checked, records) || isCooling(checked, records, today))
      return [];
    return {
      id: uuid(),
      rule: rule.id,
      ruleVersion: rule.version,
      at: today.now,
      day: today.day,
      isHeldOut: draw() < guards.heldOut,
      state: "new",
      changedAt: today.now,
      snoozedUntil: null,
      nudgedAt: null,
      message,
      before: measure(rule.expects.metric, daysBefore),
      after: null,
      effect: null,
    };
  });
}

/** Tips whose time is over, with what became of what they were about. */
export function measuredEffects(
  coaching: Pick<Coaching, "records" | "rules" | "today">,
  { measure }: Pick<Means, "measure">,
): TipRecord[] {
  const { records, rules, today } = coaching;
  return records.flatMap((record) => {
    if (record.effect !== null) return [];
    const rule = rules.find((each) => each.rule.id === record.rule)?.rule;
    const due = record.at + (rule?.expects.windowDays ?? guards.retiredDays) * dayMs;
    if (today.now < due) return [];
    if (!rule || today.now > due + mostLateDays * dayMs) return { ...record, effect: "cannotTell" };
    const after = measure(rule.expects.metric, rule.expects.windowDays);
    return { ...record, after, effect: effectOfTip(record.before, after, rule.expects.direction) };
  });
}

/** Tips that were seen and no longer hold: somebody followed them. */
export function followedTips({ records, rules, facts, today }: Coaching): TipRecord[] {
  return records.flatMap((record) => {
    const checked = rules.find(({ rule }) => rule.id === record.rule);
    if (record.state !== "seen" || !checked || speaks(checked, facts)) return [];
    return { ...record, state: "done", changedAt: today.now };
  });
}

/** What somebody's answer makes of a tip; undefined where there is nothing to change. */
export function answered(record: TipRecord, answer: TipAnswer["answer"], now: number): TipRecord | undefined {
  const became = (state: TipRecord["state"], snoozedUntil: number | null = null): TipRecord => ({
    ...record,
    state,
    snoozedUntil,
    changedAt: now,
  });
  switch (answer) {
    case "seen":
      return record.state === "new" ? became("seen") : undefined;
    case "done":
      return became("done");
    case "dismiss":
      return became("dismissed");
    case "snooze":
      return became("snoozed", now + guards.snoozeDays * dayMs);
    case "mute":
      return became("muted");
    case "helped":
    case "notForMe":
      return became(answer);
    default:
      return undefined;
  }
}

/** The tips that hold now, the most urgent first. Somebody who follows one already does not see it. */
export function tipsNow(coaching: Coaching): { readonly record: TipRecord; readonly checked: CheckedRule }[] {
  const { records, today } = coaching;
  return speakingRules(coaching).flatMap((checked) => {
    const record = openRecord(checked, records);
    if (!record || record.isHeldOut) return [];
    if (record.snoozedUntil !== null && record.snoozedUntil > today.now) return [];
    return { record, checked };
  });
}

/** Whether a rule may speak unasked: its evidence is strong, or its own comparison here says that it helped. */
export function isProven({ rule, source }: CheckedRule, records: readonly TipRecord[]): boolean {
  // Somebody whom the person joined says it, and can be muted.
  if (source === "org") return true;
  if (rule.evidence.some(({ strength }) => strength === "strong")) return true;
  const own = records.filter((record) => record.rule === rule.id);
  return effectOfRule(own, rule.expects.direction) === "helped";
}

/** The files a tip is about. */
export function filesOfTip({ when }: CheckedRule, { files }: Facts): string[] {
  const parts = new Set(when.names.map((name) => name.split(".")[0]!));
  return [...new Set([...parts].flatMap((part) => files.get(part) ?? []))];
}

/** All the Coach view shows. */
export function coachOf(
  coaching: Coaching,
  rest: {
    readonly problems: readonly RuleProblem[];
    readonly org: Coach["org"];
  },
): Coach {
  const { rules, records, muted, today } = coaching;
  const now = muted.all ? [] : tipsNow(coaching);
  const shown = now.filter(({ checked }) => isProven(checked, records));
  const first = shown[0];
  const tried = records
    .filter((record) => !record.isHeldOut && (record.state !== "new" || record.effect !== null))
    .filter(({ id }) => id !== first?.record.id)
    .sort((one, other) => other.at - one.at)
    .slice(0, 50);
  return {
    isOn: true,
    isMuted: muted.all,
    tip: first ? tipOf(first.record, first.checked, messageNow(first, coaching)) : null,
    waiting: now
      .filter((each) => each !== first)
      .map((each) => tipOf(each.record, each.checked, messageNow(each, coaching))),
    tried: tried.flatMap((record) => {
      const checked = rules.find(({ rule }) => rule.id === record.rule);
      return checked ? tipOf(record, checked, record.message) : [];
    }),
    rules: rules.map((checked) => standingOf(checked, coaching)),
    problems: [...rest.problems].slice(0, 100),
    org: rest.org,
  };

  function messageNow({ record, checked }: (typeof now)[number], { facts }: Coaching): string {
    return messageOf(checked, facts) ?? record.message;
  }

  function standingOf(checked: CheckedRule, { records: all, facts }: Coaching): RuleStanding {
    const { rule, source, when } = checked;
    const own = all.filter((record) => record.rule === rule.id);
    const said = own.filter(({ isHeldOut }) => !isHeldOut);
    return {
      id: rule.id,
      title: rule.title,
      source,
      isFed: when.names.some((name) => facts.values.has(name)),
      isMuted: muted.rules.includes(rule.id),
      retiredUntil: retiredUntil(rule.id, all, today),
      mayNudge: isProven(checked, all),
      said: said.length,
      heldOut: own.length - said.length,
      helped: said.filter(({ effect }) => effect === "helped").length,
      effect: effectOfRule(own, rule.expects.direction),
    };
  }
}

/** A prompt's text is its own, braces and all, unless it is a rule's. */
function messageOf({ rule, prompt }: CheckedRule, { values }: Facts): string | undefined {
  return prompt?.quotesNumbers === false ? rule.message : fillMessage(rule.message, values);
}

function tipOf(record: TipRecord, { rule, prompt }: CheckedRule, message: string): Tip {
  const action = rule.actions[0]!;
  const { id, state, day, before, after, effect } = record;
  return {
    id,
    rule: rule.id,
    title: rule.title,
    message,
    state,
    day,
    severity: rule.severity,
    action,
    actionTitle: tipActions[action].title,
    evidence: rule.evidence,
    expects: `${measureWords(rule.expects.metric)} is ${rule.expects.direction} within ${countOf(rule.expects.windowDays, "day")}`,
    before,
    after,
    effect,
    prompt: prompt ? { sender: prompt.sender, contact: prompt.contact, suggestion: prompt.suggestion } : null,
  };
}

const urgency = { high: 0, normal: 1, low: 2 } as const;

/** The rules that hold now and may be heard, the most urgent first. */
function speakingRules({ rules, records, muted, facts, today }: Coaching): CheckedRule[] {
  return rules
    .filter(({ rule }) => !muted.rules.includes(rule.id))
    .filter(({ prompt }) => prompt === undefined || !muted.senders.includes(prompt.sender))
    .filter(({ rule }) => retiredUntil(rule.id, records, today) === null)
    .filter((checked) => speaks(checked, facts))
    .sort(
      (one, other) =>
        urgency[one.rule.severity] - urgency[other.rule.severity] ||
        compareText(placeOf(one), placeOf(other)),
    );
}

/** Prompts of an organisation stay in the order of their schedule: their ids say nothing. */
function placeOf({ rule, prompt }: CheckedRule): string {
  return prompt ? "org-" : rule.id;
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** A tip that was made and not ended yet. One that nobody ended goes when its rule may speak anew. */
function openRecord({ rule }: CheckedRule, records: readonly TipRecord[]): TipRecord | undefined {
  return records
    .filter((record) => record.rule === rule.id && ["new", "seen", "snoozed"].includes(record.state))
    .filter(({ effect }) => effect === null)
    .sort((one, other) => other.at - one.at)[0];
}
