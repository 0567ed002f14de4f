export const mostDays = 800;

/** The number of days in a period such as 30d. */
export function daysOf(period: string): number | undefined {
  const days = Number(/^(\d{1,3})d$/.exec(period)?.[1]);
  return days >= 1 && days <= mostDays ? days : undefined;
}
