import { existsSync } from "node:fs";
import path from "node:path";
import type { Settings } from "../env.ts";
import { migratePostgres } from "./postgres/migrate.ts";
import { openPostgres } from "./postgres/open.ts";
import { createPostgresStore } from "./postgres/postgresStore.ts";
import { migrateSqlite } from "./sqlite/migrate.ts";
import { openSqlite, openSqliteReadOnly } from "./sqlite/open.ts";
import { createSqliteStore } from "./sqlite/sqliteStore.ts";
import { StoreOpenError, type Store } from "./store.ts";

export interface OpenedStore {
  readonly store: Store;
  /** Versions of the tables before and after opening. */
  readonly migrated: { readonly from: number; readonly to: number };
}

/** Opens the store the settings name and brings its tables up to date. */
export async function openStore(settings: Settings): Promise<OpenedStore> {
  if (settings.databaseUrl !== undefined) {
    const opened = await openPostgres(settings.databaseUrl);
    try {
      const migrated = await migratePostgres(opened.pool);
      return { store: createPostgresStore(opened), migrated };
    } catch (error) {
      await opened.pool.end();
      throw error;
    }
  }
  return openSqliteStore(settings);
}

/** The store in the data folder, whatever else the settings name. */
export function openSqliteStore({
  dataFolder,
  nativeBinding,
}: Pick<Settings, "dataFolder" | "nativeBinding">): OpenedStore {
  const place = { file: sqliteFile(dataFolder), nativeBinding };
  const why = whyMovedAway(dataFolder);
  if (why !== undefined) throw new StoreOpenError(why);
  const database = openSqlite(place);
  try {
    const migrated = migrateSqlite(database);
    return { store: createSqliteStore(database, () => openSqliteReadOnly(place)), migrated };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Where a store was moved away, an empty one in its place would let nobody in. */
export function whyMovedAway(dataFolder: string): string | undefined {
  const file = sqliteFile(dataFolder);
  if (existsSync(file) || !existsSync(movedFile(dataFolder))) return undefined;
  return (
    `What was in ${file} was moved to PostgreSQL: set KEPT_ORG_DATABASE_URL. To begin anew here, put ` +
    `${path.basename(movedFile(dataFolder))} elsewhere.`
  );
}

/** What SQLite's file is called once it was moved. */
export function movedFile(dataFolder: string): string {
  return `${sqliteFile(dataFolder)}.moved`;
}

export function sqliteFile(dataFolder: string): string {
  return path.join(dataFolder, "org.sqlite");
}
