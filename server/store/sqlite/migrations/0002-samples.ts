/** How much of AI edits is left, at set times after each. */
export const statements: readonly string[] = [
  `CREATE TABLE samples (
    id INTEGER PRIMARY KEY,
    edit_number INTEGER NOT NULL REFERENCES edits (number) ON DELETE CASCADE,
    due_ms INTEGER NOT NULL CHECK (due_ms >= 0),
    taken_at INTEGER NOT NULL,
    arc INTEGER NOT NULL CHECK (arc BETWEEN 0 AND inserted_chars),
    inserted_chars INTEGER NOT NULL,
    lines_inserted INTEGER NOT NULL CHECK (lines_inserted >= 0),
    lines_deleted INTEGER NOT NULL CHECK (lines_deleted >= 0),
    four_gram REAL NOT NULL CHECK (four_gram BETWEEN 0 AND 1),
    no_revert REAL NOT NULL CHECK (no_revert BETWEEN 0 AND 1),
    late INTEGER NOT NULL CHECK (late IN (0, 1)),
    UNIQUE (edit_number, due_ms)
  ) STRICT`,
];
