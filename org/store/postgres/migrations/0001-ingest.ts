import type { PostgresMigration } from "../migrate.ts";

/**
 * The same tables as SQLite's. Week and pseudonym lead every identity: a unique constraint must hold both where a
 * table is partitioned by week and distributed by pseudonym. Where an origin is not AI, tool and mode are ''.
 */
export const ingestMigration: PostgresMigration = {
  version: 1,
  name: "ingest",
  sql: `
    CREATE TABLE batch (
      week text NOT NULL,
      pseudonym uuid NOT NULL,
      batch_id uuid NOT NULL,
      sha256 bytea NOT NULL CHECK (length(sha256) = 32),
      stored integer NOT NULL,
      duplicates integer NOT NULL,
      refused integer NOT NULL,
      reasons jsonb NOT NULL,
      PRIMARY KEY (week, pseudonym, batch_id)
    );

    CREATE TABLE event (
      week text NOT NULL,
      pseudonym uuid NOT NULL,
      event_id uuid NOT NULL,
      day date NOT NULL,
      origin_kind text NOT NULL,
      tool text NOT NULL,
      mode text NOT NULL,
      edits bigint NOT NULL,
      inserted_chars bigint NOT NULL,
      kept_chars bigint NOT NULL,
      PRIMARY KEY (week, pseudonym, event_id)
    );

    CREATE TABLE rollup (
      week text NOT NULL,
      origin_kind text NOT NULL,
      tool text NOT NULL,
      mode text NOT NULL,
      events bigint NOT NULL,
      edits bigint NOT NULL,
      inserted_chars bigint NOT NULL,
      kept_chars bigint NOT NULL,
      PRIMARY KEY (week, origin_kind, tool, mode)
    );

    CREATE TABLE week_total (
      week text NOT NULL PRIMARY KEY,
      batches bigint NOT NULL,
      events bigint NOT NULL
    );
  `,
};
