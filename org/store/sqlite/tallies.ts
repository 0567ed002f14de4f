import { addedSums, tallySharesOf } from "../shares.ts";
import type { Batch, NamedSums, TallyShare } from "../store.ts";
import { bytesOf } from "./bytes.ts";
import type { SqliteDatabase } from "./open.ts";

type StoredShare = Omit<TallyShare, "keys" | "sums"> & { readonly keys: string; readonly sums: string };

/** What is counted besides edits: all tables lie in one, and what their records add up to is a text. */
export function prepareTallies(database: SqliteDatabase): {
  /** To be called inside a writing transaction. Says how many records were new. */
  add(batch: Batch, pseudonym: Buffer): number;
  shares(week: string): TallyShare[];
} {
  const insert = database.prepare("INSERT INTO tally_record VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const place = "week = ? AND pseudonym = ? AND name = ? AND keys = ?";
  const find = database
    .prepare<[string, Buffer, string, string], string>(`SELECT sums FROM tally WHERE ${place}`)
    .pluck();
  const set = database.prepare(
    "INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET sums = excluded.sums",
  );
  const select = database.prepare<[string], StoredShare>(
    'SELECT lower(hex(pseudonym)) AS pseudonym, team, name AS "table", keys, sums FROM tally WHERE week = ? ' +
      "ORDER BY tally.pseudonym, name, keys",
  );
  return {
    add(batch, pseudonym) {
      const { week } = batch;
      const added = batch.tallies.filter(({ id }) => insert.run(week, pseudonym, bytesOf(id)).changes === 1);
      for (const { table, keys, team, sums } of tallySharesOf(batch, added)) {
        const keysText = JSON.stringify(keys);
        const known = find.get(week, pseudonym, table, keysText);
        const before = known === undefined ? undefined : (JSON.parse(known) as NamedSums);
        set.run(week, pseudonym, table, keysText, team, JSON.stringify(addedSums(before, sums)));
      }
      return added.length;
    },
    shares: (week) =>
      select.all(week).map(({ keys, sums, ...share }) => ({
        ...share,
        keys: JSON.parse(keys) as string[],
        sums: JSON.parse(sums) as NamedSums,
      })),
  };
}
