import { addedSums, tallySharesOf } from "../shares.ts";
import type { Batch, NamedSums, TallyShare } from "../store.ts";
import type { PostgresClient, PostgresPool } from "./open.ts";

/** Whoever calls holds the pseudonym's week, so what is read here cannot change. Says how many records were new. */
export async function addTallies(client: PostgresClient, batch: Batch): Promise<number> {
  const { week, pseudonym, tallies } = batch;
  if (tallies.length === 0) return 0;
  const { rows } = await client.query<{ id: string }>(
    "INSERT INTO tally_record SELECT $1, $2, * FROM unnest($3::uuid[]) ON CONFLICT DO NOTHING " +
      "RETURNING record_id::text AS id",
    [week, pseudonym, tallies.map(({ id }) => id)],
  );
  const stored = new Set(rows.map(({ id }) => id));
  // Of an id that came twice in one batch the first was stored.
  const added = tallies.filter(({ id }) => stored.delete(id));
  const shares = tallySharesOf(batch, added);
  if (shares.length === 0) return 0;
  const { rows: known } = await client.query<{ name: string; keys: string; sums: string }>(
    "SELECT name, keys, sums FROM tally WHERE week = $1 AND pseudonym = $2",
    [week, pseudonym],
  );
  const before = new Map(
    known.map(({ name, keys, sums }) => [`${name} ${keys}`, JSON.parse(sums) as NamedSums]),
  );
  const texts = shares.map(({ table, keys, team, sums }) => {
    const keysText = JSON.stringify(keys);
    const now = addedSums(before.get(`${table} ${keysText}`), sums);
    return { table, keys: keysText, team, sums: JSON.stringify(now) };
  });
  await client.query(
    "INSERT INTO tally SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) " +
      "ON CONFLICT (week, pseudonym, name, keys) DO UPDATE SET sums = excluded.sums",
    [
      ...[week, pseudonym],
      ...(["table", "keys", "team", "sums"] as const).map((name) => texts.map((text) => text[name])),
    ],
  );
  return added.length;
}

export async function readTallyShares(pool: PostgresPool, week: string): Promise<TallyShare[]> {
  const { rows } = await pool.query<
    Omit<TallyShare, "keys" | "sums"> & { readonly keys: string; readonly sums: string }
  >(
    "SELECT replace(pseudonym::text, '-', '') AS pseudonym, team, name AS \"table\", keys, sums FROM tally " +
      "WHERE week = $1 ORDER BY tally.pseudonym, name, keys",
    [week],
  );
  return rows.map(({ keys, sums, ...share }) => ({
    ...share,
    keys: JSON.parse(keys) as string[],
    sums: JSON.parse(sums) as NamedSums,
  }));
}
