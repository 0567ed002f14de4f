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
     WHERE at BETWEEN @earliest AND @latest
       AND strftime('%Y-%m-%d', at / 1000 + utc_offset_minutes * 60, 'unixepoch') BETWEEN @from AND @to AND ${isIn}
       AND (@tool IS NULL OR tool = @tool)
       AND (@models IS NULL OR EXISTS (SELECT 1 FROM json_each(@models) WHERE value IS model))
       AND (@key IS NULL OR at < @latest OR requests.key > @key)
     ORDER BY at DESC, requests.key LIMIT @limit`,
  );
  return ({ from, to, workspaces }, limit, { tool, models, after } = {}) => {
    const latest = Date.parse(`${addDays(to, 1)}T00:00:00Z`) + furthestOffset;
    return statement
      .all({
        ...{ from, to, limit, tool: tool ?? null, key: after?.id ?? null },
        earliest: Date.parse(`${from}T00:00:00Z`) - furthestOffset,
        latest: Math.min(latest, after?.at ?? latest),
        models: models ? JSON.stringify(models) : null,
        workspaces: workspaces ? JSON.stringify(workspaces) : null,
      })
      .map(({ tool: told, ...row }) => ({ ...row, task: { tool: told } }));
  };
}
