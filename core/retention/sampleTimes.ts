const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long after an AI edit its retention is sampled, in milliseconds. They hold VS Code's own times among them. */
export const sampleTimes: readonly number[] = [
  0,
  5 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  hour,
  24 * hour,
];

/** The first of the times that is later. */
export function sampleTimeAfter(dueMs: number): number | undefined {
  return sampleTimes.find((time) => time > dueMs);
}

/** Whether a sample was taken so long after its time that it says something else. */
export function isLate(dueMs: number, behindMs: number): boolean {
  return behindMs > Math.max(second, dueMs / 10);
}
