import {
  bucketOf,
  isOfAny,
  requestSumKey,
  sumsOfRequest,
  type RequestRow,
  type RequestSums,
  type TaskKey,
} from "../requests.ts";
import type { Connection } from "./open.ts";

type Counted = Omit<RequestRow, "key" | "task">;

export interface RequestSumWrites {
  /** Adds a request up, and says the number of its sums. */
  add(request: Counted, task: Pick<TaskKey, "tool" | "place">): number;
  /** Adds several requests at once to sums that are there; how long these took is not among it. */
  addTo(sumId: number, sums: RequestSums): void;
  /** Takes a request from its sums. False where these were pruned: then it is counted no more. */
  take(request: Counted, sumId: number): boolean;
}

const columns = {
  requests: "requests",
  unpriced: "unpriced",
  unpricedTokens: "unpriced_tokens",
  subagent: "subagent",
  input: "input",
  output: "output",
  cacheRead: "cache_read",
  cacheWrite: "cache_write",
  cacheWriteLong: "cache_write_long",
  reasoning: "reasoning",
  costNano: "cost_nano",
  billedNano: "billed_nano",
} as const;

/** To be called inside a writing transaction. */
export function prepareRequestSums(connection: Connection): RequestSumWrites {
  const names = Object.values(columns);
  const addUp = connection
    .prepare<[Record<string, unknown>], number>(
      `INSERT INTO request_sums (day, place, tool, model, mode, currency, ${names.join(", ")})
       VALUES (@day, ifnull(@place, ''), @tool, ifnull(@model, ''), ifnull(@mode, ''), ifnull(@currency, ''),
         ${Object.keys(columns)
           .map((name) => `@${name}`)
           .join(", ")})
       ON CONFLICT (day, place, tool, model, mode, currency) DO UPDATE SET
         ${names.map((name) => `${name} = ${name} + excluded.${name}`).join(", ")}
       RETURNING id`,
    )
    .pluck();
  const addSums = connection.prepare<[Record<string, unknown>]>(
    `UPDATE request_sums SET ${Object.entries(columns)
      .map(([name, column]) => `${column} = ${column} + @${name}`)
      .join(", ")} WHERE id = @sumId`,
  );
  const takeAway = connection
    .prepare<[Record<string, unknown>], number>(
      `UPDATE request_sums SET ${Object.entries(columns)
        .map(([name, column]) => `${column} = ${column} - @${name}`)
        .join(", ")} WHERE id = @sumId RETURNING requests + input + output + cache_read + cache_write`,
    )
    .pluck();
  const remove = connection.prepare<[number]>("DELETE FROM request_sums WHERE id = ?");
  const addLatency = connection.prepare<[number, number]>(
    `INSERT INTO request_latencies (sum_id, bucket, requests) VALUES (?, ?, 1)
     ON CONFLICT (sum_id, bucket) DO UPDATE SET requests = requests + 1`,
  );
  const takeLatency = connection
    .prepare<[number, number], number>(
      "UPDATE request_latencies SET requests = requests - 1 WHERE sum_id = ? AND bucket = ? RETURNING requests",
    )
    .pluck();
  const removeLatency = connection.prepare<[number, number]>(
    "DELETE FROM request_latencies WHERE sum_id = ? AND bucket = ?",
  );
  return {
    add: (request, task) => {
      const sumId = addUp.get({ ...requestSumKey(request, task), ...sumsOfRequest(request) })!;
      const bucket = bucketOf(request);
      if (bucket !== undefined) addLatency.run(sumId, bucket);
      return sumId;
    },
    addTo: (sumId, sums) => {
      if (isOfAny(sums)) addSums.run({ ...sums, sumId });
    },
    take: (request, sumId) => {
      const left = takeAway.get({ ...sumsOfRequest(request), sumId });
      if (left === undefined) return false;
      if (left === 0) {
        remove.run(sumId);
        return true;
      }
      const bucket = bucketOf(request);
      if (bucket !== undefined && takeLatency.get(sumId, bucket) === 0) removeLatency.run(sumId, bucket);
      return true;
    },
  };
}
