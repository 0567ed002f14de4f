import { StoreOpenError } from "../store.ts";
import { consoleMigration } from "./migrations/0003-console.ts";
import { identityMigration } from "./migrations/0002-identity.ts";
import { ingestMigration } from "./migrations/0001-ingest.ts";
import { personSealMigration } from "./migrations/0006-personSeal.ts";
import { talliesMigration } from "./migrations/0004-tallies.ts";
import { byTeamMigration } from "./migrations/0005-byTeam.ts";
import { inLongTransaction, type PostgresClient, type PostgresPool } from "./open.ts";

export interface PostgresMigration {
  /** 1, 2, 3 … without gaps; the number in the file's name. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Applied in this order and never changed after a release. */
export const postgresMigrations: readonly PostgresMigration[] = [
  ingestMigration,
  identityMigration,
  consoleMigration,
  talliesMigration,
  byTeamMigration,
  personSealMigration,
];

/** Any number will do, as long as all instances of the service take the same. */
const migrationLock = 4390;

/** Brings the tables to the newest version, all in one transaction, and says from where to where. */
export async function migratePostgres(
  pool: PostgresPool,
  steps: readonly PostgresMigration[] = postgresMigrations,
): Promise<{ from: number; to: number }> {
  return await inLongTransaction(pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    const from = await postgresSchemaVersion(client);
    const to = steps.length;
    if (from > to) {
      throw new StoreOpenError(
        `The database was written by a newer kept-org (version ${from} of the tables, this one knows ${to}). ` +
          "It was left as it is. Run the newer kept-org.",
      );
    }
    for (const step of steps.slice(from)) {
      await client.query(step.sql);
      await client.query("CREATE TABLE IF NOT EXISTS kept_org_schema (version integer PRIMARY KEY)");
      await client.query("INSERT INTO kept_org_schema VALUES ($1)", [step.version]);
    }
    return { from, to };
  });
}

export async function postgresSchemaVersion(client: PostgresClient | PostgresPool): Promise<number> {
  const { rows } = await client.query<{ exists: boolean }>(
    "SELECT to_regclass('kept_org_schema') IS NOT NULL AS exists",
  );
  if (rows[0]?.exists !== true) {
    return 0;
  }
  const found = await client.query<{ version: number | null }>(
    "SELECT max(version) AS version FROM kept_org_schema",
  );
  return found.rows[0]?.version ?? 0;
}
