const nanoInDollar = 1_000_000_000;

const cents = { style: "currency", currency: "USD" } as const;
const hundredths = { ...cents, minimumFractionDigits: 4, maximumFractionDigits: 4 } as const;

/** How amounts are written: to the cent, and to a hundredth of one below ten cents, where requests cost so little. */
export function moneyDigits(dollars: number): {
  readonly digits: Intl.NumberFormatOptions;
  readonly least: number;
} {
  return dollars !== 0 && Math.abs(dollars) < 0.1
    ? { digits: hundredths, least: 0.0001 }
    : { digits: cents, least: 0.01 };
}

/** An amount with as many digits as the one that it stands beside, such as the bound of an interval. */
export function writeMoney(
  dollars: number,
  beside: number,
  write: (dollars: number, digits: Intl.NumberFormatOptions) => string,
): string {
  const { digits, least } = moneyDigits(beside);
  return dollars > 0 && dollars < least / 2 ? `<${write(least, digits)}` : write(dollars, digits);
}

export function dollarsOf(nanoUsd: number): number {
  return nanoUsd / nanoInDollar;
}

/** An amount as it stands in a text; what is less than a cent says so. */
export function dollarsText(nanoUsd: number): string {
  const dollars = dollarsOf(nanoUsd);
  return dollars > 0 && dollars < 0.01
    ? "<$0.01"
    : `$${dollars.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
