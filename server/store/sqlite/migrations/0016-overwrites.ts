/** Which edit took out whose text, and the same as sums, which live longer. */
export const statements: readonly string[] = [
  `CREATE TABLE overwrites (
    id INTEGER PRIMARY KEY,
    edit_number INTEGER NOT NULL REFERENCES edits (number) ON DELETE CASCADE,
    of_number INTEGER NOT NULL REFERENCES edits (number) ON DELETE CASCADE,
    chars INTEGER NOT NULL CHECK (chars > 0),
    UNIQUE (edit_number, of_number)
  ) STRICT`,
  `CREATE INDEX overwrites_of ON overwrites (of_number)`,
  `CREATE TABLE overwrite_sums (
    id INTEGER PRIMARY KEY,
    sum_id INTEGER NOT NULL REFERENCES sums (id) ON DELETE CASCADE,
    of_sum_id INTEGER NOT NULL REFERENCES sums (id) ON DELETE CASCADE,
    edits INTEGER NOT NULL CHECK (edits >= 0),
    chars INTEGER NOT NULL CHECK (chars >= 0),
    UNIQUE (sum_id, of_sum_id)
  ) STRICT`,
  `CREATE INDEX overwrite_sums_of ON overwrite_sums (of_sum_id)`,
];
