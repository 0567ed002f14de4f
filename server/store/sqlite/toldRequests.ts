import type { RequestRow } from "../requests.ts";
import { firstToldKey, isTold, ownKey, sameWithinMs, toldKey, tokensGiven } from "../toldRequests.ts";
import type { Connection } from "./open.ts";

/** Of which request telemetry and a tool's own record tell, by their keys. To be called inside a writing transaction. */
export interface ToldRequests {
  /** Whether telemetry alone told of any. */
  readonly isAny: () => boolean;
  /** What the tool's own record says of a request that telemetry tells of. */
  readonly ownOf: (row: RequestRow) => string | undefined;
  /** What telemetry told of a request that the tool's own record tells of. */
  readonly toldOf: (row: RequestRow) => string | undefined;
}

export function prepareToldRequests(connection: Connection): ToldRequests {
  const any = connection.prepare<[string], number>("SELECT 1 FROM requests WHERE key >= ? LIMIT 1").pluck();
  const known = connection.prepare<[string], string>("SELECT key FROM requests WHERE key = ?").pluck();
  // By the index on their time: there are few at one.
  const same = (keys: string, first: string) =>
    connection
      .prepare<[Record<string, unknown>], string>(
        `SELECT key FROM requests
         WHERE at BETWEEN @at - ${sameWithinMs} AND @at + ${sameWithinMs} AND output = @output
           AND input + cache_read + cache_write = @given AND +key ${keys}
           AND +task_id = (SELECT id FROM tasks WHERE tasks.key = @task)
         ORDER BY ${first} abs(at - @at), key LIMIT 1`,
      )
      .pluck();
  const own = same(`< '${firstToldKey}'`, "latency_ms IS NOT NULL,");
  const told = same(`>= '${firstToldKey}'`, "");
  const asked = (row: RequestRow) => {
    const { at, output, task } = row;
    return { at, output, given: tokensGiven(row), task: task.key };
  };
  return {
    isAny: () => any.get(firstToldKey) !== undefined,
    ownOf: (row) => (isTold(row.key) ? (known.get(ownKey(row.key)) ?? own.get(asked(row))) : undefined),
    toldOf: (row) => (isTold(row.key) ? undefined : (known.get(toldKey(row.key)) ?? told.get(asked(row)))),
  };
}
