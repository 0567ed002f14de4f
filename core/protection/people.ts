import type { Groups } from "./suppress.ts";

/**
 * How many people each place is about, or null where the number would tell something of each of them: nearly all of the
 * row are in it, or the few who are not could be counted off. A column's sum is then masked with it.
 */
export function maskedPeople(groups: Groups, needed: number): (number | null)[][] {
  const lastRow = groups.length - 1;
  const lastColumn = (groups[0]?.length ?? 1) - 1;
  const people = groups.map((row) =>
    row.map(({ size }, column) => {
      const all = row[lastColumn]?.size ?? 0;
      return column !== lastColumn && isTelling(size, all, needed) ? null : size;
    }),
  );
  return people.map((row, index) =>
    index === lastRow
      ? row.map((size, column) => (people.some((each) => each[column] === null) ? null : size))
      : row,
  );
}

function isTelling(size: number, all: number, needed: number): boolean {
  const others = all - size;
  return size >= 0.9 * all || (others > 0 && others < needed);
}
