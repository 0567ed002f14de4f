const nanoInDollar = 1_000_000_000;

/** How an amount in dollars is written: below ten cents to three digits that say something, so that bounds differ. */
export function moneyDigits(dollars: number): Intl.NumberFormatOptions {
  const isSmall = dollars > 0 && dollars < 0.1;
  return {
    ...{ style: "currency", currency: "USD" },
    ...(isSmall ? { minimumSignificantDigits: 2, maximumSignificantDigits: 3 } : {}),
  };
}

export function dollarsOf(nanoUsd: number): number {
  return nanoUsd / nanoInDollar;
}

/** An amount as it stands in a text; what is less than a cent says so. */
export function dollarsText(nanoUsd: number): string {
  const dollars = dollarsOf(nanoUsd);
  return dollars > 0 && dollars < 0.01
    ? "< $0.01"
    : `$${dollars.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
