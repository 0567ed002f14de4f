/**
 * Proves that nothing about fewer people than needed follows from what is shown, by addition and subtraction of any
 * shown sums. It shares no code with what decides what is shown.
 *
 * Why it is a proof: let each contributor's share in each column be an unknown. What follows linearly from the shown
 * sums is, for the hidden places, exactly the differences of a potential on a graph whose nodes are the shown row sums
 * and column sums and whose edges are the hidden places; rows and columns whose sum is not shown are grounded. The
 * smallest supports of such differences are the cuts of that graph. A group is exposed when the contributors on the
 * edges of some cut are fewer than needed. Contributors of different rows are different people, so for given sides of
 * the columns each row takes its cheaper side on its own, and all cuts are looked at.
 */
export interface AuditInput {
  /** Each contributor's row, and the measures of each column they have a share in. */
  readonly contributors: readonly AuditContributor[];
  readonly rows: number;
  readonly columns: number;
  readonly needed: number;
  readonly shown: {
    cell(row: number, column: number): boolean;
    rowSum(row: number): boolean;
    columnSum(column: number): boolean;
    readonly total: boolean;
  };
}

export interface AuditContributor {
  readonly row: number;
  readonly shares: ReadonlyMap<number, readonly number[]>;
}

export type AuditResult =
  | { readonly passes: true }
  | { readonly passes: false; readonly finding: "tooWide" | "smallGroup" | "dominated" | "derived" };

const widest = 12;

export function audit(input: AuditInput): AuditResult {
  if (input.columns > widest) return { passes: false, finding: "tooWide" };
  return findBareSum(input) ?? (isCutSmall(input) ? { passes: false, finding: "derived" } : { passes: true });
}

/** Looks at each shown number, and at what is left of each shown sum without its shown parts. */
function findBareSum({ contributors, rows, columns, needed, shown }: AuditInput): AuditResult | undefined {
  const byRow = Array.from({ length: rows }, (_, row) => contributors.filter((each) => each.row === row));
  const all = Array.from({ length: columns }, (_, column) => column);
  const checks: Summand[][] = [];
  const summands = (row: number, wanted: (column: number) => boolean): Summand[] =>
    (byRow[row] ?? []).map((each) =>
      [...each.shares].filter(([column]) => wanted(column)).map(([, value]) => value),
    );
  for (let row = 0; row < rows; row++) {
    for (const column of all)
      if (shown.cell(row, column)) checks.push(summands(row, (other) => other === column));
    if (!shown.rowSum(row)) continue;
    checks.push(summands(row, () => true));
    checks.push(orNothing(summands(row, (column) => !shown.cell(row, column))));
  }
  const everyRow = byRow.map((_, row) => row);
  for (const column of all) {
    if (!shown.columnSum(column)) continue;
    const of = (some: readonly number[]) => some.flatMap((row) => summands(row, (other) => other === column));
    checks.push(of(everyRow));
    checks.push(orNothing(of(everyRow.filter((row) => !shown.cell(row, column)))));
  }
  if (shown.total) {
    checks.push(everyRow.flatMap((row) => summands(row, () => true)));
    const bareRows = everyRow.filter((row) => !shown.rowSum(row));
    checks.push(orNothing(bareRows.flatMap((row) => summands(row, () => true))));
    checks.push(orNothing(everyRow.flatMap((row) => summands(row, (column) => !shown.columnSum(column)))));
  }
  for (const check of checks) {
    if (check.length === 0) continue;
    const people = check.filter((values) => values.length > 0);
    if (people.length < needed) return { passes: false, finding: "smallGroup" };
    if (isLopsided(people)) return { passes: false, finding: "dominated" };
  }
  return undefined;
}

/** What one contributor put into a sum: the measures of each of their columns in it. */
type Summand = (readonly number[])[];

/** A remainder without anybody tells nothing. */
function orNothing(summands: Summand[]): Summand[] {
  return summands.some((values) => values.length > 0) ? summands : [];
}

function isLopsided(people: readonly Summand[]): boolean {
  const measures = people[0]?.[0]?.length ?? 0;
  for (let measure = 0; measure < measures; measure++) {
    const values = people.map((shares) => shares.reduce((sum, share) => sum + (share[measure] ?? 0), 0));
    const sum = values.reduce((a, b) => a + b, 0);
    values.sort((a, b) => b - a);
    const [largest = 0, next = 0] = values;
    if (2 * largest > sum || 4 * (largest + next) > 3 * sum) return true;
  }
  return false;
}

function isCutSmall({ contributors, rows, columns, needed, shown }: AuditInput): boolean {
  const everything = (1 << columns) - 1;
  let free = 0;
  for (let column = 0; column < columns; column++) if (shown.columnSum(column)) free |= 1 << column;
  const crossing = countersOf({ contributors, rows, columns, needed, shown });
  // Side 0 is the ground: of columns without a shown sum, and of rows without one unless the total is shown.
  for (const groundedRowsSide of shown.total ? [0, 1] : [0]) {
    for (let sides = 0; sides <= everything; sides++) {
      if ((sides & ~free) !== 0) continue;
      const isFound = isCheapCut(
        crossing,
        { sides, others: everything & ~sides, groundedRowsSide },
        needed,
        shown,
      );
      if (isFound) return true;
    }
  }
  return false;
}

function isCheapCut(
  crossing: readonly ((columns: number) => number)[],
  { sides, others, groundedRowsSide }: { sides: number; others: number; groundedRowsSide: number },
  needed: number,
  shown: AuditInput["shown"],
): boolean {
  let people = 0;
  let leastMore = Number.POSITIVE_INFINITY;
  for (const [row, count] of crossing.entries()) {
    const zero = count(sides);
    const one = count(others);
    if (!shown.rowSum(row)) {
      people += groundedRowsSide === 0 ? zero : one;
      continue;
    }
    people += Math.min(zero, one);
    const dearer = Math.max(zero, one);
    if (dearer > 0) leastMore = Math.min(leastMore, dearer);
  }
  // Where the cheapest sides cut nothing, the cheapest cut takes one row to its other side.
  return people === 0 ? leastMore < needed : people < needed;
}

/** For each row: how many contributors have a share in a hidden place in any of some columns. */
function countersOf({ contributors, rows, columns, shown }: AuditInput): ((columns: number) => number)[] {
  return Array.from({ length: rows }, (_, row) => {
    const within = new Int32Array(1 << columns);
    let people = 0;
    for (const contributor of contributors) {
      if (contributor.row !== row) continue;
      people++;
      let mask = 0;
      for (const column of contributor.shares.keys()) if (!shown.cell(row, column)) mask |= 1 << column;
      within[mask] = (within[mask] ?? 0) + 1;
    }
    for (let column = 0; column < columns; column++) {
      for (let mask = 0; mask < within.length; mask++) {
        if ((mask & (1 << column)) !== 0)
          within[mask] = (within[mask] ?? 0) + (within[mask ^ (1 << column)] ?? 0);
      }
    }
    return (some) => people - (within[(within.length - 1) & ~some] ?? 0);
  });
}
