import type { AllowanceWindow } from "../../protocol/allowance.ts";
import type { AllowancePace, BudgetPace } from "../../protocol/pace.ts";
import { budgetStanding, dayOfMonth, daysInMonth } from "./budget.ts";
import { addDays } from "../day.ts";
import { dollarsOf } from "./money.ts";
import type { SummaryRequests } from "./requestSummary.ts";
import { seededRandom } from "../seededRandom.ts";
import { quantileOfSorted } from "../statistics/quantile.ts";

const minuteMs = 60_000;
/** Of a window, less than this says nothing of the rest of it. */
const leastElapsed = 0.1;

/** At what pace a window of what a plan allows is used up. */
export function allowancePace(
  { tool, windowMinutes, usedShare, resetsAt, readAt }: AllowanceWindow,
  now: number,
): AllowancePace {
  const length = windowMinutes * minuteMs;
  const passed = resetsAt === null ? null : Math.min(length, Math.max(0, readAt - (resetsAt - length)));
  const elapsedShare = passed === null ? null : passed / length;
  const common = { tool, windowMinutes, usedShare, readAt, resetsAt, elapsedShare };
  const without = { ...common, runsOutAt: null };
  if (resetsAt !== null && now >= resetsAt) return { ...without, state: "over" };
  if (usedShare >= 1) return { ...without, state: "usedUp" };
  if (resetsAt === null || passed === null) return { ...without, state: "unknown" };
  if (passed < length * leastElapsed) return { ...without, state: "early" };
  if (usedShare === 0) return { ...without, state: "lasts" };
  const runsOutAt = Math.round(resetsAt - length + passed / usedShare);
  return runsOutAt < resetsAt ? { ...common, runsOutAt, state: "runsOut" } : { ...without, state: "lasts" };
}

/** So many days before today say what a weekday costs. */
export const forecastDays = 8 * 7;
const leastDays = 10;
const rounds = 1_000;
const seed = 20_260_101;

/** The first day that a budget's pace rests on. */
export function budgetFrom(today: string): string {
  const past = addDays(today, -forecastDays);
  const first = addDays(today, 1 - dayOfMonth(today));
  return past < first ? past : first;
}

/** The month against a budget in US dollars; null without one. The rows begin at `budgetFrom` at the latest. */
export function budgetPace(
  budgetUsd: number,
  today: string,
  rows: readonly Pick<SummaryRequests, "day" | "requests" | "unpriced" | "costNano">[],
): BudgetPace | null {
  const first = addDays(today, 1 - dayOfMonth(today));
  const month = rows.filter(({ day }) => day >= first && day <= today);
  const spent = month.reduce((sum, { costNano }) => sum + costNano, 0);
  const standing = budgetStanding(dollarsOf(spent), budgetUsd, today);
  if (!standing) return null;
  const past = rows.filter(({ day }) => day >= addDays(today, -forecastDays) && day < today);
  const days = new Set(past.flatMap(({ day, requests }) => (requests > 0 ? [day] : []))).size;
  return {
    budgetNanoUsd: budgetUsd * 1e9,
    spentNanoUsd: spent,
    unpricedRequests: month.reduce((sum, { unpriced }) => sum + unpriced, 0),
    ...standing,
    forecast: days < leastDays ? null : forecast(spent, today, past),
    days,
  };
}

/** Each day that is left costs what one of the same weekdays did. What is left of today is left out. */
function forecast(
  spent: number,
  today: string,
  past: readonly Pick<SummaryRequests, "day" | "costNano">[],
): BudgetPace["forecast"] {
  const byDay = new Map<string, number>();
  for (const { day, costNano } of past) byDay.set(day, (byDay.get(day) ?? 0) + costNano);
  const left = daysInMonth(today) - dayOfMonth(today);
  const known = [...byDay.keys()].sort()[0] ?? today;
  const choices = Array.from({ length: left }, (_, index) => addDays(today, index + 1)).map((day) =>
    Array.from({ length: 13 }, (_, week) => addDays(day, -7 * (week + 1)))
      .filter((same) => same >= known && same < today)
      .slice(0, 8)
      .map((same) => byDay.get(same) ?? 0),
  );
  const random = seededRandom(seed);
  const totals = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let total = spent;
    for (const choice of choices) total += choice[Math.floor(random() * choice.length)] ?? 0;
    totals[round] = total;
  }
  totals.sort();
  const at = (share: number) => Math.round(quantileOfSorted(totals, share) ?? spent);
  return { nanoUsd: at(0.5), low: at(0.025), high: at(0.975) };
}
