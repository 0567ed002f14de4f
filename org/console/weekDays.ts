import { daysWriter, weekDays } from "../../core/weekDays.ts";
import { html, type Html } from "./html.ts";

const write = daysWriter("en-GB");

/** What people call a week: 16–22 Nov. */
export function daysOf(week: string): string {
  return weekDays(week, write);
}

/** The same, and its ISO name, which exports have, where a pointer rests. */
export function weekName(week: string): Html {
  return html`<span title="${week}">${daysOf(week)}</span>`;
}
