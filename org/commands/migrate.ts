import { openStore } from "../store/open.ts";
import { distribute } from "../store/postgres/distribute.ts";
import { openPostgres } from "../store/postgres/open.ts";
import type { Command } from "./command.ts";
import { entryOf } from "./entry.ts";

export const migrateCommand: Command = {
  about: "Brings the tables to this version and ends. --distributed spreads them over a Citus cluster.",
  options: { distributed: { type: "boolean" } },
  async run(settings, { host, print, complain }, asked) {
    const isDistributed = asked.has("distributed");
    if (isDistributed && settings.databaseUrl === undefined) {
      complain("--distributed is for PostgreSQL with Citus. Set KEPT_ORG_DATABASE_URL.");
      return 2;
    }
    const { store, migrated } = await openStore(settings);
    try {
      const entry = entryOf("kept-org migrate", "tablesMigrated", host);
      if (migrated.from !== migrated.to) await store.note(entry(`${migrated.from} to ${migrated.to}`));
    } finally {
      await store.close();
    }
    print(
      migrated.from === migrated.to
        ? `${store.engine}: the tables already have version ${migrated.to}.`
        : `${store.engine}: the tables went from version ${migrated.from} to version ${migrated.to}.`,
    );
    if (isDistributed && settings.databaseUrl !== undefined) {
      const { pool } = await openPostgres(settings.databaseUrl);
      try {
        const spread = await distribute(pool);
        print(spread.length === 0 ? "All tables were spread already." : `Spread: ${spread.join(", ")}.`);
      } finally {
        await pool.end();
      }
    }
    return 0;
  },
};
