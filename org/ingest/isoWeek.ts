import { limits } from "../../protocol/collector.ts";

const dayMs = 86_400_000;
const fromThursday = 3;

/** Days since 1970 → ISO week, for example 2026-W07. */
export const isoWeekOf = remembering(weekOfDay);

/** Days since 1970 → calendar day, for example 2026-11-20. */
export const dateOf = remembering((epochDay) => new Date(epochDay * dayMs).toISOString().slice(0, 10));

function weekOfDay(epochDay: number): string {
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

/** Records ask of the same few days, a hundred times for each batch. */
function remembering(answer: (epochDay: number) => string): (epochDay: number) => string {
  const answers = new Map<number, string>();
  return (epochDay) => {
    const known = answers.get(epochDay);
    if (known !== undefined) return known;
    const found = answer(epochDay);
    if (answers.size >= 1000) answers.clear();
    answers.set(epochDay, found);
    return found;
  };
}
