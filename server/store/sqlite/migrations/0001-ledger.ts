/**
 * The first format. Every table has a row number of its own, so that a damaged database can be read in ranges of
 * it. Nothing here holds text of the user's.
 */
export const statements: readonly string[] = [
  `CREATE TABLE windows (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    written_at INTEGER NOT NULL
  ) STRICT`,

  `CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    uri TEXT NOT NULL UNIQUE,
    workspace TEXT,
    language_id TEXT NOT NULL,
    written_at INTEGER NOT NULL
  ) STRICT`,

  // Apart from its document: it is long and written with every edit.
  `CREATE TABLE spans (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    window_id INTEGER NOT NULL,
    session INTEGER NOT NULL,
    version INTEGER NOT NULL,
    text_length INTEGER NOT NULL CHECK (text_length >= 0),
    text_hash TEXT NOT NULL,
    spans TEXT NOT NULL
  ) STRICT`,

  // Empty means none: a unique key takes two NULLs for different. Numbers are never used again, because an edit may
  // point to sums that were pruned.
  `CREATE TABLE sums (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    day TEXT NOT NULL,
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    workspace TEXT NOT NULL,
    language_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    tool TEXT NOT NULL,
    model TEXT NOT NULL,
    mode TEXT NOT NULL,
    edits INTEGER NOT NULL CHECK (edits >= 0),
    inserting_edits INTEGER NOT NULL,
    inserted_chars INTEGER NOT NULL,
    deleted_chars INTEGER NOT NULL,
    kept_chars INTEGER NOT NULL,
    inserted_squared INTEGER NOT NULL,
    kept_squared INTEGER NOT NULL,
    inserted_times_kept INTEGER NOT NULL,
    UNIQUE (day, hour, workspace, language_id, kind, tool, model, mode)
  ) STRICT`,

  // sum_id and window_id are no foreign keys: deleting sums or a window would have to search all edits.
  `CREATE TABLE edits (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document_id INTEGER NOT NULL REFERENCES documents (id),
    window_id INTEGER NOT NULL,
    session INTEGER NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    utc_offset_minutes INTEGER NOT NULL,
    inserted_chars INTEGER NOT NULL CHECK (inserted_chars >= 0),
    deleted_chars INTEGER NOT NULL CHECK (deleted_chars >= 0),
    kept_chars INTEGER NOT NULL CHECK (kept_chars >= 0),
    kind TEXT NOT NULL,
    tool TEXT,
    model TEXT,
    mode TEXT,
    strength TEXT,
    conflict INTEGER NOT NULL CHECK (conflict IN (0, 1)),
    sum_id INTEGER NOT NULL,
    UNIQUE (document_id, window_id, session, version)
  ) STRICT`,
  `CREATE INDEX edits_by_time ON edits (at)`,
  `CREATE INDEX labelled_edits ON edits (at) WHERE strength = 'labelled'`,

  `CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    edit_number INTEGER NOT NULL REFERENCES edits (number) ON DELETE CASCADE,
    source TEXT NOT NULL,
    strength TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (json_valid(origin)),
    at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX evidence_by_edit ON evidence (edit_number)`,

  `CREATE TABLE drops (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    count INTEGER NOT NULL CHECK (count >= 0)
  ) STRICT`,

  `CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL
  ) STRICT`,

  `CREATE TABLE leases (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    fence INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT`,

  // What the store notes for itself.
  `CREATE TABLE marks (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    value INTEGER NOT NULL
  ) STRICT`,
];
