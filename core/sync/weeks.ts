import { addDays } from "../day.ts";
import { isoWeekOfDay, mondayOfWeek } from "../isoWeek.ts";
import type { OutboxDay, OutboxTally } from "../../protocol/sync.ts";

/** The last day of a day's week, under which everything of that week is added up. */
function lastDayOfWeek(day: string): string {
  return addDays(mondayOfWeek(isoWeekOfDay(day)), 6);
}

/** The same by week: as if all of it had been on the week's last day. It is rounded once, after it was added up. */
export function asWeeks<Item extends OutboxDay | OutboxTally>(items: readonly Item[]): Item[] {
  return items.map((item) => ({ ...item, day: lastDayOfWeek(item.day) }));
}

/** Which local days may be frozen today: those that are over, or those whose week is. */
export function frozenDays(
  today: string,
  oldest: string,
  isByWeek: boolean,
): { readonly from: string; readonly before: string } {
  // A week of which a part is too old is too old: the rest of it would look like all.
  return isByWeek
    ? { from: mondayAfter(oldest), before: mondayOfWeek(isoWeekOfDay(today)) }
    : { from: oldest, before: today };
}

/** The Monday of a day that is one, else the next. */
function mondayAfter(day: string): string {
  const monday = mondayOfWeek(isoWeekOfDay(day));
  return monday === day ? monday : addDays(monday, 7);
}
