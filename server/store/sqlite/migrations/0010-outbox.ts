/** What waits to leave besides edits. Without consent to these fields all of it is empty. */
export const statements: readonly string[] = [
  // Whether it was agreed, when the edit was made, that its way is counted.
  `ALTER TABLE outbox ADD COLUMN with_funnel INTEGER NOT NULL DEFAULT 0 CHECK (with_funnel IN (0, 1))`,

  `CREATE TABLE outbox_requests (
    request_id INTEGER PRIMARY KEY REFERENCES requests (id) ON DELETE CASCADE
  ) STRICT`,

  `CREATE TABLE outbox_tips (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    rule TEXT NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    UNIQUE (day, rule, name)
  ) STRICT`,
];
