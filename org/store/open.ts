import path from "node:path";
import type { Settings } from "../env.ts";
import { migratePostgres } from "./postgres/migrate.ts";
import { openPostgres } from "./postgres/open.ts";
import { createPostgresStore } from "./postgres/postgresStore.ts";
import { migrateSqlite } from "./sqlite/migrate.ts";
import { openSqlite, openSqliteReadOnly } from "./sqlite/open.ts";
import { createSqliteStore } from "./sqlite/sqliteStore.ts";
import type { Store } from "./store.ts";

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
  const database = openSqlite(place);
  try {
    const migrated = migrateSqlite(database);
    return { store: createSqliteStore(database, () => openSqliteReadOnly(place)), migrated };
  } catch (error) {
    database.close();
    throw error;
  }
}

export function sqliteFile(dataFolder: string): string {
  return path.join(dataFolder, "org.sqlite");
}
