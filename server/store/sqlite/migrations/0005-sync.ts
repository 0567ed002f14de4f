/** What waits to leave, what left, and what a person agreed to. Without consent all of it is empty. */
export const statements: readonly string[] = [
  `CREATE TABLE consents (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    body TEXT NOT NULL CHECK (json_valid(body))
  ) STRICT`,

  `CREATE TABLE work_folders (
    id INTEGER PRIMARY KEY,
    workspace TEXT NOT NULL UNIQUE,
    since INTEGER NOT NULL
  ) STRICT`,

  `CREATE TABLE outbox (
    edit_number INTEGER PRIMARY KEY REFERENCES edits (number) ON DELETE CASCADE
  ) STRICT`,

  `CREATE TABLE batches (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    week TEXT NOT NULL,
    records INTEGER NOT NULL CHECK (records > 0),
    bytes BLOB NOT NULL,
    frozen_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    mistakes INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'refused')),
    ended_at INTEGER,
    reason TEXT NOT NULL DEFAULT ''
  ) STRICT`,

  `CREATE TABLE deletions (
    id INTEGER PRIMARY KEY,
    endpoint TEXT NOT NULL,
    week TEXT NOT NULL,
    week_key TEXT NOT NULL UNIQUE,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    mistakes INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER
  ) STRICT`,
];
