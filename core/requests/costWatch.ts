import type { LevelChange } from "../../protocol/toolUse.ts";
import { mondayOf } from "../day.ts";
import { changePoint } from "../statistics/changePoint.ts";

/** Weeks are somewhat like their neighbours: so that no more than 5 % of claims are false, fewer by chance are called. */
const leastLikely = 0.02;
const seed = 20_260_101;

/** What was spent on requests of a day, by list price. */
export interface SpentOnDay {
  readonly day: string;
  readonly costNano: number;
}

/**
 * When what a week costs changed its level, if it did. Weeks are compared by their logarithms, because costs differ by
 * factors; the shift is the factor less one. The week of today is not over and says nothing, and so does one that cost nothing.
 */
export function changeOfCost(days: readonly SpentOnDay[], today: string): LevelChange {
  const spent = new Map<string, number>();
  const thisWeek = mondayOf(today);
  for (const { day, costNano } of days) {
    if (costNano <= 0 || day >= thisWeek) continue;
    const week = mondayOf(day);
    spent.set(week, (spent.get(week) ?? 0) + costNano);
  }
  const weeks = [...spent].sort(([one], [other]) => (one < other ? -1 : 1));
  const point = changePoint(
    weeks.map(([, costNano]) => Math.log(costNano)),
    { seed },
  );
  if (point === undefined || point.pValue > leastLikely) return { weeks: weeks.length, change: null };
  const [week, earliest, latest] = [point.at, point.from, point.to].map((at) => weeks[at]![0]);
  return {
    weeks: weeks.length,
    change: { week: week!, earliest: earliest!, latest: latest!, shift: Math.exp(point.shift) - 1 },
  };
}
