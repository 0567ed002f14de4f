import { triedEdits, type ToldEdit } from "../../../core/requests/taskEdits.ts";
import { pathBelow, typeOfTask } from "../../../core/requests/taskType.ts";
import {
  changesOfEdit,
  mergedRequest,
  firstMoment,
  mergedTaskEdit,
  sumsOfRequest,
  type RequestBatch,
  type RequestRow,
  type TaskEditRow,
  type TaskLinkRow,
} from "../requests.ts";
import type { OriginRow } from "../store.ts";
import { prepareQueueRequests } from "./outboxRows.ts";
import type { Connection } from "./open.ts";
import { prepareWriteSteps } from "./steps.ts";
import { prepareRequestTaskWrites, RequestAdditions, type RequestTaskWrites } from "./requestAdditions.ts";
import { prepareRequestSums, type RequestSumWrites } from "./requestSums.ts";
import { prepareTasks, type StoredTask, type TaskWrites } from "./writeTasks.ts";

export interface RequestWrites {
  /** What is new and from before a moment is passed over: it was pruned, or deleted on purpose. */
  readonly write: (batch: RequestBatch, from: number) => void;
  readonly link: (row: TaskLinkRow) => void;
  readonly changeTask: TaskWrites["change"];
}

export type StoredRequest = Omit<RequestRow, "key" | "task" | "subagent"> & {
  readonly id: number;
  readonly taskId: number;
  readonly sumId: number;
  readonly subagent: number;
};

/** Of requests joined with their tasks. */
export const requestColumns = `requests.id, task_id AS taskId, sum_id AS sumId, at, utc_offset_minutes AS utcOffsetMinutes, model,
  mode, requests.input, requests.output, requests.cache_read AS cacheRead, requests.cache_write AS cacheWrite,
  requests.cache_write_long AS cacheWriteLong, requests.reasoning, latency_ms AS latencyMs,
  requests.cost_nano AS costNano, price_version AS priceVersion, billed_nano AS billedNano, currency, subagent`;

/** Prepares every statement that writes requests and tasks. To be called inside a writing transaction. */
export function prepareRequestWrites(connection: Connection): RequestWrites {
  const sums = prepareRequestSums(connection);
  const setSum = connection.prepare<[number, number]>("UPDATE requests SET sum_id = ? WHERE id = ?");
  const ofTask = connection.prepare<[number], StoredRequest>(
    `SELECT ${requestColumns} FROM requests WHERE task_id = ?`,
  );
  const tasks = prepareTasks(connection, (task) => {
    for (const row of ofTask.all(task.id)) {
      const request = asRow(row);
      if (sums.take(request, row.sumId)) setSum.run(sums.add(request, task), row.id);
    }
  });
  const taskWrites = prepareRequestTaskWrites(connection);
  const addRequest = prepareAddRequest(connection, taskWrites, sums);
  const addEdit = prepareAddEdit(connection, tasks);
  const addSteps = prepareWriteSteps(connection);
  const queueNew = prepareQueueRequests(connection);
  return {
    write: ({ requests, edits, steps = [] }, from) => {
      const queue = queueNew();
      const additions = new RequestAdditions(tasks, sums, taskWrites);
      const known = addRequest.known(requests);
      for (const row of requests) addRequest.one(row, { from, additions, known });
      additions.write();
      const touched = new Set(edits.flatMap((row) => addEdit(row, from) ?? []));
      for (const id of touched) addEdit.setType(id);
      addSteps(steps, from);
      queue();
    },
    link: prepareLink(connection, tasks),
    changeTask: tasks.change,
  };
}

export function asRow({ subagent, ...row }: StoredRequest): Omit<RequestRow, "key" | "task"> {
  return { ...row, subagent: subagent === 1 };
}

function prepareAddRequest(connection: Connection, taskWrites: RequestTaskWrites, sums: RequestSumWrites) {
  const find = connection.prepare<[string], StoredRequest & StoredTask>(
    `SELECT ${requestColumns}, tool, nullif(place, '') AS place FROM requests JOIN tasks ON tasks.id = task_id
     WHERE requests.key = ?`,
  );
  const knownOf = connection
    .prepare<[string], string>("SELECT key FROM requests WHERE key IN (SELECT value FROM json_each(?))")
    .pluck();
  const insert = connection.prepare<(string | number | null)[]>(
    `INSERT INTO requests (key, at, utc_offset_minutes, model, mode, input, output, cache_read, cache_write,
       cache_write_long, reasoning, latency_ms, cost_nano, price_version, billed_nano, currency, subagent, task_id, sum_id)
     VALUES (${Array<string>(19).fill("?").join(", ")})
     ON CONFLICT (key) DO UPDATE SET model = excluded.model, mode = excluded.mode, input = excluded.input,
       output = excluded.output, cache_read = excluded.cache_read, cache_write = excluded.cache_write,
       cache_write_long = excluded.cache_write_long, reasoning = excluded.reasoning,
       latency_ms = excluded.latency_ms, cost_nano = excluded.cost_nano, price_version = excluded.price_version,
       billed_nano = excluded.billed_nano, currency = excluded.currency, sum_id = excluded.sum_id`,
  );
  const store = (row: Omit<RequestRow, "task">, taskId: number, sumId: number) => {
    const { key, at, utcOffsetMinutes, model, mode, input, output, cacheRead, cacheWrite, cacheWriteLong } =
      row;
    const { reasoning, latencyMs, costNano, priceVersion, billedNano, currency, subagent } = row;
    const tokens = [input, output, cacheRead, cacheWrite, cacheWriteLong, reasoning];
    const cost = [costNano, priceVersion, billedNano, currency];
    const rest = [latencyMs, ...cost, Number(subagent), taskId, sumId];
    insert.run(key, at, utcOffsetMinutes, model, mode, ...tokens, ...rest);
  };
  const change = (row: RequestRow, additions: RequestAdditions) => {
    const known = find.get(row.key)!;
    const before = { ...asRow(known), key: row.key };
    const after = mergedRequest<Omit<RequestRow, "task">>(before, row);
    if (!after) return;
    additions.write();
    const task = { id: known.taskId, tool: known.tool, place: known.place };
    taskWrites.add(task.id, negated(sumsOfRequest(before)));
    const sumId = sums.take(before, known.sumId) ? sums.add(after, task) : known.sumId;
    store(after, task.id, sumId);
    taskWrites.add(task.id, sumsOfRequest(after));
    if (after.model !== null) taskWrites.addModel(task.id, after.model);
  };
  return {
    known: (rows: readonly RequestRow[]) => new Set(knownOf.all(JSON.stringify(rows.map(({ key }) => key)))),
    one: (row: RequestRow, { from, additions, known }: Adding) => {
      if (known.has(row.key)) {
        change(row, additions);
      } else if (row.at >= from) {
        known.add(row.key);
        const { taskId, sumId } = additions.add(row.task, row);
        store(row, taskId, sumId);
      }
    },
  };
}

interface Adding {
  readonly from: number;
  readonly additions: RequestAdditions;
  /** The keys of those that are stored. */
  readonly known: Set<string>;
}

function prepareAddEdit(connection: Connection, tasks: TaskWrites) {
  const find = connection.prepare<[string], Omit<TaskEditRow, "task"> & { readonly taskId: number }>(
    `SELECT key, task_id AS taskId, at, utc_offset_minutes AS utcOffsetMinutes, uri, lines_added AS linesAdded,
       lines_deleted AS linesDeleted, outcome FROM task_edits WHERE key = ?`,
  );
  const insert = connection.prepare<[Record<string, unknown>]>(
    `INSERT INTO task_edits (key, task_id, at, utc_offset_minutes, uri, lines_added, lines_deleted, outcome)
     VALUES (@key, @taskId, @at, @utcOffsetMinutes, @uri, @linesAdded, @linesDeleted, @outcome)
     ON CONFLICT (key) DO UPDATE SET at = excluded.at, lines_added = excluded.lines_added,
       lines_deleted = excluded.lines_deleted, outcome = excluded.outcome`,
  );
  const addToTask = connection.prepare<[number, number, number]>(
    "UPDATE tasks SET edits = edits + ?, applied = applied + ? WHERE id = ?",
  );
  const add = ({ task: key, proposedAt, ...row }: TaskEditRow, from: number): number | undefined => {
    const known = find.get(row.key);
    if (!known && row.at < from) return undefined;
    const { id } = known ? { id: known.taskId } : tasks.of(key, firstMoment({ ...row, proposedAt }, from));
    const merged = mergedTaskEdit<Omit<TaskEditRow, "task">>(known, row);
    insert.run({ ...merged, taskId: id });
    addToTask.run(known ? 0 : 1, appliedOf(merged) - (known ? appliedOf(known) : 0), id);
    return id;
  };
  return Object.assign(add, { setType: prepareSetType(connection) });
}

/** Says anew of what type a task is and what its edits came to, by those that are known of it. */
export function prepareSetType(connection: Connection): (taskId: number) => void {
  const committedOf = connection
    .prepare<[number], string | null>("SELECT committed_type FROM tasks WHERE id = ?")
    .pluck();
  const editsOf = connection.prepare<[number], ToldEdit & { readonly place: string | null }>(
    `SELECT uri, nullif(place, '') AS place, lines_added AS linesAdded, lines_deleted AS linesDeleted, outcome
     FROM task_edits JOIN tasks ON tasks.id = task_id WHERE task_id = ?`,
  );
  const set = connection.prepare<[Record<string, unknown>]>(
    `UPDATE tasks SET type = @type, failed = iif(edits = @all AND @all > 0, @failed, NULL),
       rejected = iif(edits = @all AND @all > 0, @rejected, NULL), files = iif(edits = @all AND @all > 0, @files, NULL),
       lines = iif(edits = @all AND @all > 0, @lines, NULL) WHERE id = @id`,
  );
  return (id) => {
    const edits = editsOf.all(id);
    const files = new Map(edits.map(({ place, uri }) => [uri, pathBelow(place, uri)]));
    const type = typeOfTask(committedOf.get(id) ?? null, files.values());
    set.run({ id, type, all: edits.length, ...triedEdits(edits) });
  };
}

function prepareLink(connection: Connection, tasks: TaskWrites): RequestWrites["link"] {
  const find = connection.prepare<
    [string],
    Pick<OriginRow, "kind"> & {
      readonly number: number;
      readonly taskId: number | null;
      readonly at: number;
      readonly utcOffsetMinutes: number;
      readonly insertedChars: number;
      readonly keptChars: number;
      readonly workspace: string | null;
    }
  >(
    `SELECT number, task_id AS taskId, at, utc_offset_minutes AS utcOffsetMinutes, kind,
       inserted_chars AS insertedChars, kept_chars AS keptChars, workspace
     FROM edits JOIN documents ON documents.id = document_id WHERE edits.id = ?`,
  );
  const set = connection.prepare<[number, number]>("UPDATE edits SET task_id = ? WHERE number = ?");
  return ({ editId, task: key }) => {
    const edit = find.get(editId);
    if (!edit) return;
    // Where the tool does not say where it worked, the workspace folder of what it edited does.
    const { id } = tasks.of({ ...key, place: key.place ?? edit.workspace }, edit);
    if (id === edit.taskId) return;
    const changes = changesOfEdit(edit, edit);
    tasks.change(edit.taskId, changes, undefined);
    tasks.change(id, undefined, changes);
    set.run(id, edit.number);
  };
}

function appliedOf({ outcome }: Pick<TaskEditRow, "outcome">): number {
  return outcome === "applied" ? 1 : 0;
}

function negated<Numbers extends object>(numbers: Numbers): Numbers {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, -value])) as Numbers;
}
