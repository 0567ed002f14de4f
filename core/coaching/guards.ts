import type { Moment, TipRecord } from "../../protocol/coaching.ts";
import { addDays, localDay } from "../day.ts";
import type { Facts } from "./facts.ts";
import { holds } from "./evaluate.ts";
import type { CheckedRule } from "./rule.ts";

/** What keeps advice from becoming noise. */
export const guards = {
  nudgesInDay: 1,
  nudgesInWeek: 3,
  /** So many dismissals retire a rule, */
  dismissals: 3,
  /** for so long. */
  retiredDays: 90,
  /** The part of opportunities at which nothing is said, so that there is something to compare with. */
  heldOut: 0.1,
  snoozeDays: 3,
  /** Whoever wrote something within that time is typing. */
  typingMs: 30_000,
} as const;

export interface Muted {
  readonly all: boolean;
  readonly rules: readonly string[];
  /** Organisations, by the host of their address. */
  readonly senders: readonly string[];
}

export interface Today {
  readonly now: number;
  /** The local day. */
  readonly day: string;
}

/** Whether a rule has something to say: it is for this person, its sample is large enough, and it is not followed yet. */
export function speaks({ rule, when, suppressIf }: CheckedRule, facts: Facts): boolean {
  const { values, tools, languages } = facts;
  const { audience, minSample } = rule;
  if (audience.kind === "tool" && !tools.has(audience.tool)) return false;
  if (audience.kind === "language" && !languages.has(audience.languageId)) return false;
  if (minSample) {
    const n = values.get(minSample.of);
    if (typeof n !== "number" || n < minSample.least) return false;
  }
  if (!holds(when, values)) return false;
  return !(suppressIf && holds(suppressIf, values));
}

/** After three dismissals in 90 days: the day until which a rule is silent. */
export function retiredUntil(
  rule: string,
  records: readonly TipRecord[],
  { day }: Pick<Today, "day">,
): string | null {
  const dismissed = records
    .filter((record) => record.rule === rule && record.state === "dismissed")
    .map((record) => record.day)
    .sort();
  const third = dismissed.at(-guards.dismissals);
  const last = dismissed.at(-1);
  if (third === undefined || last === undefined || third < addDays(last, -guards.retiredDays)) return null;
  const until = addDays(last, guards.retiredDays);
  return until > day ? until : null;
}

/** The days between two opportunities of a rule. */
export function isCooling(
  { rule }: CheckedRule,
  records: readonly TipRecord[],
  { day }: Pick<Today, "day">,
): boolean {
  const from = addDays(day, -rule.cooldownDays);
  return records.some((record) => record.rule === rule.id && record.day > from);
}

interface NudgeMoment extends Today {
  readonly utcOffsetMinutes: number;
  readonly writtenAt: number | undefined;
}

/** Whether something may be said unasked, now. */
export function mayNudge(
  records: readonly TipRecord[],
  moment: Moment,
  { now, day, utcOffsetMinutes, writtenAt }: NudgeMoment,
): boolean {
  if (!moment.isFocused || moment.isDebugging || moment.isPresenting) return false;
  if (writtenAt !== undefined && now - writtenAt < guards.typingMs) return false;
  // The day on which it was said, which is not always that of its opportunity.
  const days = records.flatMap(({ nudgedAt }) =>
    nudgedAt === null ? [] : localDay({ at: nudgedAt, utcOffsetMinutes }).day,
  );
  const since = (from: string) => days.filter((said) => said >= from).length;
  return since(day) < guards.nudgesInDay && since(addDays(day, -6)) < guards.nudgesInWeek;
}
