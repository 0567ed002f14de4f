import type { Migration } from "../migrate.ts";

/**
 * Who may send, apart from what they sent: nothing in a device's rows stands in an event's. What each pseudonym put into
 * its week takes the place of sums over everybody, which could not be shown and were written by every batch.
 */
export const identityMigration: Migration = {
  version: 2,
  name: "identity",
  sql: `
    CREATE TABLE organisation (
      single INTEGER NOT NULL PRIMARY KEY CHECK (single = 1),
      id TEXT NOT NULL
    ) STRICT;

    CREATE TABLE team (
      team TEXT NOT NULL PRIMARY KEY,
      people INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE invitation (
      token_hash TEXT NOT NULL PRIMARY KEY,
      team TEXT NOT NULL,
      person TEXT,
      uses_left INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE device (
      device TEXT NOT NULL PRIMARY KEY,
      person TEXT NOT NULL,
      team TEXT NOT NULL,
      joined_on TEXT NOT NULL,
      left_on TEXT,
      credential_hash TEXT UNIQUE,
      expires_on TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX device_by_team ON device (team);

    CREATE TABLE claim (
      week TEXT NOT NULL,
      tag TEXT NOT NULL,
      pseudonym TEXT NOT NULL,
      PRIMARY KEY (week, tag)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE person_week (
      week TEXT NOT NULL,
      pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 16),
      deleted INTEGER NOT NULL,
      PRIMARY KEY (week, pseudonym)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO person_week SELECT DISTINCT week, pseudonym, 0 FROM batch;

    CREATE TABLE contribution (
      week TEXT NOT NULL,
      pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 16),
      origin_kind TEXT NOT NULL,
      tool TEXT NOT NULL,
      team TEXT NOT NULL,
      days INTEGER NOT NULL,
      edits INTEGER NOT NULL,
      inserted_chars INTEGER NOT NULL,
      kept_chars INTEGER NOT NULL,
      PRIMARY KEY (week, pseudonym, origin_kind, tool)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO contribution
      SELECT week, pseudonym, origin_kind, tool, '',
        sum(DISTINCT 1 << (CAST(strftime('%u', day) AS INTEGER) - 1)),
        sum(edits), sum(inserted_chars), sum(kept_chars)
      FROM event GROUP BY week, pseudonym, origin_kind, tool;

    DROP TABLE rollup;
    DELETE FROM week_total WHERE week IN (SELECT week FROM batch);

    CREATE TABLE publication (
      week TEXT NOT NULL PRIMARY KEY,
      published TEXT NOT NULL CHECK (json_valid(published)),
      members TEXT NOT NULL CHECK (json_valid(members))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE bundle (
      sequence INTEGER NOT NULL PRIMARY KEY,
      envelope TEXT NOT NULL
    ) STRICT;
  `,
};
