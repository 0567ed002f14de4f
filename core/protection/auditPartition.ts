/**
 * Proves of a table whose cells are shown, and no sum beyond them, that nothing about fewer people than needed follows
 * by addition and subtraction. It shares no code with what decides what is shown.
 *
 * Why it is a proof: let each contributor's share in each place be an unknown. A share is in one cell at most, so a
 * combination of cells with factors that are not all 0 has every unknown of some cell in it, and that cell is about
 * enough people. Within a cell, let each person's amount of each part of a whole, and of what of the whole is in no part, be
 * an unknown. What follows from the shown parts and the whole are sums of shown parts, and the whole without them: every one
 * of these is looked at. The whole counts as known where it is no sum of its own, because other tables may tell it.
 */
export interface AuditedCell {
  /** The contributor and the place of each share in it, and what the share is in each sum. */
  readonly shares: readonly {
    readonly who: number;
    readonly place: string;
    readonly sums: readonly number[];
  }[];
  /** What is shown, in the same order of sums; null where it is withheld. */
  readonly shown: readonly (number | null)[];
}

export interface AuditPartitionInput {
  readonly cells: readonly AuditedCell[];
  readonly needed: number;
  /** Lists of places among the sums: of each list, added up, no one and no two may have most. */
  readonly sizes: readonly (readonly number[])[];
  /** Places among the sums: enough people must have some of each. */
  readonly eachOfEnough: readonly number[];
  /** Places among the sums: wholes, and what of each is told apart. */
  readonly breakdowns: readonly AuditedBreakdown[];
}

export interface AuditedBreakdown {
  readonly whole: readonly number[];
  readonly parts: readonly number[];
}

export type AuditPartitionResult =
  | { readonly passes: true }
  | {
      readonly passes: false;
      readonly finding: "overlap" | "smallGroup" | "dominated" | "otherSum" | "telling";
    };

export function auditPartition({
  cells,
  needed,
  sizes,
  eachOfEnough,
  breakdowns,
}: AuditPartitionInput): AuditPartitionResult {
  const seen = new Set<string>();
  for (const cell of cells) {
    const { shares, shown } = cell;
    for (const { who, place } of shares) {
      const name = `${who} ${place}`;
      if (seen.has(name)) return { passes: false, finding: "overlap" };
      seen.add(name);
    }
    if (new Set(shares.map(({ who }) => who)).size < needed) return { passes: false, finding: "smallGroup" };
    for (const at of eachOfEnough) {
      const having = new Set<number>();
      for (const { who, sums } of shares) if ((sums[at] ?? 0) > 0) having.add(who);
      if (having.size < needed) return { passes: false, finding: "smallGroup" };
    }
    for (const size of sizes) {
      const own = new Map<number, number>();
      let sum = 0;
      for (const { who, sums } of shares) {
        for (const at of size) {
          own.set(who, (own.get(who) ?? 0) + (sums[at] ?? 0));
          sum += sums[at] ?? 0;
        }
      }
      let [largest, next] = [0, 0];
      for (const amount of own.values()) {
        if (amount > largest) [largest, next] = [amount, largest];
        else if (amount > next) next = amount;
      }
      if (2 * largest > sum || 4 * (largest + next) > 3 * sum) return { passes: false, finding: "dominated" };
    }
    const isOther = shown.some(
      (number, at) =>
        number !== null && number !== shares.reduce((sum, { sums }) => sum + (sums[at] ?? 0), 0),
    );
    if (isOther) return { passes: false, finding: "otherSum" };
    if (breakdowns.some((each) => isPartTelling(cell, each, needed)))
      return { passes: false, finding: "telling" };
  }
  return { passes: true };
}

/** Whether something about too few, or about nearly everybody, follows from a whole and its shown parts. */
function isPartTelling({ shares, shown }: AuditedCell, breakdown: AuditedBreakdown, needed: number): boolean {
  const { whole, parts } = breakdown;
  const everybody = [...new Set(shares.map(({ who }) => who))];
  const row = new Map(everybody.map((who, index) => [who, index]));
  const amountsOf = (places: readonly number[]): number[] => {
    const amounts = everybody.map(() => 0);
    for (const { who, sums } of shares) for (const at of places) amounts[row.get(who)!]! += sums[at] ?? 0;
    return amounts;
  };
  const all = amountsOf(whole);
  const told = parts.filter((at) => shown[at] !== null);
  if (isUnsafe(all, needed)) return told.length > 0 || (whole.length === 1 && shown[whole[0]!] !== null);
  const isExhausted = whole.length === parts.length && whole.every((at) => parts.includes(at));
  const unknowns = parts.length - told.length + (isExhausted ? 0 : 1);
  for (let some = 0; some < 1 << told.length; some++) {
    const chosen = told.filter((_, index) => (some & (1 << index)) !== 0);
    const sum = amountsOf(chosen);
    const rest = all.map((amount, index) => Math.max(0, amount - sum[index]!));
    if (isUnsafe(sum, needed) || isUnsafe(rest, needed)) return true;
    // One part that is all there is, told or left over as the only one that is not.
    if (chosen.length === 1 && isSomething(sum) && !isSomething(rest)) return true;
    const isLast = chosen.length === told.length && unknowns === 1 && told.length < parts.length;
    if (isLast && isSomething(rest) && !isSomething(sum)) return true;
  }
  return false;
}

function isSomething(amounts: readonly number[]): boolean {
  return amounts.some((amount) => amount > 0);
}

function isUnsafe(amounts: readonly number[], needed: number): boolean {
  let [people, sum, largest, next] = [0, 0, 0, 0];
  for (const amount of amounts) {
    if (amount <= 0) continue;
    people++;
    sum += amount;
    if (amount > largest) [largest, next] = [amount, largest];
    else if (amount > next) next = amount;
  }
  return people > 0 && (people < needed || 2 * largest > sum || 4 * (largest + next) > 3 * sum);
}
