import { addDays } from "./day.ts";
import { mondayOfWeek } from "./isoWeek.ts";

const isoWeek = /^\d{4}-W\d{2}$/;

/** How the days from one to another are written in a language, what both have in common said once: 16–22 Nov. */
export type WriteDays = (from: string, to: string) => string;

export function daysWriter(locale: string | undefined): WriteDays {
  const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  return (from, to) => {
    const [first, last] = [from, to].map((day) => Date.parse(`${day}T00:00:00Z`)) as [number, number];
    if (Number.isNaN(first) || Number.isNaN(last)) return from === to ? from : `${from} – ${to}`;
    // Some languages have thin spaces about the dash: between numbers it needs none, and no search finds the others.
    return format
      .formatRange(first, last)
      .replace(/\b(\d{1,2})\s?–\s?(?=\d)/, "$1–")
      .replace(/\s/g, " ");
  };
}

/** A week, by its ISO name or its Monday, is called by its days everywhere. */
export function weekDays(week: string, write: WriteDays): string {
  const monday = mondayNamed(week);
  return monday === undefined ? week : write(monday, addDays(monday, 6));
}

function mondayNamed(week: string): string | undefined {
  if (isoWeek.test(week)) return mondayOfWeek(week);
  return Number.isNaN(Date.parse(`${week}T00:00:00Z`)) ? undefined : week;
}
