import type {
  HiddenReason,
  ProtectedCell,
  ProtectedLine,
  PublishedTable,
} from "../../protocol/protection.ts";
import { originKindSchema } from "../../protocol/origin.ts";

/** How many complete weeks a page can look back on. */
export const periods = [4, 13, 52] as const;
export type Period = (typeof periods)[number];

/** What one week shows of the organisation or of one team. */
export interface WeekLine {
  readonly week: string;
  readonly columns: readonly string[];
  readonly line: ProtectedLine;
}

/** What somebody looks at: some weeks, newest first, of everybody or of one team. */
export interface View {
  readonly period: Period;
  /** Null for the whole organisation. */
  readonly team: string | null;
  readonly weeks: readonly WeekLine[];
  /** The weeks before, as many again, for trends. */
  readonly before: readonly WeekLine[];
  readonly tables: readonly PublishedTable[];
}

export function viewOf(published: readonly PublishedTable[], period: Period, team: string | null): View {
  const lines = published.flatMap((table): WeekLine[] => {
    const line = team === null ? table.total : table.teams.find((each) => each.team === team)?.line;
    return line === undefined ? [] : [{ week: table.week, columns: table.columns, line }];
  });
  return {
    ...{ period, team },
    weeks: lines.slice(0, period),
    before: lines.slice(period, 2 * period),
    tables: published.slice(0, period),
  };
}

const kinds: readonly string[] = originKindSchema.options;

/** A column is a tool's unless it bears the name of an origin. */
export function isTool(column: string): boolean {
  return !kinds.includes(column);
}

export interface Amounts {
  readonly edits: number;
  readonly inserted: number;
  readonly kept: number;
}

/** What the shown cells of some columns hold together, and why each other is hidden; undefined where none is shown. */
export function sumOf(
  { columns, line }: WeekLine,
  isWanted: (column: string) => boolean,
): { readonly amounts: Amounts | undefined; readonly hidden: readonly HiddenReason[] } {
  let amounts: Amounts | undefined;
  const hidden: HiddenReason[] = [];
  for (const [index, column] of columns.entries()) {
    if (!isWanted(column)) continue;
    const cell = line.cells[index];
    if (cell?.state !== "shown") {
      if (cell !== undefined) hidden.push(cell.why);
      continue;
    }
    amounts = {
      edits: (amounts?.edits ?? 0) + cell.edits,
      inserted: (amounts?.inserted ?? 0) + cell.insertedChars,
      kept: (amounts?.kept ?? 0) + cell.keptChars,
    };
  }
  return { amounts, hidden };
}

export function cellOf({ columns, line }: WeekLine, column: string): ProtectedCell | undefined {
  return line.cells[columns.indexOf(column)];
}

/** The tools that any week shows or hides, those most written with first. */
export function toolsIn(weeks: readonly WeekLine[]): string[] {
  const edits = new Map<string, number>();
  for (const week of weeks) {
    for (const column of week.columns.filter(isTool)) {
      const cell = cellOf(week, column);
      edits.set(column, (edits.get(column) ?? 0) + (cell?.state === "shown" ? cell.edits : 0));
    }
  }
  return [...edits].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1)).map(([tool]) => tool);
}

/** The share of edits whose origin is known; null where what is unknown is hidden. */
export function coverageOf(weeks: readonly WeekLine[]): number | null {
  let known = 0;
  let all = 0;
  for (const week of weeks) {
    const { all: sum } = week.line;
    const unknown = cellOf(week, "unknown") ?? { state: "shown", edits: 0 };
    if (sum.state !== "shown" || unknown.state !== "shown") continue;
    all += sum.edits;
    known += sum.edits - unknown.edits;
  }
  return all === 0 ? null : known / all;
}

/** The share of all cells that are hidden, teams and sums included. */
export function suppressedShare(tables: readonly PublishedTable[]): number | null {
  const cells = tables.flatMap(({ total, teams }) =>
    [total, ...teams.map(({ line }) => line)].flatMap(({ all, cells: own }) => [all, ...own]),
  );
  return cells.length === 0 ? null : cells.filter(({ state }) => state === "hidden").length / cells.length;
}
