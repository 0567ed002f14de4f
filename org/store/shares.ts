import type { Batch, Contribution, NamedSums, StoredEvent, StoredTally, TallyShare } from "./store.ts";

const dayMs = 86_400_000;

/** What newly stored events add to the contributions of their pseudonym, in the order of the keys. */
export function sharesOf(
  { pseudonym, team }: Pick<Batch, "pseudonym" | "team">,
  events: readonly StoredEvent[],
): Contribution[] {
  const shares = new Map<string, Contribution>();
  for (const { originKind, tool, day, edits, insertedChars, keptChars } of events) {
    const key = `${originKind}/${tool ?? ""}`;
    const share = shares.get(key);
    shares.set(key, {
      ...{ pseudonym, team, originKind, tool },
      days: (share?.days ?? 0) | bitOf(day),
      edits: (share?.edits ?? 0) + edits,
      insertedChars: (share?.insertedChars ?? 0) + insertedChars,
      keptChars: (share?.keptChars ?? 0) + keptChars,
    });
  }
  return [...shares.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share);
}

/** What newly stored records of tables add to the shares of their pseudonym. */
export function tallySharesOf(
  { pseudonym, team }: Pick<Batch, "pseudonym" | "team">,
  records: readonly StoredTally[],
): TallyShare[] {
  const shares = new Map<string, TallyShare>();
  for (const { table, keys, sums } of records) {
    const place = `${table} ${JSON.stringify(keys)}`;
    const share = shares.get(place);
    shares.set(place, { pseudonym, team, table, keys, sums: addedSums(share?.sums, sums) });
  }
  return [...shares.values()];
}

/** The names in one order, so that equal sums are equal texts. */
export function addedSums(a: NamedSums = {}, b: NamedSums): NamedSums {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}

/** 1970-01-01 was a Thursday, the fourth day. */
function bitOf(day: string): number {
  return 1 << ((Date.parse(`${day}T00:00:00Z`) / dayMs + 3) % 7);
}
