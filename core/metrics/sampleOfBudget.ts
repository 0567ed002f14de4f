import type { BudgetPace } from "../../protocol/pace.ts";
import type { Sample } from "./sample.ts";

/** What the month comes to, against the budget. */
export function budgetOf(budget: BudgetPace): Sample {
  const { budgetNanoUsd, days } = budget;
  if (!budget.forecast) return { kind: "count", count: 0, of: days };
  const { nanoUsd, low, high } = budget.forecast;
  const interval = { low: low / budgetNanoUsd, high: high / budgetNanoUsd };
  return { kind: "estimate", value: nanoUsd / budgetNanoUsd, interval, of: days };
}
