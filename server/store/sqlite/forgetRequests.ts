import { localDay } from "../../../core/day.ts";
import { isForgotten } from "../../../core/forgetting.ts";
import type { ForgetScope } from "../../../protocol/forget.ts";
import type { OriginKind } from "../../../protocol/origin.ts";
import { changesOfEdit } from "../requests.ts";
import type { Connection } from "./open.ts";
import { prepareTaskAgain } from "./taskAgain.ts";

interface Found {
  readonly id: number;
  readonly taskId: number;
  readonly at: number;
  readonly utcOffsetMinutes: number;
  readonly tool: string;
  readonly place: string | null;
  readonly uri: string | null;
}

const found = (table: string, uri: string) =>
  `SELECT ${table}.id, task_id AS taskId, at, utc_offset_minutes AS utcOffsetMinutes, tool,
     nullif(place, '') AS place, ${uri} AS uri
   FROM ${table} JOIN tasks ON tasks.id = task_id`;

/**
 * Deletes requests, and what tools record of edits, that are in a scope, with their sums, and takes them and the
 * edits that are deleted from their tasks. To be called before these edits are gone. Says how many requests.
 */
export function forgetRequests(
  connection: Connection,
  scope: ForgetScope,
  edits: readonly { readonly number: number }[],
): number {
  takeEditsFromTasks(connection, edits);
  const isIn = (day: string, tool: string, places: readonly (string | null)[]) =>
    isForgotten({ day, kind: "ai", tool }, places, scope);
  const remove = (table: string) => connection.prepare<[number]>(`DELETE FROM ${table} WHERE id = ?`);
  const all = (table: string, uri: string) =>
    connection
      .prepare<[], Found>(found(table, uri))
      .all()
      .filter((row) => isIn(localDay(row).day, row.tool, [row.place, row.uri]));
  const requests = all("requests", "NULL");
  const taskEdits = all("task_edits", "uri");
  const removeRequest = remove("requests");
  for (const { id } of requests) removeRequest.run(id);
  const removeEdit = remove("task_edits");
  for (const { id } of taskEdits) removeEdit.run(id);
  forgetSums(connection, isIn);
  const touched = new Set([...requests, ...taskEdits].map(({ taskId }) => taskId));
  forgetTasks(connection, isIn, touched);
  return requests.length;
}

type IsIn = (day: string, tool: string, places: readonly (string | null)[]) => boolean;

/** A row of sums is of one day, folder and tool: it is in the scope with all of its requests, or with none. */
function forgetSums(connection: Connection, isIn: IsIn): void {
  const remove = connection.prepare<[number]>("DELETE FROM request_sums WHERE id = ?");
  const sums = connection
    .prepare<[], { id: number; day: string; tool: string; place: string | null }>(
      "SELECT id, day, tool, nullif(place, '') AS place FROM request_sums",
    )
    .all();
  for (const { id, day, tool, place } of sums) if (isIn(day, tool, [place])) remove.run(id);
}

/** A task goes with its last row, or where all of its days are in the scope; else it is made of what is left. */
function forgetTasks(connection: Connection, isIn: IsIn, touched: ReadonlySet<number>): void {
  const tasks = connection
    .prepare<
      [],
      {
        id: number;
        day: string;
        endedAt: number;
        tool: string;
        place: string | null;
        left: number;
        empty: number;
      }
    >(
      `SELECT id, day, ended_at AS endedAt, tool, nullif(place, '') AS place,
         EXISTS (SELECT 1 FROM requests WHERE task_id = tasks.id)
           OR EXISTS (SELECT 1 FROM task_edits WHERE task_id = tasks.id) AS left,
         requests + edits + changes = 0 AS empty
       FROM tasks`,
    )
    .all();
  const remove = connection.prepare<[number]>("DELETE FROM tasks WHERE id = ?");
  const makeAgain = prepareTaskAgain(connection);
  for (const { id, day, endedAt, tool, place, left, empty } of tasks) {
    const lastDay = localDay({ at: endedAt, utcOffsetMinutes: 0 }).day;
    const begins = isIn(day, tool, [place]);
    if (empty === 1) remove.run(id);
    else if (begins && (left === 0 || isIn(lastDay, tool, [place]))) remove.run(id);
    else if (touched.has(id) && left === 0) remove.run(id);
    else if (touched.has(id)) makeAgain(id);
  }
  connection.exec(
    "UPDATE edits SET task_id = NULL WHERE task_id IS NOT NULL AND task_id NOT IN (SELECT id FROM tasks)",
  );
}

function takeEditsFromTasks(connection: Connection, edits: readonly { readonly number: number }[]): void {
  const find = connection.prepare<
    [number],
    { kind: OriginKind; insertedChars: number; keptChars: number; taskId: number }
  >(
    `SELECT kind, inserted_chars AS insertedChars, kept_chars AS keptChars, task_id AS taskId FROM edits
     WHERE number = ? AND task_id IS NOT NULL`,
  );
  const take = connection.prepare<[number, number, number]>(
    "UPDATE tasks SET changes = changes - ?, kept_changes = kept_changes - ? WHERE id = ?",
  );
  for (const { number } of edits) {
    const edit = find.get(number);
    if (!edit) continue;
    const { changes, keptChanges } = changesOfEdit(edit, edit);
    take.run(changes, keptChanges, edit.taskId);
  }
}
