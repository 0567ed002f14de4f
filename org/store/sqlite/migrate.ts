import { StoreOpenError } from "../store.ts";
import { consoleMigration } from "./migrations/0003-console.ts";
import { identityMigration } from "./migrations/0002-identity.ts";
import { ingestMigration } from "./migrations/0001-ingest.ts";
import { personSealMigration } from "./migrations/0006-personSeal.ts";
import { talliesMigration } from "./migrations/0004-tallies.ts";
import { byTeamMigration } from "./migrations/0005-byTeam.ts";
import type { SqliteDatabase } from "./open.ts";

export interface Migration {
  /** 1, 2, 3 … without gaps; the number in the file's name. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Applied in this order and never changed after a release. */
export const migrations: readonly Migration[] = [
  ingestMigration,
  identityMigration,
  consoleMigration,
  talliesMigration,
  byTeamMigration,
  personSealMigration,
];

/** Brings the tables to the newest version, all in one transaction, and says from where to where. */
export function migrateSqlite(
  database: SqliteDatabase,
  steps: readonly Migration[] = migrations,
): { from: number; to: number } {
  const migrate = database.transaction(() => {
    const from = schemaVersion(database);
    const to = steps.length;
    if (from > to) {
      throw new StoreOpenError(
        `${database.name} was written by a newer kept-org (version ${from} of the tables, this one knows ${to}). ` +
          "It was left as it is. Run the newer kept-org.",
      );
    }
    for (const step of steps.slice(from)) {
      database.exec(step.sql);
      database.pragma(`user_version = ${step.version}`);
    }
    return { from, to };
  });
  return migrate.exclusive();
}

export function schemaVersion(database: SqliteDatabase): number {
  return Number(database.pragma("user_version", { simple: true }));
}
