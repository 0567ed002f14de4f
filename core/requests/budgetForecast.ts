import type { BudgetPace } from "../../protocol/pace.ts";
import { addDays } from "../day.ts";
import { studentT975 } from "../statistics/normalQuantile.ts";
import { unseenTail } from "../statistics/unseenTail.ts";
import { dayOfMonth, daysInMonth } from "./budget.ts";
import type { SummaryRequests } from "./requestSummary.ts";

/** Days with requests below which nothing is foreseen: of so many no weekday was met less than twice. */
export const leastDays = 14;
/** Of fewer the factor is not known well enough, and of so many it is wide. */
const leastFreedom = 4;

/**
 * What the month comes to. Each day that is left costs what the same weekdays did on average; the 95 % interval has in it
 * how much they differ, that an average of few days may be off, and that a dearer day may not have come yet. What is left of
 * today is left out.
 */
export function budgetForecast(
  spent: number,
  today: string,
  past: readonly Pick<SummaryRequests, "day" | "costNano">[],
): NonNullable<BudgetPace["forecast"]> {
  const weekdays = costsOfWeekdays(today, past);
  let rest = 0;
  let variance = 0;
  let uncertainty = 0;
  for (let ahead = 1; ahead <= 7; ahead++) {
    const costs = weekdays.get(ahead % 7) ?? [];
    const left = Math.floor((daysInMonth(today) - dayOfMonth(today) - ahead + 7) / 7);
    if (left <= 0 || costs.length < 2) continue;
    const mean = meanOf(costs);
    const differing = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / (costs.length - 1);
    const own = differing * (left + left ** 2 / costs.length);
    rest += left * mean;
    variance += own;
    uncertainty += own ** 2 / (costs.length - 1);
  }
  if (rest === 0) return { nanoUsd: spent, low: spent, high: spent };
  // By Satterthwaite: each weekday's variance is known from its own few days.
  const freedom = uncertainty > 0 ? Math.max(leastFreedom, variance ** 2 / uncertainty) : leastFreedom;
  const againstOwnDays = [...weekdays.values()].flatMap((costs) => costs.map((cost) => cost / meanOf(costs)));
  const deviation = Math.sqrt(variance * unseenTail(againstOwnDays)) / rest;
  const factor = Math.exp(studentT975(freedom) * deviation);
  const most = Number.MAX_SAFE_INTEGER;
  return {
    nanoUsd: Math.round(spent + rest),
    low: Math.round(spent + rest / factor),
    high: Math.round(Math.min(most, spent + rest * factor)),
  };
}

/** By how many days after today's weekday they lie, up to six. Days without a request cost nothing. */
function costsOfWeekdays(
  today: string,
  past: readonly Pick<SummaryRequests, "day" | "costNano">[],
): ReadonlyMap<number, readonly number[]> {
  const byDay = new Map<string, number>();
  for (const { day, costNano } of past) byDay.set(day, (byDay.get(day) ?? 0) + costNano);
  const weekdays = new Map<number, number[]>();
  const first = [...byDay.keys()].sort()[0] ?? today;
  for (let ago = 1, day = addDays(today, -1); day >= first; ago++, day = addDays(day, -1)) {
    const weekday = (7 - (ago % 7)) % 7;
    weekdays.set(weekday, [...(weekdays.get(weekday) ?? []), byDay.get(day) ?? 0]);
  }
  return weekdays;
}

function meanOf(costs: readonly number[]): number {
  return costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
}
