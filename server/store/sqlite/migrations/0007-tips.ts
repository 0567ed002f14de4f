/** What was said as advice, and what became of it. */
export const statements: readonly string[] = [
  // The record holds the sentence with its numbers, as JSON: it is read whole or not at all.
  `CREATE TABLE tips (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    rule TEXT NOT NULL,
    day TEXT NOT NULL,
    record TEXT NOT NULL CHECK (json_valid(record)),
    UNIQUE (rule, day)
  ) STRICT`,
  `CREATE INDEX ai_edits_by_time ON edits (at) WHERE kind = 'ai'`,
];
