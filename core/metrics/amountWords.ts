import { percent } from "../percent.ts";
import { writeMoney } from "../requests/money.ts";
import type { Unit } from "./metric.ts";

/** Money is in US dollars by list price, with as many digits as the amount that it stands beside. */
export function amountWords(amount: number, unit: Unit, beside = amount): string {
  switch (unit) {
    case "share":
      return percent(amount);
    case "money":
      return writeMoney(amount, beside, (dollars, digits) => dollars.toLocaleString("en", digits));
    case "ms":
      return `${digits(amount / 1000)} s`;
    case "minutes":
      return `${digits(amount)} min`;
    case "hours":
      return `${digits(amount)} h`;
    case "lines":
      return `${digits(amount)} ${amount === 1 ? "line" : "lines"}`;
    default:
      return digits(amount);
  }
}

/** Whole numbers in full, others to three digits, as in the panel. */
function digits(amount: number): string {
  return amount.toLocaleString("en", Number.isInteger(amount) ? {} : { maximumSignificantDigits: 3 });
}
