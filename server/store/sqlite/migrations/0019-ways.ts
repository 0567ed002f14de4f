/** What is left of edits thirty days after their commit; and all steps of an edit together, so that they are counted together. */
export const statements: readonly string[] = [
  `ALTER TABLE edits ADD COLUMN alive_at_30 TEXT`,
  `ALTER TABLE edits ADD COLUMN way TEXT`,
  `UPDATE edits SET way =
     accepted || '/' || ifnull(kept_at_15, '') || '/' || ifnull(saved, '') || '/' || ifnull(committed, '') || '/'
   WHERE accepted IS NOT NULL`,
  `INSERT INTO funnel_sums (sum_id, stage, outcome, edits)
   SELECT sum_id, 'way', way, count(*) FROM edits JOIN sums ON sums.id = sum_id
   WHERE way IS NOT NULL GROUP BY sum_id, way`,
];
