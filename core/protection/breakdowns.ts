import type { HiddenReason } from "../../protocol/protection.ts";
import type { Breakdown } from "../../protocol/tallies.ts";
import { whyTelling } from "./amounts.ts";

type Sums = Readonly<Record<string, number>>;

/**
 * Which sums of one cell are withheld, and why. Of a whole the parts are told that enough people have some of, that nobody
 * made most of, and of which enough people have something else; and of these only so many that the same holds for what is
 * left of the whole without them.
 */
export function withheldSums(
  people: readonly Sums[],
  breakdowns: readonly Breakdown[],
  needed: number,
): Map<string, HiddenReason> {
  const withheld = new Map<string, HiddenReason>();
  const why = (amounts: readonly number[]) => whyTelling(amounts, needed);
  for (const { whole, parts } of breakdowns) {
    const hide = (names: readonly string[], reason: HiddenReason) => {
      for (const name of names) if (!withheld.has(name)) withheld.set(name, reason);
    };
    const rest = (told: readonly string[]) =>
      people.map((sums) => Math.max(0, added(sums, whole) - added(sums, told)));
    const whyWhole = why(rest([]));
    if (whyWhole !== undefined) {
      hide(whole.length === 1 ? [...whole, ...parts] : parts, whyWhole);
      continue;
    }
    // Which part it is that nearly everybody has alone must not be told by a reason, or by another part's being 0.
    const isOfEverybody = parts.some((part) => {
      const others = rest([part]).filter((amount) => amount > 0);
      return people.some((sums) => added(sums, [part]) > 0) && others.length < needed;
    });
    if (isOfEverybody) {
      hide(parts, "complement");
      continue;
    }
    for (const part of parts) {
      const reason = why(people.map((sums) => added(sums, [part])));
      if (reason !== undefined) hide([part], reason);
    }
    for (;;) {
      const told = parts.filter((part) => !withheld.has(part));
      if (why(rest(told)) === undefined) break;
      const [least] = told
        .map((part) => ({ part, having: people.filter((sums) => added(sums, [part]) > 0).length }))
        .filter(({ having }) => having > 0)
        .sort((a, b) => a.having - b.having);
      if (least === undefined) break;
      hide([least.part], "complement");
    }
  }
  return withheld;
}

function added(sums: Sums, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (sums[name] ?? 0), 0);
}
