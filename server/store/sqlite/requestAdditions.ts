import {
  requestSumKey,
  requestSumNames,
  sumsOfRequest,
  type RequestRow,
  type RequestSums,
} from "../requests.ts";
import type { TaskKey } from "../requests.ts";
import type { Connection } from "./open.ts";
import type { RequestSumWrites } from "./requestSums.ts";
import type { StoredTask, TaskWrites } from "./writeTasks.ts";

type Added = Omit<RequestRow, "key" | "task">;
type Sums = { -readonly [Name in keyof RequestSums]: number };

interface TaskAdded {
  readonly task: StoredTask;
  readonly sums: Sums;
  readonly models: Set<string>;
  first: Added;
  last: Added;
}

/**
 * What the new requests of one transaction come to. Most of them are of few tasks, days and models: what they add is
 * written once for each of these, not for each request. Whoever reads or changes sums otherwise writes it first.
 */
export class RequestAdditions {
  readonly #tasks: TaskWrites;
  readonly #sums: RequestSumWrites;
  readonly #addToTask: (id: number, sums: RequestSums) => void;
  readonly #addModel: (id: number, model: string) => void;
  readonly #ofTasks = new Map<string, TaskAdded>();
  readonly #ofSums = new Map<string, { readonly id: number; readonly sums: Sums }>();

  constructor(tasks: TaskWrites, sums: RequestSumWrites, writes: RequestTaskWrites) {
    this.#tasks = tasks;
    this.#sums = sums;
    this.#addToTask = writes.add;
    this.#addModel = writes.addModel;
  }

  /** The task and the sums that a new request belongs to, with it added to both. */
  add(key: TaskKey, row: Added): { readonly taskId: number; readonly sumId: number } {
    const added = this.#taskOf(key, row);
    const sums = sumsOfRequest(row);
    addUp(added.sums, sums);
    if (row.at < added.first.at) added.first = row;
    if (row.at > added.last.at) added.last = row;
    if (row.model !== null) added.models.add(row.model);
    return { taskId: added.task.id, sumId: this.#sumOf(added.task, row, sums) };
  }

  /** Writes what was added so far. */
  write(): void {
    for (const [key, { task, sums, models, first, last }] of this.#ofTasks) {
      for (const moment of [first, last]) this.#tasks.of({ ...task, key }, moment);
      this.#addToTask(task.id, sums);
      for (const model of models) this.#addModel(task.id, model);
    }
    for (const { id, sums } of this.#ofSums.values()) this.#sums.addTo(id, sums);
    this.#ofTasks.clear();
    this.#ofSums.clear();
  }

  #taskOf(key: TaskKey, row: Added): TaskAdded {
    const known = this.#ofTasks.get(key.key);
    if (known && (known.task.place !== null || key.place === null)) return known;
    // Where its folder becomes known by this, the sums of what it did before move.
    this.write();
    const task = this.#tasks.of(key, row);
    const made = { task, sums: noSums(), models: new Set<string>(), first: row, last: row };
    this.#ofTasks.set(key.key, made);
    return made;
  }

  #sumOf(task: StoredTask, row: Added, sums: RequestSums): number {
    const name = Object.values(requestSumKey(row, task)).join("\n");
    const known = row.latencyMs === null ? this.#ofSums.get(name) : undefined;
    if (known) {
      addUp(known.sums, sums);
      return known.id;
    }
    const id = this.#sums.add(row, task);
    this.#ofSums.set(name, this.#ofSums.get(name) ?? { id, sums: noSums() });
    return id;
  }
}

export interface RequestTaskWrites {
  readonly add: (id: number, sums: RequestSums) => void;
  readonly addModel: (id: number, model: string) => void;
}

/** To be called inside a writing transaction. */
export function prepareRequestTaskWrites(connection: Connection): RequestTaskWrites {
  const add = connection.prepare<[Record<string, unknown>]>(
    `UPDATE tasks SET requests = requests + @requests, unpriced = unpriced + @unpriced, input = input + @input,
       output = output + @output, cache_read = cache_read + @cacheRead, cache_write = cache_write + @cacheWrite,
       cache_write_long = cache_write_long + @cacheWriteLong, reasoning = reasoning + @reasoning,
       cost_nano = cost_nano + @costNano WHERE id = @id`,
  );
  const addModel = connection.prepare<[Record<string, unknown>]>(
    `UPDATE tasks SET models = (SELECT json_group_array(value) FROM
         (SELECT value FROM json_each(models) UNION SELECT @model ORDER BY 1))
     WHERE id = @id AND @model NOT IN (SELECT value FROM json_each(models))`,
  );
  return {
    add: (id, sums) => void add.run({ ...sums, id }),
    addModel: (id, model) => void addModel.run({ id, model }),
  };
}

function noSums(): Sums {
  return Object.fromEntries(requestSumNames.map((name) => [name, 0])) as Sums;
}

function addUp(sums: Sums, added: RequestSums): void {
  for (const name of requestSumNames) sums[name] += added[name];
}
