import type { Amounts, Contributor } from "./contributors.ts";
import type { Share } from "./partition.ts";

/** Whoever has more than so large a part of those who have anything has no more than they do. */
const countedWhole = 0.95;

/**
 * Nobody counts for more, in any column, than all but the largest twentieth of those in it, and never as the largest of
 * several: one machine that sends impossible numbers changes a sum as much as one that sends large ones, and hides nothing.
 */
export function clipContributors(contributors: readonly Contributor[]): Contributor[] {
  const byColumn = new Map<string, Amounts[]>();
  for (const { amounts } of contributors) {
    for (const [column, amount] of amounts) byColumn.set(column, [...(byColumn.get(column) ?? []), amount]);
  }
  const most = new Map(
    [...byColumn].map(([column, all]) => [
      column,
      {
        edits: mostOf(all.map(({ edits }) => edits)),
        insertedChars: mostOf(all.map(({ insertedChars }) => insertedChars)),
        keptChars: mostOf(all.map(({ keptChars }) => keptChars)),
      },
    ]),
  );
  return contributors.map((contributor) => ({
    ...contributor,
    amounts: new Map(
      [...contributor.amounts].map(([column, amount]) => [column, clipAmounts(amount, most.get(column)!)]),
    ),
  }));
}

/** The same for what is counted in a table: of each of its sizes, a person's shares together. */
export function clipShares(shares: readonly Share[], sizes: readonly (readonly string[])[]): Share[] {
  const parts = sizes.map((names) => {
    const own = new Map<number, number>();
    for (const { who, sums } of shares) {
      const size = names.reduce((sum, name) => sum + (sums[name] ?? 0), 0);
      own.set(who, (own.get(who) ?? 0) + size);
    }
    const most = mostOf([...own.values()]);
    return { names, partOf: (who: number) => partWithin(own.get(who) ?? 0, most) };
  });
  return shares.map((share) => {
    // What is no size itself tells what became of the first.
    const partOf = (name: string) =>
      (parts.find(({ names }) => names.includes(name)) ?? parts[0])?.partOf(share.who) ?? 1;
    const clipped = Object.entries(share.sums).map(([name, sum]) => [name, Math.floor(sum * partOf(name))]);
    return { ...share, sums: Object.fromEntries(clipped) as Share["sums"] };
  });
}

function clipAmounts({ edits, insertedChars, keptChars }: Amounts, most: Amounts): Amounts {
  // What was kept of the text stays the same part of it.
  const kept = Math.floor(keptChars * partWithin(insertedChars, most.insertedChars));
  return {
    edits: Math.min(edits, most.edits),
    insertedChars: Math.min(insertedChars, most.insertedChars),
    keptChars: Math.min(kept, most.keptChars),
  };
}

function partWithin(size: number, most: number): number {
  return size <= most ? 1 : most / size;
}

/** Of those who have anything; 0 where nobody has. */
function mostOf(sizes: readonly number[]): number {
  const sorted = sizes.filter((size) => size > 0).sort((a, b) => a - b);
  return sorted[Math.floor(countedWhole * (sorted.length - 1))] ?? 0;
}
