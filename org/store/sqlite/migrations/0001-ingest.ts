import type { Migration } from "../migrate.ts";

/**
 * Identities begin with week and pseudonym, so that a week can be dropped in one piece and the tables can be
 * partitioned and distributed elsewhere without weakening them. Where an origin is not AI, tool and mode are ''.
 */
export const ingestMigration: Migration = {
  version: 1,
  name: "ingest",
  sql: `
    CREATE TABLE batch (
      week TEXT NOT NULL,
      pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 16),
      batch_id BLOB NOT NULL CHECK (length(batch_id) = 16),
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
      stored INTEGER NOT NULL,
      duplicates INTEGER NOT NULL,
      refused INTEGER NOT NULL,
      reasons TEXT NOT NULL CHECK (json_valid(reasons)),
      PRIMARY KEY (week, pseudonym, batch_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE event (
      week TEXT NOT NULL,
      pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 16),
      event_id BLOB NOT NULL CHECK (length(event_id) = 16),
      day TEXT NOT NULL,
      origin_kind TEXT NOT NULL,
      tool TEXT NOT NULL,
      mode TEXT NOT NULL,
      edits INTEGER NOT NULL,
      inserted_chars INTEGER NOT NULL,
      kept_chars INTEGER NOT NULL,
      PRIMARY KEY (week, pseudonym, event_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE rollup (
      week TEXT NOT NULL,
      origin_kind TEXT NOT NULL,
      tool TEXT NOT NULL,
      mode TEXT NOT NULL,
      events INTEGER NOT NULL,
      edits INTEGER NOT NULL,
      inserted_chars INTEGER NOT NULL,
      kept_chars INTEGER NOT NULL,
      PRIMARY KEY (week, origin_kind, tool, mode)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE week_total (
      week TEXT NOT NULL PRIMARY KEY,
      batches INTEGER NOT NULL,
      events INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
