/**
 * Which of several comparisons may be called different, so that of those called so no more than `rate` are false on
 * average (Benjamini and Hochberg 1995). One answer for each p-value, in their order.
 */
export function benjaminiHochberg(pValues: readonly number[], rate: number): boolean[] {
  const order = pValues
    .map((pValue, index) => ({ pValue, index }))
    .sort((one, other) => one.pValue - other.pValue);
  const last = order.findLastIndex(({ pValue }, rank) => pValue <= ((rank + 1) / pValues.length) * rate);
  const called = pValues.map(() => false);
  for (const { index } of order.slice(0, last + 1)) called[index] = true;
  return called;
}
