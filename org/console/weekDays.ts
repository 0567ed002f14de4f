import { addDays } from "../../core/day.ts";
import { mondayOfWeek } from "../../core/isoWeek.ts";
import { daysWriter, weekDays } from "../../core/weekDays.ts";
import { html, type Html } from "./html.ts";

const write = daysWriter("en-GB");
const withYear = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** What people call a week: 16–22 Nov. */
export function daysOf(week: string): string {
  return weekDays(week, write);
}

/** Its first day, for an axis: 16 Nov. */
export function firstDayOf(week: string): string {
  const monday = mondayOfWeek(week);
  return write(monday, monday);
}

/** Its last day, with the year. */
export function lastDayOf(week: string): string {
  return withYear.format(Date.parse(addDays(mondayOfWeek(week), 6)));
}

/** The days of a week, and its ISO name, which exports have, where a pointer rests. */
export function weekName(week: string): Html {
  return html`<span title="${week}">${daysOf(week)}</span>`;
}
