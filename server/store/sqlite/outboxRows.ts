import type { TipRecord } from "../../../protocol/coaching.ts";
import type { OutboxTally } from "../../../protocol/sync.ts";
import { funnelCounts, inOrder, isTipOfWork, tipCounts } from "../outbox.ts";
import { localDay } from "../../../core/day.ts";
import type { TipsWritten } from "../coachingRows.ts";
import type { WorkFolderRow } from "../sync.ts";
import type { Connection } from "./open.ts";

/** The local day of what has a moment and the minutes east of UTC. */
export const localDayOf = (table: string) =>
  `date((${table}.at + ${table}.utc_offset_minutes * 60000) / 1000, 'unixepoch')`;

/** A function of the connection that writes: whether what is written now may leave. */
export const mayQueueFunction = "kept_may_queue";

/** Of a consent: holds while it is not paused and sending is on. */
export const isQueueing = `body ->> 'isPaused' = 0 AND ${mayQueueFunction}()`;

/** Holds while somebody agreed to a field, and what is written now may leave. */
export const isAgreedTo = (field: string) =>
  `EXISTS (SELECT 1 FROM consents WHERE ${isQueueing}
     AND EXISTS (SELECT 1 FROM json_each(body, '$.agreed') WHERE value = '${field}'))`;

const requestSums = {
  requests: "count(*)",
  input: "sum(requests.input)",
  output: "sum(requests.output)",
  "cache.read": "sum(requests.cache_read)",
  "cache.write": "sum(requests.cache_write)",
  costNano: "sum(ifnull(requests.cost_nano, 0))",
  unpriced: "sum(requests.cost_nano IS NULL)",
};

const funnelSums = Object.entries({
  accepted: funnelCounts.accepted,
  kept_at_15: funnelCounts.keptAt15,
  committed: funnelCounts.committed,
}).flatMap(([column, outcomes]) =>
  Object.entries(outcomes).map(
    ([outcome, name]) => `'${name}', sum(ifnull(edits.${column} = '${outcome}', 0))`,
  ),
);

/** What waits besides sums of edits, of the days before one. */
export function prepareReadTallies(connection: Connection): (before: string) => OutboxTally[] {
  const select = (table: string, keys: string, sums: string, from: string, day: string) =>
    connection.prepare<[string], { table: OutboxTally["table"]; day: string; keys: string; sums: string }>(
      `SELECT '${table}' AS "table", ${day} AS day, json_object(${keys}) AS keys, json_object(${sums}) AS sums
       FROM ${from} AND ${day} < ? GROUP BY 2, 3`,
    );
  const funnel = select(
    "kept.funnel",
    "'tool', tool, 'mode', mode",
    funnelSums.join(", "),
    "outbox JOIN edits ON number = edit_number WHERE with_funnel = 1 AND kind = 'ai' AND inserted_chars > 0",
    localDayOf("edits"),
  );
  const requests = select(
    "kept.requests",
    "'tool', tool, 'model', model, 'taskType', type",
    Object.entries(requestSums)
      .map(([name, sum]) => `'${name}', ${sum}`)
      .join(", "),
    "outbox_requests JOIN requests ON requests.id = request_id JOIN tasks ON tasks.id = task_id WHERE is_sum = 0",
    localDayOf("requests"),
  );
  const tips = connection.prepare<[string], { day: string; rule: string; sums: string }>(
    `SELECT day, rule, json_group_object(name, count) AS sums FROM outbox_tips WHERE day < ? GROUP BY day, rule`,
  );
  return (before) => {
    const counted = [...funnel.all(before), ...requests.all(before)].map(({ table, day, keys, sums }) => ({
      ...{ table, day },
      keys: JSON.parse(keys) as OutboxTally["keys"],
      sums: JSON.parse(sums) as OutboxTally["sums"],
    }));
    const said = tips.all(before).map(({ day, rule, sums }) => ({
      ...{ table: "kept.tip" as const, day, keys: { rule } },
      sums: JSON.parse(sums) as OutboxTally["sums"],
    }));
    return inOrder([...counted, ...said]);
  };
}

/** Takes what waits of the days before one, and says how many that were. */
export function prepareTakeTallies(
  connection: Connection,
): Record<"requests" | "tips", (before: string) => number> {
  const requests = connection.prepare<[string]>(
    `DELETE FROM outbox_requests WHERE request_id IN
       (SELECT requests.id FROM requests JOIN outbox_requests ON requests.id = request_id
        WHERE ${localDayOf("requests")} < ?)`,
  );
  const tips = connection.prepare<[string]>("DELETE FROM outbox_tips WHERE day < ?");
  return {
    requests: (before) => requests.run(before).changes,
    tips: (before) => tips.run(before).changes,
  };
}

/** Takes the oldest edits and requests that are more than so many, and says how many that were. */
export function prepareTakeBeyond(connection: Connection): (most: number) => number {
  const newestBeyond = connection
    .prepare<[number], number>(
      `SELECT at FROM (SELECT at FROM outbox JOIN edits ON number = edit_number
         UNION ALL SELECT at FROM outbox_requests JOIN requests ON requests.id = request_id)
       ORDER BY at DESC LIMIT 1 OFFSET ?`,
    )
    .pluck();
  const edits = connection.prepare<[number]>(
    `DELETE FROM outbox WHERE edit_number IN
       (SELECT number FROM edits JOIN outbox ON number = edit_number WHERE at <= ?)`,
  );
  const requests = connection.prepare<[number]>(
    `DELETE FROM outbox_requests WHERE request_id IN
       (SELECT requests.id FROM requests JOIN outbox_requests ON requests.id = request_id WHERE at <= ?)`,
  );
  const waiting = connection
    .prepare<[], number>("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM outbox_requests)")
    .pluck();
  return (most) => {
    if (waiting.get()! <= most) return 0;
    const at = newestBeyond.get(most);
    return at === undefined ? 0 : edits.run(at).changes + requests.run(at).changes;
  };
}

/** To be asked before requests are written; what it gives is called after, and lets those that are new wait. */
export function prepareQueueRequests(connection: Connection): () => () => void {
  const last = connection.prepare<[], number>("SELECT ifnull(max(id), 0) FROM requests").pluck();
  const queue = connection.prepare<[number]>(
    `INSERT INTO outbox_requests SELECT requests.id FROM requests JOIN tasks ON tasks.id = task_id
     WHERE requests.id > ? AND is_sum = 0 AND place <> '' AND ${isAgreedTo("kept.requests/requests")}
       AND EXISTS (SELECT 1 FROM work_folders WHERE since <= requests.at
         AND (place = workspace OR substr(place, 1, length(workspace) + 1) = workspace || '/'))`,
  );
  return () => {
    const before = last.get()!;
    return () => void queue.run(before);
  };
}

/** To be asked with a tip before it is written. */
export function prepareQueueTips(
  connection: Connection,
): (known: TipRecord | undefined, tip: TipRecord, written: TipsWritten) => void {
  const work = connection.prepare<[], WorkFolderRow>("SELECT workspace, since FROM work_folders");
  const add = connection.prepare<[string, string, string]>(
    `INSERT INTO outbox_tips (day, rule, name, count) SELECT ?, ?, ?, 1 WHERE ${isAgreedTo("kept.tip/shown")}
     ON CONFLICT (day, rule, name) DO UPDATE SET count = count + 1`,
  );
  return (known, tip, { folders, ...moment }) => {
    const counts = tipCounts(known, tip);
    if (counts.length === 0 || !isTipOfWork(tip, folders, work.all())) return;
    for (const name of counts) add.run(localDay(moment).day, tip.rule, name);
  };
}
