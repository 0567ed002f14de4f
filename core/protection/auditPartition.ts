/**
 * Proves of a table whose cells are shown, and no sum beyond them, that nothing about fewer people than needed follows
 * by addition and subtraction. It shares no code with what decides what is shown.
 *
 * Why it is a proof: let each contributor's share in each place be an unknown. A share is in one cell at most, so a
 * combination of cells with factors that are not all 0 has every unknown of some cell in it, and that cell is about
 * enough people.
 */
export interface AuditedCell {
  /** The contributor and the place of each share in it, and what the share is in each sum. */
  readonly shares: readonly {
    readonly who: number;
    readonly place: string;
    readonly sums: readonly number[];
  }[];
  /** What is shown, in the same order of sums. */
  readonly shown: readonly number[];
}

export interface AuditPartitionInput {
  readonly cells: readonly AuditedCell[];
  readonly needed: number;
  /** Lists of places among the sums: of each list, added up, no one and no two may have most. */
  readonly sizes: readonly (readonly number[])[];
  /** Places among the sums: enough people must have some of each. */
  readonly eachOfEnough: readonly number[];
}

export type AuditPartitionResult =
  | { readonly passes: true }
  | {
      readonly passes: false;
      readonly finding: "overlap" | "smallGroup" | "dominated" | "otherSum";
    };

export function auditPartition({
  cells,
  needed,
  sizes,
  eachOfEnough,
}: AuditPartitionInput): AuditPartitionResult {
  const seen = new Set<string>();
  for (const { shares, shown } of cells) {
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
      (number, at) => number !== shares.reduce((sum, { sums }) => sum + (sums[at] ?? 0), 0),
    );
    if (isOther) return { passes: false, finding: "otherSum" };
  }
  return { passes: true };
}
