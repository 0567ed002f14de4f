import type { PostgresMigration } from "../migrate.ts";

/** The same tables as SQLite's. What has a week is divided by it, so that a week is dropped in one piece. */
export const identityMigration: PostgresMigration = {
  version: 2,
  name: "identity",
  sql: `
    CREATE TABLE organisation (
      single integer NOT NULL PRIMARY KEY CHECK (single = 1),
      id text NOT NULL
    );

    CREATE TABLE team (
      team text COLLATE "C" NOT NULL PRIMARY KEY,
      people integer
    );

    CREATE TABLE invitation (
      token_hash text NOT NULL PRIMARY KEY,
      team text COLLATE "C" NOT NULL,
      person text,
      uses_left integer NOT NULL,
      expires_at double precision NOT NULL
    );

    CREATE TABLE device (
      device text NOT NULL PRIMARY KEY,
      person text COLLATE "C" NOT NULL,
      team text COLLATE "C" NOT NULL,
      joined_on text COLLATE "C" NOT NULL,
      left_on text COLLATE "C",
      credential_hash text UNIQUE,
      expires_on text COLLATE "C" NOT NULL
    );
    CREATE INDEX device_by_team ON device (team);

    CREATE TABLE claim (
      week text COLLATE "C" NOT NULL,
      tag text NOT NULL,
      pseudonym text NOT NULL,
      PRIMARY KEY (week, tag)
    );

    CREATE TABLE person_week (
      week text COLLATE "C" NOT NULL,
      pseudonym uuid NOT NULL,
      deleted boolean NOT NULL,
      PRIMARY KEY (week, pseudonym)
    );
    INSERT INTO person_week SELECT DISTINCT week, pseudonym, false FROM batch;

    CREATE TABLE contribution (
      week text COLLATE "C" NOT NULL,
      pseudonym uuid NOT NULL,
      origin_kind text COLLATE "C" NOT NULL,
      tool text COLLATE "C" NOT NULL,
      team text COLLATE "C" NOT NULL,
      days integer NOT NULL,
      edits bigint NOT NULL,
      inserted_chars bigint NOT NULL,
      kept_chars bigint NOT NULL,
      PRIMARY KEY (week, pseudonym, origin_kind, tool)
    );
    INSERT INTO contribution
      SELECT week, pseudonym, origin_kind, tool, '', bit_or(1 << (extract(isodow FROM day)::integer - 1)),
        sum(edits), sum(inserted_chars), sum(kept_chars)
      FROM event GROUP BY week, pseudonym, origin_kind, tool;

    ALTER TABLE batch ALTER COLUMN reasons TYPE text USING reasons::text;

    DROP TABLE rollup;
    DELETE FROM week_total WHERE week IN (SELECT week FROM batch);

    CREATE TABLE publication (
      week text COLLATE "C" NOT NULL PRIMARY KEY,
      published text NOT NULL,
      members text NOT NULL
    );

    CREATE TABLE bundle (
      sequence integer NOT NULL PRIMARY KEY,
      envelope text NOT NULL
    );

    ALTER TABLE event RENAME TO event_before;
    ALTER INDEX event_pkey RENAME TO event_before_pkey;
    CREATE TABLE event (
      week text COLLATE "C" NOT NULL,
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
    ) PARTITION BY LIST (week);
    DO $$
      DECLARE found text;
      BEGIN
        FOR found IN SELECT DISTINCT week FROM event_before LOOP
          EXECUTE format('CREATE TABLE %I PARTITION OF event FOR VALUES IN (%L)',
            'event_' || lower(replace(found, '-', '_')), found);
        END LOOP;
      END
    $$;
    INSERT INTO event SELECT * FROM event_before;
    DROP TABLE event_before;
  `,
};
