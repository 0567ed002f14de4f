import type { PostgresMigration } from "../migrate.ts";

/** The same tables as SQLite's. */
export const talliesMigration: PostgresMigration = {
  version: 4,
  name: "tallies",
  sql: `
    CREATE TABLE tally_record (
      week text COLLATE "C" NOT NULL,
      pseudonym uuid NOT NULL,
      record_id uuid NOT NULL,
      PRIMARY KEY (week, pseudonym, record_id)
    );

    CREATE TABLE tally (
      week text COLLATE "C" NOT NULL,
      pseudonym uuid NOT NULL,
      name text COLLATE "C" NOT NULL,
      keys text COLLATE "C" NOT NULL,
      team text COLLATE "C" NOT NULL,
      sums text NOT NULL,
      PRIMARY KEY (week, pseudonym, name, keys)
    );

    ALTER TABLE publication ADD COLUMN tallies text NOT NULL DEFAULT '[]';
  `,
};
