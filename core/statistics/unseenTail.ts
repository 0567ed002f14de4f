/**
 * By how much the variance of amounts may be larger than it was seen to be, at least 1. What tasks and days cost is spread
 * like a log-normal distribution: few of them are dearer than all others together, and a sample that has not met one of
 * these looks tame. Their logarithms tell how far they spread even so. Where many are all but nothing this is too
 * careful.
 */
export function unseenTail(all: readonly number[]): number {
  const amounts = all.filter((amount) => amount > 0);
  const seen = varianceOf(amounts) / meanOf(amounts) ** 2;
  if (!(seen > 0)) return 1;
  return Math.max(1, Math.expm1(varianceOf(amounts.map(Math.log))) / seen);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
