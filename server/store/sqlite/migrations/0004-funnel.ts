/** The way of AI edits to a commit, what of them was on screen, and where their tool's own record of them is. */
export const statements: readonly string[] = [
  `ALTER TABLE edits ADD COLUMN accepted TEXT`,
  `ALTER TABLE edits ADD COLUMN kept_at_15 TEXT`,
  `ALTER TABLE edits ADD COLUMN saved TEXT`,
  `ALTER TABLE edits ADD COLUMN committed TEXT`,
  // How much of an edit was left when parts of it were on screen, and which: numbers, as JSON.
  `ALTER TABLE edits ADD COLUMN seen TEXT`,
  // The tool, its session and its request: no path.
  `ALTER TABLE edits ADD COLUMN record_at TEXT`,
  `CREATE INDEX edits_to_be_kept ON edits (at) WHERE kind = 'ai' AND kept_at_15 IS NULL AND inserted_chars > 0`,
  `CREATE INDEX edits_to_be_read ON edits (document_id) WHERE kind = 'ai' AND committed IS NOT 'committed'`,

  // They belong to sums and live as long as these, longer than their edits.
  `CREATE TABLE funnel_sums (
    id INTEGER PRIMARY KEY,
    sum_id INTEGER NOT NULL REFERENCES sums (id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    outcome TEXT NOT NULL,
    edits INTEGER NOT NULL CHECK (edits >= 0),
    UNIQUE (sum_id, stage, outcome)
  ) STRICT`,

  `CREATE TABLE commits (
    id INTEGER PRIMARY KEY,
    repository TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (repository, name)
  ) STRICT`,
  `CREATE INDEX commits_by_time ON commits (at)`,

  // Origins live longer here than the edits they are of.
  `CREATE TABLE committed_edits (
    id INTEGER PRIMARY KEY,
    edit_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    tool TEXT,
    model TEXT,
    mode TEXT
  ) STRICT`,

  `CREATE TABLE committed_ranges (
    id INTEGER PRIMARY KEY,
    commit_id INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    first_line INTEGER NOT NULL CHECK (first_line >= 1),
    last_line INTEGER NOT NULL CHECK (last_line >= first_line),
    committed_edit_id INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX committed_ranges_by_commit ON committed_ranges (commit_id)`,
  `CREATE INDEX committed_ranges_by_edit ON committed_ranges (committed_edit_id)`,
];
