import type { HiddenReason } from "../../protocol/protection.ts";
import { isDominated } from "./amounts.ts";
import { added, type Amounts } from "./contributors.ts";

/** What each contributor, known by a number, put into one sum. */
export type Group = ReadonlyMap<number, Amounts>;

const measures = ["edits", "insertedChars", "keptChars"] as const;

/** Why a sum over this group says too much about somebody in it; undefined when it may be shown. */
export function whyUnsafe(group: Group, needed: number): HiddenReason | undefined {
  if (group.size < needed) return "fewPeople";
  return isGroupDominated(group) ? "dominated" : undefined;
}

export function joinGroups(groups: readonly Group[]): Group {
  const result = new Map<number, Amounts>();
  for (const group of groups) {
    for (const [contributor, amounts] of group) {
      result.set(contributor, added(result.get(contributor), amounts));
    }
  }
  return result;
}

export function sumOf(group: Group): Amounts {
  let sum: Amounts = { edits: 0, insertedChars: 0, keptChars: 0 };
  for (const amounts of group.values()) sum = added(sum, amounts);
  return sum;
}

function isGroupDominated(group: Group): boolean {
  return measures.some((measure) => isDominated([...group.values()].map((amounts) => amounts[measure])));
}
