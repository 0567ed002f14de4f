import type { Migration } from "../migrate.ts";

/** Who may open the console, what they set and wrote, and what they did. None of it is joined with what devices sent. */
export const consoleMigration: Migration = {
  version: 3,
  name: "console",
  sql: `
    CREATE TABLE account (
      account TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      role TEXT NOT NULL,
      team TEXT,
      subject TEXT UNIQUE,
      key_hash TEXT UNIQUE,
      created_on TEXT NOT NULL,
      ended_on TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX account_by_name ON account (name) WHERE ended_on IS NULL;

    CREATE TABLE console_session (
      token_hash TEXT NOT NULL PRIMARY KEY,
      account TEXT NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit_entry (
      entry TEXT NOT NULL PRIMARY KEY,
      at INTEGER NOT NULL,
      who TEXT NOT NULL,
      act TEXT NOT NULL,
      subject TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX audit_entry_by_time ON audit_entry (at);

    CREATE TABLE console_setting (
      name TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE prompt (
      prompt TEXT NOT NULL PRIMARY KEY,
      state TEXT NOT NULL,
      author TEXT NOT NULL,
      approver TEXT,
      first_day TEXT NOT NULL,
      last_day TEXT NOT NULL,
      item TEXT NOT NULL CHECK (json_valid(item)),
      published_in INTEGER
    ) STRICT, WITHOUT ROWID;
  `,
};
