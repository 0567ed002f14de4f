/** Standard normal quantile of 97.5 %: half of a two-sided 95 % interval. */
export const z975 = 1.959964;
/** Standard normal quantile of 95 %: a one-sided test at 5 %. */
export const z95 = 1.644854;
/** Standard normal quantile of 80 %: the power studies are usually planned for. */
export const z80 = 0.841621;

/**
 * Student's t at 97.5 %, by the expansion in 1 ÷ degrees of freedom (Abramowitz and Stegun 26.7.5). Off by less than
 * 0.1 % from four degrees of freedom on; nothing here asks for fewer than that and believes the answer.
 */
export function studentT975(degreesOfFreedom: number): number {
  const z = z975;
  const v = Math.max(1, degreesOfFreedom);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const fourth = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160;
  return z + first / v + second / v ** 2 + third / v ** 3 + fourth / v ** 4;
}
