import { percent } from "../percent.ts";
import { moneyDigits } from "../requests/money.ts";
import type { Unit } from "./metric.ts";

/** Money is in US dollars by list price. */
export function amountWords(amount: number, unit: Unit): string {
  switch (unit) {
    case "share":
      return percent(amount);
    case "money":
      return amount.toLocaleString("en", moneyDigits(amount));
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
