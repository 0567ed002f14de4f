import type { AllowanceWindow } from "../../protocol/allowance.ts";
import type { AllowancePace, BudgetPace } from "../../protocol/pace.ts";
import { budgetStanding, dayOfMonth } from "./budget.ts";
import { budgetForecast, leastDays } from "./budgetForecast.ts";
import { addDays } from "../day.ts";
import { dollarsOf } from "./money.ts";
import type { SummaryRequests } from "./requestSummary.ts";

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
    forecast: days < leastDays ? null : budgetForecast(spent, today, past),
    days,
  };
}
