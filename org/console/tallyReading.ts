import type { Cluster } from "../../core/statistics/clusterBootstrap.ts";
import { hiddenSentences, type HiddenReason } from "../../protocol/protection.ts";
import type { PublishedTally, PublishedName } from "../../protocol/tallies.ts";
import { count } from "./charts.ts";
import { shareOfClusters, type MeasuredShare } from "./measured.ts";

/** One cell of one week, by the names of the declaration. */
export interface TallyRow {
  readonly week: string;
  readonly keys: Readonly<Record<string, string>>;
  /** What is withheld is not in it. */
  readonly sums: Readonly<Record<string, number>>;
}

/** What some weeks show of one table. Cells overlap nowhere, so that rows can be added up. */
export interface TallyReading {
  readonly rows: readonly TallyRow[];
  /** Weeks in which there is a cell. */
  readonly weeks: number;
  /** Why there is more than the rows say. */
  readonly hidden: readonly HiddenReason[];
}

/** Of everybody, or of one team alone: what several teams are told together belongs to none of them. */
export function readTally(
  published: readonly PublishedTally[],
  name: PublishedName,
  team: string | null,
): TallyReading {
  const tables = published.filter(({ table }) => table === name);
  const rows = tables.flatMap((table) => {
    const own = rowsOf(table);
    return team === null ? own : own.filter((row) => row.team === team);
  });
  return {
    rows,
    weeks: new Set(rows.map(({ week }) => week)).size,
    hidden: [...new Set(tables.flatMap(({ hidden }) => hidden))].sort(),
  };
}

interface TeamRow extends TallyRow {
  readonly team: string | null;
}

/** Named once for each table that is held: thirteen months have some hundred thousand cells. */
const namedRows = new WeakMap<PublishedTally, readonly TeamRow[]>();

function rowsOf(table: PublishedTally): readonly TeamRow[] {
  const before = namedRows.get(table);
  if (before !== undefined) return before;
  const { week, keys, sums, cells } = table;
  const rows = cells.map((cell) => ({
    ...{ week, team: cell.team },
    ...{ keys: named(keys, cell.keys), sums: named(sums, cell.sums) },
  }));
  namedRows.set(table, rows);
  return rows;
}

export function hiddenWords({ hidden }: Pick<TallyReading, "hidden">): readonly string[] {
  return hidden.map((why) => hiddenSentences[why]);
}

export function total(rows: readonly TallyRow[], ...names: readonly string[]): number {
  return rows.reduce((all, { sums }) => all + names.reduce((sum, name) => sum + (sums[name] ?? 0), 0), 0);
}

/** The rows in which none of these is withheld: a share is of those alone. */
export function telling(rows: readonly TallyRow[], ...names: readonly string[]): readonly TallyRow[] {
  return rows.filter(({ sums }) => names.every((name) => sums[name] !== undefined));
}

/** Sums in words: that they are hidden where no row tells them, and that there is more where some do not. */
export function totalWords(rows: readonly TallyRow[], ...names: readonly string[]): string {
  const told = telling(rows, ...names);
  if (told.length === 0 && rows.length > 0) return "hidden";
  return `${told.length < rows.length ? "at least " : ""}${count(total(told, ...names))}`;
}

/** The rows by what they have of one key, those with most first. */
export function byKey(
  rows: readonly TallyRow[],
  key: string,
  ...sizes: readonly string[]
): { readonly value: string; readonly rows: readonly TallyRow[] }[] {
  return [...grouped(rows, (row) => row.keys[key] ?? "")]
    .map(([value, own]) => ({ value, rows: own, size: total(own, ...sizes) }))
    .sort((a, b) => b.size - a.size || (a.value < b.value ? -1 : 1));
}

/** The rows of each week, the newest first. */
export function byWeek(
  rows: readonly TallyRow[],
): { readonly week: string; readonly rows: readonly TallyRow[] }[] {
  return [...grouped(rows, ({ week }) => week)]
    .map(([week, own]) => ({ week, rows: own }))
    .sort((a, b) => (a.week < b.week ? 1 : -1));
}

/** Grown in place: thirteen months have some hundred thousand rows. */
function grouped(rows: readonly TallyRow[], nameOf: (row: TallyRow) => string): Map<string, TallyRow[]> {
  const groups = new Map<string, TallyRow[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

/** A share of sums, with weeks drawn together. */
export function shareOf(
  rows: readonly TallyRow[],
  part: readonly string[],
  whole: readonly string[],
): MeasuredShare {
  const clusters = byWeek(telling(rows, ...part, ...whole)).flatMap(({ rows: own }): Cluster[] => {
    const all = total(own, ...whole);
    return all === 0 ? [] : [{ part: total(own, ...part), whole: all }];
  });
  return shareOfClusters(
    clusters,
    clusters.reduce((sum, cluster) => sum + cluster.whole, 0),
    [],
  );
}

function named<Value>(names: readonly string[], values: readonly (Value | null)[]): Record<string, Value> {
  return Object.fromEntries(
    names.flatMap((name, index): [string, Value][] => {
      const value = values[index] ?? null;
      return value === null ? [] : [[name, value]];
    }),
  );
}
