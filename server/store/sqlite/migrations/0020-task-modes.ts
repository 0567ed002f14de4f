const ofTask = `SELECT mode FROM requests WHERE task_id = tasks.id AND mode IS NOT NULL
  UNION SELECT mode FROM edits WHERE task_id = tasks.id AND mode IS NOT NULL`;

/** How AI was used in tasks. Of those that are there, what their requests and the edits that belong to them still say. */
export const statements: readonly string[] = [
  `ALTER TABLE tasks ADD COLUMN modes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(modes))`,
  `ALTER TABLE task_edits ADD COLUMN mode TEXT`,
  `UPDATE tasks SET modes = (SELECT json_group_array(mode) FROM (${ofTask} ORDER BY 1))`,
];
