import type { Migration } from "../migrate.ts";

/** What the devices of one person have in common, sealed with what each of them shows. */
export const personSealMigration: Migration = {
  version: 6,
  name: "personSeal",
  sql: `
    ALTER TABLE device ADD COLUMN person_seal TEXT;
    ALTER TABLE invitation ADD COLUMN person_seal TEXT;
    CREATE INDEX device_by_person ON device (person);
  `,
};
