const dayMs = 86_400_000;
const fromThursday = 3;

/** The ISO week of a day: 2026-01-01 → 2026-W01. */
export function isoWeekOfDay(day: string): string {
  const epochDay = Date.parse(`${day}T00:00:00Z`) / dayMs;
  // A week belongs to the year its Thursday lies in; 1970-01-01 was a Thursday.
  const monday = epochDay - ((((epochDay + fromThursday) % 7) + 7) % 7);
  const thursday = new Date((monday + fromThursday) * dayMs);
  const dayOfYear = monday + fromThursday - Date.UTC(thursday.getUTCFullYear(), 0, 1) / dayMs;
  const number = String(Math.floor(dayOfYear / 7) + 1).padStart(2, "0");
  return `${String(thursday.getUTCFullYear()).padStart(4, "0")}-W${number}`;
}

/** The day on which an ISO week begins: 2026-W01 → 2025-12-29. */
export function mondayOfWeek(week: string): string {
  const [year, number] = week.split("-W");
  // The fourth of January is always in the first week.
  const fourth = Date.UTC(Number(year), 0, 4) / dayMs;
  const firstMonday = fourth - ((((fourth + fromThursday) % 7) + 7) % 7);
  return new Date((firstMonday + (Number(number) - 1) * 7) * dayMs).toISOString().slice(0, 10);
}
