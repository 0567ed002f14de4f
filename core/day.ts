const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** A moment where somebody is: milliseconds since 1970, and minutes east of UTC. */
export interface LocalMoment {
  readonly at: number;
  readonly utcOffsetMinutes: number;
}

/** Writing a date takes twenty times as long as finding it, and most are asked for many times. */
const written = new Map<number, string>();
const mostWritten = 5000;

function writtenDay(number: number): string {
  let day = written.get(number);
  if (day !== undefined) return day;
  if (written.size >= mostWritten) written.clear();
  day = new Date(number * dayMs).toISOString().slice(0, 10);
  written.set(number, day);
  return day;
}

/** The number of the local day, which is found quicker than its date. */
export function dayNumber({ at, utcOffsetMinutes }: LocalMoment): number {
  return Math.floor((at + utcOffsetMinutes * minuteMs) / dayMs);
}

/** The local day, such as 2026-01-31, and the local hour. */
export function localDay(moment: LocalMoment): { day: string; hour: number } {
  const number = dayNumber(moment);
  const local = moment.at + moment.utcOffsetMinutes * minuteMs;
  return { day: writtenDay(number), hour: Math.floor((local - number * dayMs) / hourMs) };
}

/** The day that many days after (or, negative, before) a day. */
export function addDays(day: string, count: number): string {
  return writtenDay(numberOf(day) + count);
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const number = numberOf(day);
  // The first day of 1970 was a Thursday.
  return writtenDay(number - ((((number + 3) % 7) + 7) % 7));
}

function numberOf(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

/** The same day that many months earlier; the last day of that month where it is shorter. */
export function monthsBefore(day: string, count: number): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - count, Math.min(date, last))).toISOString().slice(0, 10);
}
