import { localDay } from "../../../core/day.ts";
import type { Connection } from "./open.ts";
import { prepareSetType } from "./writeTaskEdits.ts";

/** Makes the numbers of a task again from its requests and edits that are there. */
export function prepareTaskAgain(connection: Connection): (id: number) => void {
  const setSums = connection.prepare<[{ id: number }]>(
    `UPDATE tasks SET (requests, unpriced, input, output, cache_read, cache_write, cache_write_long, reasoning, cost_nano,
         models) =
       (SELECT ifnull(sum(1 - is_sum), 0), ifnull(sum(cost_nano IS NULL AND is_sum = 0), 0), ifnull(sum(input), 0), ifnull(sum(output), 0),
          ifnull(sum(cache_read), 0), ifnull(sum(cache_write), 0), ifnull(sum(cache_write_long), 0),
          ifnull(sum(reasoning), 0), ifnull(sum(cost_nano), 0),
          (SELECT json_group_array(model) FROM
             (SELECT DISTINCT model FROM requests WHERE task_id = @id AND model IS NOT NULL ORDER BY 1))
        FROM requests WHERE task_id = @id),
       modes = (SELECT json_group_array(mode) FROM
         (SELECT mode FROM requests WHERE task_id = @id AND mode IS NOT NULL
          UNION SELECT mode FROM task_edits WHERE task_id = @id AND mode IS NOT NULL ORDER BY 1)),
       (edits, applied) = (SELECT count(*), ifnull(sum(outcome = 'applied'), 0) FROM task_edits WHERE task_id = @id)
     WHERE id = @id`,
  );
  const rows = connection.prepare<[{ id: number }], { at: number; utcOffsetMinutes: number }>(
    `SELECT at, utc_offset_minutes AS utcOffsetMinutes FROM requests WHERE task_id = @id
     UNION ALL SELECT at, utc_offset_minutes FROM task_edits WHERE task_id = @id ORDER BY 1`,
  );
  const setTimes = connection.prepare<[string, number, number, number]>(
    "UPDATE tasks SET day = ?, began_at = ?, ended_at = ? WHERE id = ?",
  );
  const setType = prepareSetType(connection);
  return (id) => {
    setSums.run({ id });
    setType(id);
    const moments = rows.all({ id });
    const [first] = moments;
    if (first) setTimes.run(localDay(first).day, first.at, moments.at(-1)!.at, id);
  };
}
