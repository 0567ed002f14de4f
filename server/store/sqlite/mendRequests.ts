import type { Connection } from "./open.ts";
import { prepareRequestSums } from "./requestSums.ts";
import { prepareTaskAgain } from "./taskAgain.ts";
import { asRow, requestColumns, type StoredRequest } from "./writeRequests.ts";

/**
 * After a database was salvaged: a request whose task was lost says what its sums know of the tool, and one whose sums
 * were lost is added up again.
 */
export function mendRequests(target: Connection): void {
  const lost = target
    .prepare<[], { id: number; tool: string; place: string }>(
      `SELECT task_id AS id, ifnull(max(tool), 'unknown') AS tool, ifnull(max(place), '') AS place
       FROM requests LEFT JOIN request_sums ON request_sums.id = sum_id
       WHERE task_id NOT IN (SELECT id FROM tasks) GROUP BY task_id`,
    )
    .all();
  const make = target.prepare<[{ id: number; tool: string; place: string }]>(
    `INSERT INTO tasks (id, key, tool, place, day, began_at, ended_at, models, type, requests, unpriced, input, output,
       cache_read, cache_write, cache_write_long, reasoning, cost_nano, edits, applied, changes, kept_changes)
     VALUES (@id, 'lost:' || @id, @tool, @place, '', 0, 0, '[]', 'unknown', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)`,
  );
  const makeAgain = prepareTaskAgain(target);
  for (const task of lost) {
    make.run(task);
    makeAgain(task.id);
  }
  target.exec(
    `DELETE FROM task_edits WHERE task_id NOT IN (SELECT id FROM tasks);
     DELETE FROM request_latencies WHERE sum_id NOT IN (SELECT id FROM request_sums)`,
  );
  const uncounted = target
    .prepare<[], StoredRequest & { tool: string; place: string | null }>(
      `SELECT ${requestColumns}, tool, nullif(place, '') AS place FROM requests JOIN tasks ON tasks.id = task_id
       WHERE sum_id NOT IN (SELECT id FROM request_sums)`,
    )
    .all();
  const sums = prepareRequestSums(target);
  const setSum = target.prepare<[number, number]>("UPDATE requests SET sum_id = ? WHERE id = ?");
  for (const row of uncounted) setSum.run(sums.add(asRow(row), row), row.id);
}
