import { dayNumber } from "../../../core/day.ts";
import type { Mode } from "../../../protocol/origin.ts";
import { requestSumNames, sumsOfRequest, type RequestRow, type RequestSums } from "../requests.ts";
import type { TaskKey } from "../requests.ts";
import type { Connection } from "./open.ts";
import type { RequestSumWrites } from "./requestSums.ts";
import type { StoredTask, TaskWrites } from "./writeTasks.ts";

type Added = Omit<RequestRow, "key" | "task">;
/** Adds what requests come to to their task. */
export type AddToTask = (id: number, sums: RequestSums) => void;
type Sums = { -readonly [Name in keyof RequestSums]: number };

interface TaskAdded {
  readonly task: StoredTask;
  readonly sums: Sums;
  readonly models: Set<string>;
  readonly modes: Set<Mode>;
  first: Added;
  last: Added;
}

/** Where requests of one task, day and model are added up. */
interface Place {
  readonly added: TaskAdded;
  readonly sumId: number;
  /** Of those that were counted there after the first. */
  readonly sums: Sums;
}

/**
 * What the new requests of one transaction come to. Most of them are of few tasks, days and models: what they add is
 * written once for each of these, not for each request. Whoever reads or changes sums otherwise writes it first.
 */
export class RequestAdditions {
  readonly #tasks: TaskWrites;
  readonly #sums: RequestSumWrites;
  readonly #addToTask: AddToTask;
  readonly #ofTasks = new Map<string, TaskAdded>();
  readonly #places = new Map<string, Place>();

  constructor(tasks: TaskWrites, sums: RequestSumWrites, addToTask: AddToTask) {
    this.#tasks = tasks;
    this.#sums = sums;
    this.#addToTask = addToTask;
  }

  /** Where a request belongs, if another of this transaction was counted there. */
  placeOf(key: TaskKey, row: Added): Place | undefined {
    const added = row.latencyMs === null ? this.#ofTasks.get(key.key) : undefined;
    return added && isSettled(added, key) ? this.#places.get(nameOf(added, row)) : undefined;
  }

  /** Counts a new request where it belongs, with others or as the first. */
  count(key: TaskKey, row: Added, place: Place | undefined): Place {
    const found = place ?? this.#begin(key, row);
    const { added, sums } = found;
    if (place) addUp(sums, sumsOfRequest(row));
    if (row.at < added.first.at) added.first = row;
    if (row.at > added.last.at) added.last = row;
    return found;
  }

  /** Writes what was added so far. */
  write(): void {
    for (const { added, sumId, sums } of this.#places.values()) {
      this.#sums.addTo(sumId, sums);
      addUp(added.sums, sums);
    }
    for (const [key, { task, sums, models, modes, first, last }] of this.#ofTasks) {
      for (const moment of [first, last]) this.#tasks.of({ ...task, key }, moment);
      this.#addToTask(task.id, sums);
      for (const model of models) this.#tasks.addModel(task.id, model);
      for (const mode of modes) this.#tasks.addMode(task.id, mode);
    }
    this.#ofTasks.clear();
    this.#places.clear();
  }

  #begin(key: TaskKey, row: Added): Place {
    const added = this.#taskOf(key, row);
    addUp(added.sums, sumsOfRequest(row));
    if (row.model !== null) added.models.add(row.model);
    if (row.mode !== null) added.modes.add(row.mode);
    const sumId = this.#sums.add(row, added.task);
    const name = nameOf(added, row);
    const place = this.#places.get(name) ?? { added, sumId, sums: noSums() };
    this.#places.set(name, place);
    return place;
  }

  #taskOf(key: TaskKey, row: Added): TaskAdded {
    const known = this.#ofTasks.get(key.key);
    if (known && isSettled(known, key)) return known;
    // Where its folder becomes known by this, the sums of what it did before move.
    this.write();
    const task = this.#tasks.of(key, row);
    const names = { models: new Set<string>(), modes: new Set<Mode>() };
    const made = { task, sums: noSums(), ...names, first: row, last: row };
    this.#ofTasks.set(key.key, made);
    return made;
  }
}

/** Whether nothing more becomes known of its folder by this. */
function isSettled({ task }: TaskAdded, key: TaskKey): boolean {
  return task.place !== null || key.place === null;
}

function nameOf({ task }: TaskAdded, row: Added): string {
  return `${task.id} ${dayNumber(row)} ${row.mode} ${row.currency} ${row.model}`;
}

/** To be called inside a writing transaction. */
export function prepareAddToTask(connection: Connection): AddToTask {
  const add = connection.prepare<[Record<string, unknown>]>(
    `UPDATE tasks SET requests = requests + @requests, unpriced = unpriced + @unpriced, input = input + @input,
       output = output + @output, cache_read = cache_read + @cacheRead, cache_write = cache_write + @cacheWrite,
       cache_write_long = cache_write_long + @cacheWriteLong, reasoning = reasoning + @reasoning,
       cost_nano = cost_nano + @costNano WHERE id = @id`,
  );
  return (id, sums) => void add.run({ ...sums, id });
}

function noSums(): Sums {
  return Object.fromEntries(requestSumNames.map((name) => [name, 0])) as Sums;
}

function addUp(sums: Sums, added: RequestSums): void {
  for (const name of requestSumNames) sums[name] += added[name];
}
