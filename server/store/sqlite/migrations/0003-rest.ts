/** What is known of texts at rest and of edits whose document is closed; samples of which a part is unknown. */
export const statements: readonly string[] = [
  `CREATE TABLE rests (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    outline TEXT NOT NULL,
    ranges TEXT NOT NULL CHECK (json_valid(ranges)),
    git_mark TEXT
  ) STRICT`,

  `CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    text_length INTEGER NOT NULL CHECK (text_length >= 0),
    text_hash TEXT NOT NULL,
    spans TEXT NOT NULL,
    outline TEXT NOT NULL,
    ranges TEXT NOT NULL CHECK (json_valid(ranges)),
    git_mark TEXT,
    UNIQUE (document_id, text_hash)
  ) STRICT`,

  `CREATE TABLE followed (
    edit_number INTEGER PRIMARY KEY REFERENCES edits (number) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    since INTEGER NOT NULL,
    branch TEXT,
    inserted_chars INTEGER NOT NULL CHECK (inserted_chars >= 0),
    pieces TEXT CHECK (pieces IS NULL OR json_valid(pieces)),
    next_due_ms INTEGER NOT NULL,
    next_due_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX followed_by_time ON followed (next_due_at)`,
  `CREATE INDEX followed_by_document ON followed (document_id)`,

  `CREATE INDEX spans_by_text ON spans (text_hash)`,

  `CREATE TABLE samples_of_parts (
    id INTEGER PRIMARY KEY,
    edit_number INTEGER NOT NULL REFERENCES edits (number) ON DELETE CASCADE,
    due_ms INTEGER NOT NULL CHECK (due_ms >= 0),
    taken_at INTEGER NOT NULL,
    arc INTEGER NOT NULL CHECK (arc BETWEEN 0 AND inserted_chars),
    inserted_chars INTEGER NOT NULL,
    lines_inserted INTEGER CHECK (lines_inserted >= 0),
    lines_deleted INTEGER CHECK (lines_deleted >= 0),
    four_gram REAL CHECK (four_gram BETWEEN 0 AND 1),
    no_revert REAL CHECK (no_revert BETWEEN 0 AND 1),
    late INTEGER NOT NULL CHECK (late IN (0, 1)),
    other_branch INTEGER CHECK (other_branch IN (0, 1)),
    UNIQUE (edit_number, due_ms)
  ) STRICT`,
  `INSERT INTO samples_of_parts SELECT id, edit_number, due_ms, taken_at, arc, inserted_chars, lines_inserted,
     lines_deleted, four_gram, no_revert, late, NULL FROM samples`,
  `DROP TABLE samples`,
  `ALTER TABLE samples_of_parts RENAME TO samples`,
];
