import { addDays } from "../day.ts";
import { isoWeekOfDay } from "../isoWeek.ts";

/** A collector forgets events 35 days after their week. */
const mostDays = 50;

/** The weeks of which something may be at the org, oldest first. */
export function weeksSince(givenOn: string, today: string): string[] {
  const oldest = addDays(today, -mostDays);
  const weeks = new Set<string>();
  for (let day = givenOn < oldest ? oldest : givenOn; day <= today; day = addDays(day, 1))
    weeks.add(isoWeekOfDay(day));
  return [...weeks];
}
