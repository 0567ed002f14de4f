import type { PostgresMigration } from "../migrate.ts";

/** The same columns as SQLite's. */
export const personSealMigration: PostgresMigration = {
  version: 6,
  name: "personSeal",
  sql: `
    ALTER TABLE device ADD COLUMN person_seal text COLLATE "C";
    ALTER TABLE invitation ADD COLUMN person_seal text COLLATE "C";
    CREATE INDEX device_by_person ON device (person);
  `,
};
