/** How a month's spend stands against a budget. */
export interface BudgetStanding {
  /** Of the budget, what is spent. */
  readonly share: number;
  /** Of the month, what is over, today included. */
  readonly monthShare: number;
  readonly state: "within" | "near" | "over";
}

/** From so much of the budget on somebody wants to know. */
const nearShare = 0.8;

/** Undefined without a budget. Money is in US dollars. */
export function budgetStanding(spentUsd: number, budgetUsd: number, day: string): BudgetStanding | undefined {
  if (!(budgetUsd > 0)) return undefined;
  const share = spentUsd / budgetUsd;
  return {
    share,
    monthShare: dayOfMonth(day) / daysInMonth(day),
    state: share >= 1 ? "over" : share >= nearShare ? "near" : "within",
  };
}

/** Counted from 1: so many days of the month there were, today included. */
export function dayOfMonth(day: string): number {
  return Number(day.slice(8));
}

export function daysInMonth(day: string): number {
  const [year, month] = day.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
