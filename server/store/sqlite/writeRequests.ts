import {
  changesOfEdit,
  mergedRequest,
  sumsOfRequest,
  type RequestBatch,
  type RequestRow,
  type TaskLinkRow,
} from "../requests.ts";
import type { OriginRow } from "../store.ts";
import { filledUp, isTold } from "../toldRequests.ts";
import { prepareQueueRequests } from "./outboxRows.ts";
import type { Connection } from "./open.ts";
import { prepareWriteSteps } from "./steps.ts";
import { prepareAddToTask, RequestAdditions, type AddToTask } from "./requestAdditions.ts";
import { prepareRequestSums, type RequestSumWrites } from "./requestSums.ts";
import { prepareToldRequests, type ToldRequests } from "./toldRequests.ts";
import { prepareWriteTaskEdits } from "./writeTaskEdits.ts";
import { prepareTasks, type StoredTask, type TaskWrites } from "./writeTasks.ts";

export interface RequestWrites {
  /** What is new and from before a moment is passed over: it was pruned, or deleted on purpose. */
  readonly write: (batch: RequestBatch, from: number) => void;
  readonly link: (row: TaskLinkRow) => void;
  readonly changeTask: TaskWrites["change"];
}

export type StoredRequest = Omit<RequestRow, "key" | "task" | "subagent" | "isSum"> & {
  readonly id: number;
  readonly taskId: number;
  readonly sumId: number;
  readonly subagent: number;
  readonly isSum: number;
};

/** Of requests joined with their tasks. */
export const requestColumns = `requests.id, task_id AS taskId, sum_id AS sumId, at, utc_offset_minutes AS utcOffsetMinutes, model,
  mode, requests.input, requests.output, requests.cache_read AS cacheRead, requests.cache_write AS cacheWrite,
  requests.cache_write_long AS cacheWriteLong, requests.reasoning, latency_ms AS latencyMs,
  requests.cost_nano AS costNano, price_version AS priceVersion, billed_nano AS billedNano, currency, subagent, is_sum AS isSum`;

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
  const addToTask = prepareAddToTask(connection);
  const told = prepareToldRequests(connection);
  const addRequest = prepareAddRequest(connection, { tasks, addToTask, sums, told });
  const addEdits = prepareWriteTaskEdits(connection, tasks);
  const addSteps = prepareWriteSteps(connection);
  const queueNew = prepareQueueRequests(connection);
  return {
    write: ({ requests, edits, steps = [] }, from) => {
      const queue = queueNew();
      const additions = new RequestAdditions(tasks, sums, addToTask);
      const isAnyTold = told.isAny() || requests.some(({ key }) => isTold(key));
      for (const row of requests) addRequest(row, { from, additions, isAnyTold });
      additions.write();
      addEdits(edits, from);
      addSteps(steps, from);
      queue();
    },
    link: prepareLink(connection, tasks),
    changeTask: tasks.change,
  };
}

export function asRow({ subagent, isSum, ...row }: StoredRequest): Omit<RequestRow, "key" | "task"> {
  return { ...row, subagent: subagent === 1, isSum: isSum === 1 };
}

interface Writing {
  readonly tasks: TaskWrites;
  readonly addToTask: AddToTask;
  readonly sums: RequestSumWrites;
  readonly told: ToldRequests;
}

interface Given {
  readonly from: number;
  readonly additions: RequestAdditions;
  readonly isAnyTold: boolean;
}

function prepareAddRequest(connection: Connection, { tasks, addToTask, sums, told }: Writing) {
  const find = connection.prepare<[string], StoredRequest & StoredTask>(
    `SELECT ${requestColumns}, tool, nullif(place, '') AS place FROM requests JOIN tasks ON tasks.id = task_id
     WHERE requests.key = ?`,
  );
  const isKnown = connection.prepare<[string], number>("SELECT 1 FROM requests WHERE key = ?").pluck();
  const insert = connection.prepare<(string | number | null)[]>(
    `INSERT INTO requests (key, at, utc_offset_minutes, model, mode, input, output, cache_read, cache_write,
       cache_write_long, reasoning, latency_ms, cost_nano, price_version, billed_nano, currency, subagent, is_sum, task_id, sum_id)
     VALUES (${Array<string>(20).fill("?").join(", ")})
     ON CONFLICT (key) DO NOTHING`,
  );
  const replace = connection.prepare<[Record<string, unknown>]>(
    `UPDATE requests SET model = @model, mode = @mode, input = @input, output = @output, cache_read = @cacheRead,
       cache_write = @cacheWrite, cache_write_long = @cacheWriteLong, reasoning = @reasoning, latency_ms = @latencyMs,
       cost_nano = @costNano, price_version = @priceVersion, billed_nano = @billedNano, currency = @currency,
       sum_id = @sumId WHERE id = @id`,
  );
  const remove = connection.prepare<[number]>("DELETE FROM requests WHERE id = ?");
  const removeEmptyTask = connection.prepare<[number]>(
    `DELETE FROM tasks WHERE id = ? AND requests + edits = 0
       AND NOT EXISTS (SELECT 1 FROM edits WHERE task_id = tasks.id)`,
  );
  const stored = (key: string) => {
    const known = find.get(key)!;
    const task = { id: known.taskId, tool: known.tool, place: known.place };
    return { row: { ...asRow(known), key }, task, id: known.id, sumId: known.sumId };
  };
  /** False where it is known. */
  const store = (row: RequestRow, taskId: number, sumId: number) => {
    const { key, at, utcOffsetMinutes, model, mode, input, output, cacheRead, cacheWrite, cacheWriteLong } =
      row;
    const { reasoning, latencyMs, costNano, priceVersion, billedNano, currency, subagent, isSum } = row;
    // prettier-ignore
    const { changes } = insert.run(key, at, utcOffsetMinutes, model, mode, input, output, cacheRead, cacheWrite, cacheWriteLong,
      reasoning, latencyMs, costNano, priceVersion, billedNano, currency, Number(subagent), Number(isSum), taskId, sumId);
    return changes > 0;
  };
  const change = (
    { row: before, task, id, sumId }: ReturnType<typeof stored>,
    after: Omit<RequestRow, "task">,
    additions: RequestAdditions,
  ) => {
    additions.write();
    addToTask(task.id, negated(sumsOfRequest(before)));
    const newSumId = sums.take(before, sumId) ? sums.add(after, task) : sumId;
    replace.run({ ...after, sumId: newSumId, id });
    addToTask(task.id, sumsOfRequest(after));
    if (after.model !== null) tasks.addModel(task.id, after.model);
    if (after.mode !== null) tasks.addMode(task.id, after.mode);
  };
  /** What telemetry told goes into what the record says: the record has it by now. */
  const removeTold = (key: string | undefined, additions: RequestAdditions) => {
    if (key === undefined) return;
    additions.write();
    const { row, task, id, sumId } = stored(key);
    sums.take(row, sumId);
    addToTask(task.id, negated(sumsOfRequest(row)));
    remove.run(id);
    removeEmptyTask.run(task.id);
  };
  const withTold = <Row extends Omit<RequestRow, "task">>(row: Row, key: string | undefined): Row =>
    (key === undefined ? undefined : filledUp(row, stored(key).row)) ?? row;
  const add = (row: RequestRow, { from, additions, isAnyTold }: Given) => {
    // Nearly all of a log's are new, and of a task that was there before: only of the others it is asked.
    const place = row.at >= from ? additions.placeOf(row.task, row) : undefined;
    if (place && store(row, place.added.task.id, place.sumId)) {
      additions.count(row.task, row, place);
      return;
    }
    if (place || isKnown.get(row.key) !== undefined) {
      const known = stored(row.key);
      const merged = mergedRequest<Omit<RequestRow, "task">>(known.row, row);
      if (!merged) return;
      const toldKey = isAnyTold ? told.toldOf({ ...merged, task: row.task }) : undefined;
      change(known, withTold(merged, toldKey), additions);
      removeTold(toldKey, additions);
    } else if (row.at >= from) {
      const { added, sumId } = additions.count(row.task, row, undefined);
      store(row, added.task.id, sumId);
    }
  };
  return (row: RequestRow, given: Given) => {
    const { from, additions, isAnyTold } = given;
    if (!isAnyTold || isKnown.get(row.key) !== undefined) {
      add(row, given);
      return;
    }
    const ownKey = told.ownOf(row);
    if (ownKey !== undefined) {
      const own = stored(ownKey);
      const filled = filledUp(own.row, row);
      if (filled) change(own, filled, additions);
    } else if (row.at >= from) {
      const toldKey = told.toldOf(row);
      add(withTold(row, toldKey), given);
      removeTold(toldKey, additions);
    }
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

function negated<Numbers extends object>(numbers: Numbers): Numbers {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, -value])) as Numbers;
}
