import type { HiddenReason } from "../../protocol/protection.ts";

/** One with more than half, or two with more than three quarters, of what all have. */
export function isDominated(amounts: readonly number[]): boolean {
  const sum = amounts.reduce((a, b) => a + b, 0);
  const [first = 0, second = 0] = [...amounts].sort((a, b) => b - a);
  return first > 0.5 * sum || first + second > 0.75 * sum;
}

/** Why a sum of what each person has says too much about somebody; undefined when it may be told, as nobody's may. */
export function whyTelling(amounts: readonly number[], needed: number): HiddenReason | undefined {
  const having = amounts.filter((amount) => amount > 0);
  if (having.length === 0) return undefined;
  if (having.length < needed) return "fewPeople";
  return isDominated(having) ? "dominated" : undefined;
}
