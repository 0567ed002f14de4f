/** What tools say of themselves as a whole, and what Kept's own samples say of the same. */
export const statements: readonly string[] = [
  // A rollup, by the person's local day. Tools do not say where.
  `CREATE TABLE tool_figures (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    tool TEXT NOT NULL,
    measure TEXT NOT NULL,
    detail TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    total REAL NOT NULL,
    UNIQUE (day, tool, measure, detail)
  ) STRICT`,

  // The latest of each.
  `CREATE TABLE allowances (
    id INTEGER PRIMARY KEY,
    tool TEXT NOT NULL,
    window_minutes INTEGER NOT NULL CHECK (window_minutes > 0),
    used_share REAL NOT NULL CHECK (used_share >= 0),
    resets_at INTEGER,
    read_at INTEGER NOT NULL,
    UNIQUE (tool, window_minutes)
  ) STRICT`,

  `CREATE TABLE heard (
    id INTEGER PRIMARY KEY,
    tool TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('hook', 'log', 'telemetry')),
    at INTEGER NOT NULL,
    taken INTEGER NOT NULL CHECK (taken >= 0),
    not_understood INTEGER NOT NULL CHECK (not_understood >= 0),
    UNIQUE (tool, way)
  ) STRICT`,

  // Scores in millionths, so that what is added can be taken away again and leaves nothing.
  `ALTER TABLE retention_sums ADD COLUMN four_grams INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE retention_sums ADD COLUMN four_gram INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE retention_sums ADD COLUMN no_revert INTEGER NOT NULL DEFAULT 0`,
  `UPDATE retention_sums SET four_grams = grams, four_gram = gram, no_revert = revert
   FROM (
     SELECT sum_id AS id, due_ms AS due, count(four_gram) AS grams,
       CAST(ifnull(sum(round(four_gram * 1000000)), 0) AS INTEGER) AS gram,
       CAST(ifnull(sum(round(no_revert * 1000000)), 0) AS INTEGER) AS revert
     FROM samples JOIN edits ON number = edit_number
     WHERE NOT late AND NOT ifnull(other_branch, 0) AND sum_id IN (SELECT id FROM sums)
     GROUP BY sum_id, due_ms
   ) AS found WHERE sum_id = found.id AND due_ms = found.due`,
];
