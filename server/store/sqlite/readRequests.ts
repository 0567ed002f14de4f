import type { TaskMoments } from "../../../core/requests/timedTasks.ts";
import type { RequestStore, RequestSumRow, TaskEditRow, TaskRequestRow } from "../requests.ts";
import type { SumsRange } from "../store.ts";
import type { Connection } from "./open.ts";
import { holdDays, type Revision } from "./heldRows.ts";
import { prepareNewestRequests } from "./newestRequests.ts";
import { isIn, prepareTaskReads, readNoTasks, type TaskReads } from "./readTasks.ts";
import { prepareStepReads, type StepReads } from "./steps.ts";

export interface RequestReads extends StepReads, TaskReads {
  requestSums(range: SumsRange): RequestSumRow[];
  readonly newest: RequestStore["newest"];
  momentsOf(taskKeys: readonly string[]): Map<string, TaskMoments>;
  taskEdits(taskKey: string): Omit<TaskEditRow, "task">[];
  taskRequests(taskKey: string): TaskRequestRow[];
}

export const readNoRequests: RequestReads = {
  requestSums: () => [],
  ...readNoTasks,
  newest: () => [],
  momentsOf: () => new Map(),
  taskEdits: () => [],
  taskRequests: () => [],
  steps: () => [],
  tried: () => [],
  readsOf: () => new Map(),
};

export function prepareRequestReads(connection: Connection, revision: Revision): RequestReads {
  const sums = connection.prepare<
    [Record<string, unknown>],
    Omit<RequestSumRow, "latencies"> & { readonly latencies: string }
  >(
    `SELECT day, nullif(place, '') AS place, tool, nullif(model, '') AS model, nullif(mode, '') AS mode,
       nullif(currency, '') AS currency, requests, unpriced, unpriced_tokens AS unpricedTokens, subagent, input, output,
       cache_read AS cacheRead, cache_write AS cacheWrite, cache_write_long AS cacheWriteLong, reasoning,
       cost_nano AS costNano, billed_nano AS billedNano,
       (SELECT json_group_array(json_array(bucket, requests)) FROM
         (SELECT bucket, requests FROM request_latencies WHERE sum_id = request_sums.id ORDER BY bucket)) AS latencies
     FROM request_sums WHERE day BETWEEN @from AND @to AND ${isIn}`,
  );
  const edits = connection.prepare<[string], Omit<TaskEditRow, "task">>(
    `SELECT task_edits.key, at, utc_offset_minutes AS utcOffsetMinutes, uri, mode, lines_added AS linesAdded,
       lines_deleted AS linesDeleted, outcome
     FROM task_edits JOIN tasks ON tasks.id = task_id WHERE tasks.key = ? ORDER BY at, task_edits.key`,
  );
  const requests = connection.prepare<
    [string],
    Omit<TaskRequestRow, "subagent" | "isSum"> & { readonly subagent: number; readonly isSum: number }
  >(
    `SELECT at, model, mode, latency_ms AS latencyMs, billed_nano AS billedNano, currency, subagent, is_sum AS isSum
     FROM requests WHERE task_id = (SELECT id FROM tasks WHERE key = ?) ORDER BY at, key`,
  );
  const moments = connection.prepare<
    [string],
    { readonly key: string; readonly moments: string; readonly firstEdit: number | null }
  >(
    `SELECT key, (SELECT json_group_array(at) FROM (SELECT at FROM requests WHERE task_id = tasks.id AND is_sum = 0
         UNION ALL SELECT at FROM task_edits WHERE task_id = tasks.id ORDER BY 1)) AS moments,
       (SELECT min(at) FROM task_edits WHERE task_id = tasks.id AND outcome = 'applied') AS firstEdit
     FROM tasks WHERE key IN (SELECT value FROM json_each(?))
       AND requests + edits = (SELECT count(*) FROM requests WHERE task_id = tasks.id AND is_sum = 0)
         + (SELECT count(*) FROM task_edits WHERE task_id = tasks.id)`,
  );
  const given = ({ from, to, workspaces }: SumsRange) => ({
    from,
    to,
    workspaces: workspaces ? JSON.stringify(workspaces) : null,
  });
  return {
    requestSums: holdDays(revision, (range: SumsRange) =>
      sums.all(given(range)).map(({ latencies, ...row }) => ({
        ...row,
        latencies: JSON.parse(latencies) as RequestSumRow["latencies"],
      })),
    ),
    ...prepareTaskReads(connection, revision),
    newest: prepareNewestRequests(connection, isIn),
    momentsOf: (taskKeys) =>
      new Map(
        moments.all(JSON.stringify(taskKeys)).flatMap((row): [string, TaskMoments][] => {
          const at = JSON.parse(row.moments) as number[];
          return at.length === 0 ? [] : [[row.key, { moments: at, firstEdit: row.firstEdit }]];
        }),
      ),
    taskEdits: (taskKey) => edits.all(taskKey),
    taskRequests: (taskKey) =>
      requests.all(taskKey).map((row) => ({ ...row, subagent: row.subagent === 1, isSum: row.isSum === 1 })),
    ...prepareStepReads(connection),
  };
}
