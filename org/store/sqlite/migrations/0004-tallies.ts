import type { Migration } from "../migrate.ts";

/**
 * What is counted besides edits, all tables in one: another table is a declaration and no migration. Of single records
 * only their ids are kept, so that each counts once.
 */
export const talliesMigration: Migration = {
  version: 4,
  name: "tallies",
  sql: `
    CREATE TABLE tally_record (
      week TEXT NOT NULL,
      pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 16),
      record_id BLOB NOT NULL CHECK (length(record_id) = 16),
      PRIMARY KEY (week, pseudonym, record_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tally (
      week TEXT NOT NULL,
      pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 16),
      name TEXT NOT NULL,
      keys TEXT NOT NULL CHECK (json_valid(keys)),
      team TEXT NOT NULL,
      sums TEXT NOT NULL CHECK (json_valid(sums)),
      PRIMARY KEY (week, pseudonym, name, keys)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE publication ADD COLUMN tallies TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tallies));
  `,
};
