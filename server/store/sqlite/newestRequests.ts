import { addDays } from "../../../core/day.ts";
import type { NewestRequest, RequestStore } from "../requests.ts";
import type { Connection } from "./open.ts";

/** No place on Earth is further from UTC, in milliseconds. */
const furthestOffset = 15 * 3_600_000;

type Stored = Omit<NewestRequest, "task"> & { readonly tool: string };

/** Reads single requests, by the index on their time; the local day of each decides. */
export function prepareNewestRequests(connection: Connection, isIn: string): RequestStore["newest"] {
  const statement = connection.prepare<[Record<string, unknown>], Stored>(
    `SELECT requests.key, at, tool, model, requests.input, requests.output, requests.cache_read AS cacheRead,
       requests.cache_write AS cacheWrite, requests.cost_nano AS costNano, latency_ms AS latencyMs
     FROM requests JOIN tasks ON tasks.id = task_id
     WHERE at BETWEEN @earliest AND @latest AND is_sum = 0
       AND CASE WHEN @ofTasks THEN tasks.day
         ELSE strftime('%Y-%m-%d', at / 1000 + utc_offset_minutes * 60, 'unixepoch') END BETWEEN @from AND @to
       AND ${isIn}
       AND (NOT @priced OR requests.cost_nano IS NOT NULL) AND (NOT @timed OR latency_ms IS NOT NULL)
       AND (@tool IS NULL OR tool = @tool)
       AND (@models IS NULL OR EXISTS (SELECT 1 FROM json_each(@models) WHERE value IS model))
       AND (@key IS NULL OR at < @latest OR requests.key > @key)
     ORDER BY at DESC, requests.key LIMIT @limit`,
  );
  return ({ from, to, workspaces }, limit, { tool, models, ofTasks, priced, timed, after } = {}) => {
    // A task goes on after the day on which it began.
    const latest = ofTasks
      ? Number.MAX_SAFE_INTEGER
      : Date.parse(`${addDays(to, 1)}T00:00:00Z`) + furthestOffset;
    return statement
      .all({
        ...{ from, to, limit, tool: tool ?? null, key: after?.id ?? null },
        earliest: Date.parse(`${from}T00:00:00Z`) - furthestOffset,
        latest: Math.min(latest, after?.at ?? latest),
        ...{ ofTasks: ofTasks ? 1 : 0, priced: priced ? 1 : 0, timed: timed ? 1 : 0 },
        models: models ? JSON.stringify(models) : null,
        workspaces: workspaces ? JSON.stringify(workspaces) : null,
      })
      .map(({ tool: told, ...row }) => ({ ...row, task: { tool: told } }));
  };
}
