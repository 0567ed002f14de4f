export interface Amounts {
  readonly edits: number;
  readonly insertedChars: number;
  readonly keptChars: number;
}

/** One pseudonym of one week. */
export interface Contributor {
  readonly team: string;
  /** Days of the week with at least one edit. */
  readonly activeDays: number;
  readonly amounts: ReadonlyMap<string, Amounts>;
}

/** Whoever was there on fewer days counts for nothing and adds nothing: invented devices must work for their place. */
export const fewestActiveDays = 3;

/** More are joined into one: the proof below costs twice as much with each. */
export const mostColumns = 10;

const joinedColumn = "other";

export function eligible(contributors: readonly Contributor[]): Contributor[] {
  return contributors.filter(({ activeDays }) => activeDays >= fewestActiveDays);
}

/**
 * Teams with more contributors than people who belong to them: somebody is there more than once, and nobody can say who, so
 * they are in no number.
 */
export function crowdedTeams(
  contributors: readonly Contributor[],
  roster: ReadonlyMap<string, ReadonlySet<string>>,
): Set<string> {
  const counts = new Map<string, number>();
  for (const { team } of contributors) counts.set(team, (counts.get(team) ?? 0) + 1);
  return new Set(
    [...counts].filter(([team, count]) => count > (roster.get(team)?.size ?? 0)).map(([team]) => team),
  );
}

/** The columns with the most people, in the order of their names, and the others under one name. */
export function withFewColumns(contributors: readonly Contributor[]): {
  columns: string[];
  contributors: Contributor[];
} {
  const people = new Map<string, number>();
  for (const { amounts } of contributors) {
    for (const column of amounts.keys()) people.set(column, (people.get(column) ?? 0) + 1);
  }
  const names = [...people.keys()].sort();
  if (names.length <= mostColumns) return { columns: names, contributors: [...contributors] };
  const own = names
    .filter((name) => name !== joinedColumn)
    .sort((a, b) => (people.get(b) ?? 0) - (people.get(a) ?? 0) || (a < b ? -1 : 1))
    .slice(0, mostColumns - 1);
  const kept = new Set(own);
  return {
    columns: [...own, joinedColumn].sort(),
    contributors: contributors.map((contributor) => ({
      ...contributor,
      amounts: joined(contributor.amounts, kept),
    })),
  };
}

export function added(a: Amounts | undefined, b: Amounts): Amounts {
  if (a === undefined) return b;
  return {
    edits: a.edits + b.edits,
    insertedChars: a.insertedChars + b.insertedChars,
    keptChars: a.keptChars + b.keptChars,
  };
}

function joined(amounts: ReadonlyMap<string, Amounts>, kept: ReadonlySet<string>): Map<string, Amounts> {
  const result = new Map<string, Amounts>();
  for (const [column, amount] of amounts) {
    const name = kept.has(column) ? column : joinedColumn;
    result.set(name, added(result.get(name), amount));
  }
  return result;
}
