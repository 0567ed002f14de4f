import type { Connection } from "./open.ts";

export type Row = Readonly<Record<string, unknown>>;

/** Rows read at once. A damaged page holds about as many, so that little that is sound is given up with it. */
const rowsAtOnce = 50;

/** Row numbers that are tried on either side of a gap in which nothing can be read. */
const triedInGap = 100_000;

/**
 * Reads what can be read of a table of a damaged database: forwards until the first damage, backwards until the last,
 * and what lies between in ranges. Says whether that was all of it.
 */
export function scanRows(
  source: Connection,
  { table, columns }: { readonly table: string; readonly columns: readonly string[] },
  take: (rows: readonly Row[]) => void,
): boolean {
  const read = prepareScan(source, table, columns);
  if (!read) return false;
  let low = 0;
  for (;;) {
    const rows = read.after(low);
    if (rows?.length === 0) return true;
    if (!rows || !areWithin(rows, low, Infinity)) break;
    take(rows);
    low = numberOf(rows.at(-1)!);
  }
  let high: number | undefined;
  for (;;) {
    const rows = read.between(low, high ?? Number.MAX_SAFE_INTEGER, "backwards");
    if (!rows || rows.length === 0 || !areWithin(rows, low, high ?? Infinity)) break;
    take(rows);
    high = numberOf(rows.at(-1)!);
  }
  scanDamage(read, low, high, take);
  return false;
}

interface Scan {
  after(low: number): readonly Row[] | undefined;
  between(low: number, high: number, order: "backwards" | "all"): readonly Row[] | undefined;
}

/** Reads the rows between two numbers where some page in between is damaged. Without an end, the last row is not known. */
function scanDamage(
  read: Scan,
  from: number,
  to: number | undefined,
  take: (rows: readonly Row[]) => void,
): void {
  let low = from;
  let lastFound = from;
  const end = to ?? Infinity;
  while (low + 1 < end) {
    if (low > lastFound + triedInGap) {
      if (to === undefined) return;
      low = Math.max(low, to - triedInGap);
    }
    const high = Math.min(low + rowsAtOnce + 1, end);
    for (const rows of readRange(read, low, high)) {
      take(rows);
      if (rows.length > 0) lastFound = numberOf(rows.at(-1)!);
    }
    low = high - 1;
  }
}

/** A range that cannot be read at once is read row by row, unless both of its ends are damaged too. */
function readRange(read: Scan, low: number, high: number): (readonly Row[])[] {
  const all = (after: number, before: number) => {
    const rows = read.between(after, before, "all");
    return rows && areWithin(rows, after, before) ? rows : undefined;
  };
  const rows = all(low, high);
  if (rows) return [rows];
  const single = (number: number) => all(number - 1, number + 1);
  if (!single(low + 1) && !single(high - 1)) return [];
  const found: (readonly Row[])[] = [];
  for (let number = low + 1; number < high; number++) {
    const row = single(number);
    if (row) found.push(row);
  }
  return found;
}

/** Nothing when even the table's definition cannot be read. */
function prepareScan(source: Connection, table: string, columns: readonly string[]): Scan | undefined {
  const select = `SELECT rowid AS "#", ${columns.join(", ")} FROM ${table} NOT INDEXED WHERE rowid > ?`;
  return attempt(() => {
    const forwards = source.prepare<[number], Row>(`${select} ORDER BY rowid LIMIT ${rowsAtOnce}`);
    const backwards = source.prepare<[number, number], Row>(
      `${select} AND rowid < ? ORDER BY rowid DESC LIMIT ${rowsAtOnce}`,
    );
    // A page that leads back to itself has no end: one more than there can be shows that it is damaged.
    const all = source.prepare<[number, number], Row>(`${select} AND rowid < ? LIMIT ${rowsAtOnce + 1}`);
    return {
      after: (low) => attempt(() => forwards.all(low)),
      between: (low, high, order) => attempt(() => (order === "all" ? all : backwards).all(low, high)),
    };
  });
}

/**
 * Pages that lead to the wrong place give rows that were not asked for, again and again: SQLite looks for where a range
 * begins and does not look at each row's number after that.
 */
function areWithin(rows: readonly Row[], low: number, high: number): boolean {
  const numbers = new Set(rows.map(numberOf));
  return numbers.size === rows.length && rows.every((row) => numberOf(row) > low && numberOf(row) < high);
}

/** Whatever goes wrong in a damaged file means that something cannot be read. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function numberOf(row: Row): number {
  return row["#"] as number;
}
