import { limits } from "../../protocol/collector.ts";

const dayMs = 86_400_000;
const fromThursday = 3;

/** Days since 1970 → ISO week, for example 2026-W07. */
export function isoWeekOf(epochDay: number): string {
  // A week belongs to the year its Thursday lies in; 1970-01-01 was a Thursday.
  const monday = epochDay - mod(epochDay + fromThursday, 7);
  const thursday = new Date((monday + fromThursday) * dayMs);
  const year = thursday.getUTCFullYear();
  const dayOfYear = monday + fromThursday - Date.UTC(year, 0, 1) / dayMs;
  return `${String(year).padStart(4, "0")}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, "0")}`;
}

/** Days since 1970 of an ISO week's Monday. */
export function mondayOf(week: string): number {
  const [year, number] = week.split("-W").map(Number) as [number, number];
  const fourthOfJanuary = Date.UTC(year, 0, 4) / dayMs;
  return fourthOfJanuary - mod(fourthOfJanuary + fromThursday, 7) + (number - 1) * 7;
}

/** Days since 1970 → calendar day, for example 2026-11-20. */
export function dateOf(epochDay: number): string {
  return new Date(epochDay * dayMs).toISOString().slice(0, 10);
}

export function epochDayOf(milliseconds: number): number {
  return Math.floor(milliseconds / dayMs);
}

/** Weeks of which a record can be accepted on a day, days since 1970, wherever its sender lives; oldest first. */
export function acceptedWeeks(epochDay: number): string[] {
  const weeks = new Set<string>();
  for (let day = epochDay - limits.ageDays - 1; day <= epochDay + 1; day++) weeks.add(isoWeekOf(day));
  return [...weeks];
}

/** `%` keeps the sign; days before 1970 need the other remainder. */
function mod(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
