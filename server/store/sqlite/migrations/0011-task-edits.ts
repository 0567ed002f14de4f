/** What the edits of a task came to. Null where its single edits are not all there any more. */
export const statements: readonly string[] = [
  `ALTER TABLE tasks ADD COLUMN failed INTEGER CHECK (failed >= 0)`,
  `ALTER TABLE tasks ADD COLUMN rejected INTEGER CHECK (rejected >= 0)`,
  `ALTER TABLE tasks ADD COLUMN files INTEGER CHECK (files >= 0)`,
  `ALTER TABLE tasks ADD COLUMN lines INTEGER CHECK (lines >= 0)`,
  `UPDATE tasks SET (failed, rejected, files, lines) =
     (SELECT sum(outcome = 'failed'), sum(outcome = 'rejected'),
        count(DISTINCT CASE outcome WHEN 'applied' THEN uri END),
        CASE WHEN sum(outcome = 'applied' AND lines_added IS NULL) = 0 THEN
          sum(CASE outcome WHEN 'applied' THEN lines_added + ifnull(lines_deleted, 0) ELSE 0 END) END
      FROM task_edits WHERE task_id = tasks.id)
   WHERE edits > 0 AND edits = (SELECT count(*) FROM task_edits WHERE task_id = tasks.id)`,
];
