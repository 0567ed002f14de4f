/** What agents did besides writing, by the tools' own records: counted and compared, without text, path or name. */
export const statements: readonly string[] = [
  // It stands by itself: a step may be of a task of which nothing else is known, or of none.
  `CREATE TABLE steps (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    task_key TEXT,
    tool TEXT NOT NULL,
    place TEXT,
    at INTEGER NOT NULL,
    utc_offset_minutes INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT
  ) STRICT`,
  `CREATE INDEX steps_by_time ON steps (at)`,
];
