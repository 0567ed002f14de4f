import { StoreOpenError } from "../store.ts";
import { inLongTransaction, type PostgresPool } from "./open.ts";

/**
 * By which column a table's rows are spread over a cluster. Whatever one batch writes lies in one place, but for the claim,
 * which is written in a transaction of its own. Everything else is small and stays where the service connects to.
 */
export const distribution: Readonly<Record<string, string>> = {
  person_week: "pseudonym",
  batch: "pseudonym",
  event: "pseudonym",
  contribution: "pseudonym",
  tally_record: "pseudonym",
  tally: "pseudonym",
  claim: "tag",
};

/** Spreads the tables over the cluster; those that are spread already stay as they are. Says which it spread. */
export async function distribute(pool: PostgresPool): Promise<string[]> {
  const { rows: offered } = await pool.query<object>(
    "SELECT 1 FROM pg_available_extensions WHERE name = 'citus'",
  );
  if (offered.length === 0) {
    throw new StoreOpenError(
      "This PostgreSQL has no Citus. Install it on every node, add it to shared_preload_libraries, and try again. " +
        "Nothing was changed; without it kept-org serve works on this one PostgreSQL.",
    );
  }
  return await inLongTransaction(pool, async (client) => {
    await client.query("CREATE EXTENSION IF NOT EXISTS citus");
    const { rows } = await client.query<{ name: string }>(
      "SELECT logicalrelid::regclass::text AS name FROM pg_dist_partition",
    );
    const spread = new Set(rows.map(({ name }) => name));
    const added: string[] = [];
    let together: string | undefined;
    for (const [table, column] of Object.entries(distribution)) {
      if (!spread.has(table)) {
        const beside = column === "pseudonym" ? (together ?? "default") : "none";
        await client.query("SELECT create_distributed_table($1::regclass, $2, colocate_with => $3)", [
          ...[table, column, beside],
        ]);
        added.push(table);
      }
      if (column === "pseudonym") together ??= table;
    }
    return added;
  });
}
