import type { HiddenReason } from "../../protocol/protection.ts";
import { joinGroups, sumOf, whyUnsafe, type Group } from "./group.ts";

/**
 * A table of sums: the last row holds the sums of the columns, the last column those of the rows. Every place has the
 * group that its number is about.
 */
export type Groups = readonly (readonly Group[])[];

/** By row and column as in the groups: why a number is hidden, or undefined where it is shown. */
export type Pattern = (HiddenReason | undefined)[][];

export interface SuppressOptions {
  readonly needed: number;
  /** Rows that must not be shown, for a reason of their own. */
  readonly changedRows: ReadonlySet<number>;
  /** Whether the sums over all rows must not be shown. */
  readonly isTotalChanged: boolean;
  /** Whether the sums of single columns are shown at all. */
  readonly hasColumnSums: boolean;
}

/**
 * Hides what says too much by itself, and then, for each sum that is shown, so much more that what is left after
 * subtracting its shown parts may be known.
 */
export function suppress(groups: Groups, options: SuppressOptions): Pattern {
  const lastRow = groups.length - 1;
  const lastColumn = (groups[0]?.length ?? 1) - 1;
  const pattern: Pattern = groups.map((row) => row.map((group) => whyUnsafe(group, options.needed)));

  const hide = (row: number, column: number, why: HiddenReason) => {
    if (at(pattern, row, column) !== undefined) return;
    (pattern[row] as Pattern[number])[column] = why;
  };
  const hideRow = (row: number, why: HiddenReason) => {
    for (let column = 0; column <= lastColumn; column++) hide(row, column, why);
  };
  const hideColumn = (column: number, why: HiddenReason) => {
    for (let row = 0; row <= lastRow; row++) hide(row, column, why);
  };

  for (let row = 0; row < lastRow; row++) {
    if (options.changedRows.has(row)) pattern[row] = pattern[row]?.map(() => "changed") ?? [];
    else if (at(pattern, row, lastColumn) !== undefined) hideRow(row, "complement");
  }
  if (options.isTotalChanged) pattern[lastRow] = pattern[lastRow]?.map(() => "changed") ?? [];
  else if (!options.hasColumnSums) {
    for (let column = 0; column < lastColumn; column++) hide(lastRow, column, "notProven");
  } else {
    for (let column = 0; column < lastColumn; column++) {
      if (at(pattern, lastRow, column) !== undefined) hideColumn(column, "complement");
    }
  }

  // A number that is all of its row tells of each in the row: what has nothing else is not said, nor worked out.
  const secret = new Set<string>();
  for (let row = 0; row <= lastRow; row++) {
    for (let column = 0; column < lastColumn; column++) {
      if (!isAllOf(at(groups, row, column), at(groups, row, lastColumn))) continue;
      if (at(pattern, row, column) !== undefined) continue;
      for (let other = 0; other < lastColumn; other++)
        (pattern[row] as Pattern[number])[other] = "complement";
      secret.add(`${row} ${column}`);
    }
  }

  const isColumnSumUsed = options.hasColumnSums && !options.isTotalChanged;
  const lines = linesOf(lastRow, lastColumn, isColumnSumUsed);
  for (let isStable = false; !isStable;) {
    isStable = true;
    for (const { sum, parts } of lines) {
      if (at(pattern, ...sum) !== undefined) continue;
      const hidden = parts.filter((part) => at(pattern, ...part) !== undefined);
      const rest = joinGroups(hidden.map((part) => at(groups, ...part) as Group));
      const left = hidden.filter((part) => at(groups, ...part)!.size > 0);
      const isSecretLeft = sum[1] !== lastColumn && left.length === 1 && secret.has(left[0]!.join(" "));
      if (rest.size === 0) continue;
      if (!isSecretLeft && whyUnsafe(rest, options.needed) === undefined) continue;
      const next =
        smallest(
          groups,
          parts.filter((part) => at(pattern, ...part) === undefined),
        ) ?? (isSecretLeft ? sum : undefined);
      if (next === undefined) continue;
      const [row, column] = next;
      if (column === lastColumn) hideRow(row, "complement");
      else if (row === lastRow) hideColumn(column, "complement");
      else hide(row, column, "complement");
      isStable = false;
    }
  }
  return pattern;
}

function isAllOf(part: Group | undefined, whole: Group | undefined): boolean {
  if (part === undefined || whole === undefined || part.size === 0) return false;
  const [some, all] = [sumOf(part), sumOf(whole)];
  return some.edits === all.edits || some.insertedChars === all.insertedChars;
}

type Place = readonly [row: number, column: number];

interface Line {
  readonly sum: Place;
  readonly parts: readonly Place[];
}

function linesOf(lastRow: number, lastColumn: number, hasColumnSums: boolean): Line[] {
  const rows = Array.from({ length: lastRow }, (_, row) => row);
  const columns = Array.from({ length: lastColumn }, (_, column) => column);
  const lines: Line[] = [
    ...rows.map((row) => ({
      sum: [row, lastColumn] as const,
      parts: columns.map((column) => [row, column] as const),
    })),
    { sum: [lastRow, lastColumn], parts: rows.map((row) => [row, lastColumn] as const) },
  ];
  if (!hasColumnSums) return lines;
  return [
    ...lines,
    ...columns.map((column) => ({
      sum: [lastRow, column] as const,
      parts: rows.map((row) => [row, column] as const),
    })),
    { sum: [lastRow, lastColumn], parts: columns.map((column) => [lastRow, column] as const) },
  ];
}

function smallest(groups: Groups, places: readonly Place[]): Place | undefined {
  let best: Place | undefined;
  for (const place of places) {
    const size = at(groups, ...place)?.size ?? 0;
    if (size > 0 && (best === undefined || size < (at(groups, ...best)?.size ?? 0))) best = place;
  }
  return best;
}

function at<Value>(table: readonly (readonly Value[])[], row: number, column: number): Value | undefined {
  return table[row]?.[column];
}
