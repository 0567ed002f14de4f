const tokens = `input INTEGER NOT NULL,
    output INTEGER NOT NULL,
    cache_read INTEGER NOT NULL,
    cache_write INTEGER NOT NULL,
    cache_write_long INTEGER NOT NULL,
    reasoning INTEGER NOT NULL`;

/** What tools record of their requests to models, and the tasks these belong to. Keys are keyed hashes of tools' own ids. */
export const statements: readonly string[] = [
  // A rollup: it outlives its requests and edits. Numbers are never used again, because an edit may point to a task
  // that was pruned. Empty means none, as in sums.
  `CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    tool TEXT NOT NULL,
    place TEXT NOT NULL,
    day TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    models TEXT NOT NULL CHECK (json_valid(models)),
    type TEXT NOT NULL,
    requests INTEGER NOT NULL CHECK (requests >= 0),
    unpriced INTEGER NOT NULL,
    ${tokens},
    cost_nano INTEGER NOT NULL,
    edits INTEGER NOT NULL CHECK (edits >= 0),
    applied INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    kept_changes INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX tasks_by_day ON tasks (day)`,
  `CREATE INDEX tasks_by_end ON tasks (ended_at)`,

  `CREATE TABLE request_sums (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    tool TEXT NOT NULL,
    model TEXT NOT NULL,
    mode TEXT NOT NULL,
    currency TEXT NOT NULL,
    requests INTEGER NOT NULL CHECK (requests >= 0),
    unpriced INTEGER NOT NULL,
    unpriced_tokens INTEGER NOT NULL,
    subagent INTEGER NOT NULL,
    ${tokens},
    cost_nano INTEGER NOT NULL,
    billed_nano INTEGER NOT NULL,
    UNIQUE (day, place, tool, model, mode, currency)
  ) STRICT`,

  `CREATE TABLE request_latencies (
    id INTEGER PRIMARY KEY,
    sum_id INTEGER NOT NULL REFERENCES request_sums (id) ON DELETE CASCADE,
    bucket INTEGER NOT NULL,
    requests INTEGER NOT NULL CHECK (requests >= 0),
    UNIQUE (sum_id, bucket)
  ) STRICT`,

  `CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    utc_offset_minutes INTEGER NOT NULL,
    model TEXT,
    mode TEXT,
    ${tokens},
    latency_ms INTEGER,
    cost_nano INTEGER,
    price_version TEXT,
    billed_nano INTEGER,
    currency TEXT,
    subagent INTEGER NOT NULL CHECK (subagent IN (0, 1)),
    sum_id INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX requests_by_time ON requests (at)`,
  `CREATE INDEX requests_by_task ON requests (task_id)`,

  `CREATE TABLE task_edits (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    utc_offset_minutes INTEGER NOT NULL,
    uri TEXT NOT NULL,
    lines_added INTEGER,
    lines_deleted INTEGER,
    outcome TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX task_edits_by_time ON task_edits (at)`,
  `CREATE INDEX task_edits_by_task ON task_edits (task_id)`,

  `ALTER TABLE edits ADD COLUMN task_id INTEGER`,
  `CREATE INDEX edits_by_task ON edits (task_id) WHERE task_id IS NOT NULL`,
];
