import type { PostgresMigration } from "../migrate.ts";

/** The same tables as SQLite's. */
export const consoleMigration: PostgresMigration = {
  version: 3,
  name: "console",
  sql: `
    CREATE TABLE account (
      account text COLLATE "C" NOT NULL PRIMARY KEY,
      name text COLLATE "C" NOT NULL,
      role text NOT NULL,
      team text COLLATE "C",
      subject text UNIQUE,
      key_hash text UNIQUE,
      created_on text NOT NULL,
      ended_on text
    );
    CREATE UNIQUE INDEX account_by_name ON account (name) WHERE ended_on IS NULL;

    CREATE TABLE console_session (
      token_hash text NOT NULL PRIMARY KEY,
      account text NOT NULL,
      expires_at double precision NOT NULL
    );

    CREATE TABLE audit_entry (
      entry text COLLATE "C" NOT NULL PRIMARY KEY,
      at double precision NOT NULL,
      who text NOT NULL,
      act text NOT NULL,
      subject text NOT NULL
    );
    CREATE INDEX audit_entry_by_time ON audit_entry (at);

    CREATE TABLE console_setting (
      name text COLLATE "C" NOT NULL PRIMARY KEY,
      value text NOT NULL
    );

    CREATE TABLE prompt (
      prompt text COLLATE "C" NOT NULL PRIMARY KEY,
      state text NOT NULL,
      author text NOT NULL,
      approver text,
      first_day text COLLATE "C" NOT NULL,
      last_day text NOT NULL,
      item text NOT NULL,
      published_in integer
    );
  `,
};
