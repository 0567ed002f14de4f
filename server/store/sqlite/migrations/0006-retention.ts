/** How much is left of edits at set times after each, added up by day and origin. */
export const statements: readonly string[] = [
  // They belong to sums and live as long as these, longer than their edits.
  `CREATE TABLE retention_sums (
    id INTEGER PRIMARY KEY,
    sum_id INTEGER NOT NULL REFERENCES sums (id) ON DELETE CASCADE,
    due_ms INTEGER NOT NULL CHECK (due_ms >= 0),
    samples INTEGER NOT NULL CHECK (samples >= 0),
    arc INTEGER NOT NULL,
    inserted_chars INTEGER NOT NULL,
    arc_squared INTEGER NOT NULL,
    inserted_squared INTEGER NOT NULL,
    arc_times_inserted INTEGER NOT NULL,
    judged INTEGER NOT NULL CHECK (judged BETWEEN 0 AND samples),
    reverted INTEGER NOT NULL CHECK (reverted BETWEEN 0 AND judged),
    apart INTEGER NOT NULL CHECK (apart >= 0),
    UNIQUE (sum_id, due_ms)
  ) STRICT`,
  `INSERT INTO retention_sums (sum_id, due_ms, samples, arc, inserted_chars, arc_squared, inserted_squared,
     arc_times_inserted, judged, reverted, apart)
   SELECT sum_id, due_ms, sum(counts), sum(counts * arc), sum(counts * inserted), sum(counts * arc * arc),
     sum(counts * inserted * inserted), sum(counts * arc * inserted), sum(counts AND no_revert IS NOT NULL),
     sum(counts AND ifnull(no_revert < 0.5, 0)), sum(NOT counts)
   FROM (
     SELECT sum_id, due_ms, arc, samples.inserted_chars AS inserted, no_revert,
       NOT late AND NOT ifnull(other_branch, 0) AS counts
     FROM samples JOIN edits ON number = edit_number WHERE sum_id IN (SELECT id FROM sums)
   ) GROUP BY sum_id, due_ms`,
];
