import { mondayOf } from "../ingest/isoWeek.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The days of a week, whose own name has the year: 16–22 Nov, 28 Dec – 3 Jan. */
export function daysOf(week: string): string {
  const monday = mondayOf(week);
  const [first, last] = [monday, monday + 6].map((day) => new Date(day * 86_400_000)) as [Date, Date];
  const month = (date: Date) => months[date.getUTCMonth()] ?? "";
  const end = `${last.getUTCDate()} ${month(last)}`;
  return month(first) === month(last)
    ? `${first.getUTCDate()}–${end}`
    : `${first.getUTCDate()} ${month(first)} – ${end}`;
}
