import { localDay } from "../../core/day.ts";
import { isForgotten } from "../../core/forgetting.ts";
import { triedEdits } from "../../core/requests/taskEdits.ts";
import type { TaskMoments } from "../../core/requests/timedTasks.ts";
import { committedTypeWith, pathBelow, typeOfTask } from "../../core/requests/taskType.ts";
import type { ForgetScope } from "../../protocol/forget.ts";
import {
  bucketOf,
  mergedRequest,
  firstMoment,
  isOfAny,
  mergedTaskEdit,
  namesWith,
  requestSumKey,
  requestSumNames,
  sumsOfRequest,
  type changesOfEdit,
  type NewestRequest,
  type RequestBatch,
  type RequestRow,
  type RequestStore,
  type RequestSumKey,
  type RequestSumRow,
  type RequestSums,
  type TaskEditRow,
  type TaskKey,
  type TaskRequestRow,
  type TaskRow,
} from "./requests.ts";
import { newestRequests } from "./memoryNewest.ts";
import type { CommitRow } from "./stages.ts";
import { MemorySteps } from "./memorySteps.ts";
import { emptyTask, tokenNames } from "./memoryTask.ts";
import { ownOf, toldOf } from "./memoryTold.ts";
import { filledUp } from "./toldRequests.ts";
import type { WaitingRequest } from "./memorySync.ts";
import type { StepRow, TriedEditRow } from "./steps.ts";
import type { SumsRange, Written } from "./store.ts";

type Task = { -readonly [Name in keyof TaskRow]: TaskRow[Name] };
type StoredRequest = Omit<RequestRow, "task"> & { readonly task: Task };
type StoredEdit = Omit<TaskEditRow, "task"> & { readonly task: Task };
type Sum = RequestSumKey &
  Record<(typeof requestSumNames)[number], number> & { readonly latencies: Map<number, number> };
type OnAdded = (row: Pick<WaitingRequest, "key" | "at" | "place">) => void;
type Moment = Pick<RequestRow, "at" | "utcOffsetMinutes">;

/** What tools record of themselves, in memory. */
export class MemoryRequests implements RequestStore {
  readonly #onWritten: () => void;
  readonly #onAdded: OnAdded;
  readonly #tasks = new Map<string, Task>();
  readonly #requests = new Map<string, StoredRequest>();
  readonly #edits = new Map<string, StoredEdit>();
  readonly #sums = new Map<string, Sum>();
  /** The task of an edit that was recorded. */
  readonly #links = new Map<string, Task>();
  /** What the commits of a task say that it was. */
  readonly #committed = new Map<Task, string>();
  #steps = new MemorySteps();
  /** What is new and from before was pruned, or deleted on purpose. */
  #from = 0;

  constructor(onWritten: () => void, onAdded: OnAdded = () => undefined) {
    this.#onWritten = onWritten;
    this.#onAdded = onAdded;
  }

  get size(): number {
    return this.#requests.size;
  }

  /** Those of some requests that are still there. */
  waiting(keys: readonly string[]): WaitingRequest[] {
    return keys.flatMap((key) => {
      const found = this.#requests.get(key);
      if (!found) return [];
      const { task, ...row } = found;
      return { ...row, place: task.place, tool: task.tool, taskType: task.type };
    });
  }

  write({ requests, edits, steps = [] }: RequestBatch): Written {
    this.#steps.write(steps, this.#from);
    for (const row of requests) this.#addRequest(row);
    const touched = new Set(edits.flatMap((row) => this.#addEdit(row) ?? []));
    for (const task of touched) this.#setType(task);
    this.#onWritten();
    return { outcome: "written" };
  }

  link(editId: string, key: TaskKey, moment: Moment, changes: ReturnType<typeof changesOfEdit>): void {
    const task = this.#taskOf(key, moment);
    if (this.#links.get(editId) === task) return;
    this.change(editId, changes, undefined);
    this.#links.set(editId, task);
    this.change(editId, undefined, changes);
  }

  /** What a commit says that it is, its tasks are. */
  commit({ type, files }: CommitRow): void {
    if (type === undefined) return;
    const ranges = files.flatMap((file) => file.ranges);
    for (const task of new Set(ranges.flatMap(({ editId }) => this.#links.get(editId) ?? []))) {
      this.#committed.set(task, committedTypeWith(this.#committed.get(task) ?? null, type));
      this.#setType(task);
    }
  }

  /** Those of a task, or all where none is named. */
  ofTask<Edit extends { readonly id: string }>(
    edits: readonly Edit[],
    task: string | undefined,
  ): readonly Edit[] {
    return task === undefined ? edits : edits.filter(({ id }) => this.#links.get(id)?.key === task);
  }

  /** An edit that was recorded counts otherwise now, in its task if it has one. */
  change(
    editId: string,
    before: ReturnType<typeof changesOfEdit> | undefined,
    after: ReturnType<typeof changesOfEdit> | undefined,
  ): void {
    const task = this.#links.get(editId);
    if (!task) return;
    task.changes += (after?.changes ?? 0) - (before?.changes ?? 0);
    task.keptChanges += (after?.keptChanges ?? 0) - (before?.keptChanges ?? 0);
  }

  sums({ from, to, workspaces }: SumsRange): RequestSumRow[] {
    return [...this.#sums.values()]
      .filter(({ day, place }) => from <= day && day <= to && liesIn(place, workspaces))
      .map(({ latencies, ...sum }) => ({ ...sum, latencies: [...latencies].sort(([a], [b]) => a - b) }));
  }

  tasks({ from, to, workspaces }: SumsRange): TaskRow[] {
    return this.#sortedTasks().filter(
      ({ day, place }) => from <= day && day <= to && liesIn(place, workspaces),
    );
  }

  newest(...[range, ...asked]: Parameters<RequestStore["newest"]>): NewestRequest[] {
    const isIn = (row: StoredRequest) => !row.isSum && liesIn(row.task.place, range.workspaces);
    return newestRequests([...this.#requests.values()].filter(isIn), range, ...asked);
  }

  tasksSince(at: number): TaskRow[] {
    return this.#sortedTasks().filter(({ endedAt }) => endedAt >= at);
  }

  momentsOf(taskKeys: readonly string[]): Map<string, TaskMoments> {
    const rows = [...[...this.#requests.values()].filter(({ isSum }) => !isSum), ...this.#edits.values()];
    const all = taskKeys.flatMap((key): [string, TaskMoments][] => {
      const own = rows.filter(({ task }) => task.key === key);
      const task = this.#tasks.get(key);
      if (!task || own.length === 0 || own.length < task.requests + task.edits) return [];
      const applied = own.filter((row) => "outcome" in row && row.outcome === "applied");
      const firstEdit = applied.length === 0 ? null : Math.min(...applied.map(({ at }) => at));
      return [[key, { moments: own.map(({ at }) => at).sort((one, other) => one - other), firstEdit }]];
    });
    return new Map(all);
  }

  editsOf(taskKey: string): Omit<TaskEditRow, "task">[] {
    return [...this.#edits.values()]
      .filter(({ task }) => task.key === taskKey)
      .map(withoutTask)
      .sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1));
  }

  requestsOf(taskKey: string): TaskRequestRow[] {
    return [...this.#requests.values()]
      .filter(({ task }) => task.key === taskKey)
      .sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1))
      .map(({ at, model, mode, latencyMs, billedNano, currency, subagent, isSum }) => ({
        ...{ at, model, mode, latencyMs, billedNano, currency, subagent, isSum },
      }));
  }

  triedSince(at: number): TriedEditRow[] {
    return [...this.#edits.values()]
      .filter((edit) => edit.at >= at && (edit.outcome === "applied" || edit.outcome === "unknown"))
      .sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1))
      .map(({ task, at: madeAt, uri }) => ({ taskKey: task.key, tool: task.tool, at: madeAt, uri }));
  }

  readsOf(taskKeys: readonly string[], since: number): Map<string, number> {
    const reads = new Map<string, number>();
    for (const { kind, taskKey } of this.#steps.since(since))
      if (kind === "read" && taskKey !== null && taskKeys.includes(taskKey))
        reads.set(taskKey, (reads.get(taskKey) ?? 0) + 1);
    return reads;
  }

  stepsSince(at: number): StepRow[] {
    return this.#steps.since(at);
  }

  all(): {
    readonly requests: readonly StoredRequest[];
    readonly edits: readonly StoredEdit[];
    readonly tasks: readonly TaskRow[];
  } {
    return {
      requests: [...this.#requests.values()],
      edits: [...this.#edits.values()],
      tasks: [...this.#tasks.values()],
    };
  }

  prune(before: number, sumsBefore: string): void {
    this.#from = Math.max(this.#from, before);
    this.#steps.prune(before);
    for (const rows of [this.#requests, this.#edits])
      for (const [key, { at }] of rows) if (at < before) rows.delete(key);
    for (const [key, { day }] of this.#sums) if (day < sumsBefore) this.#sums.delete(key);
    for (const task of this.#tasks.values()) if (task.day < sumsBefore) this.#removeTask(task);
  }

  forgetEdit(editId: string): void {
    this.#links.delete(editId);
  }

  clear(now: number): void {
    for (const each of [this.#tasks, this.#requests, this.#edits, this.#sums, this.#links, this.#committed])
      each.clear();
    this.#steps.clear();
    this.#from = now;
  }

  /** Says how many requests; `gone` are edits that go, which are still counted. */
  forget(
    scope: ForgetScope,
    gone: readonly { readonly id: string; readonly changes: ReturnType<typeof changesOfEdit> }[],
    now: number,
  ): number {
    for (const { id, changes } of gone) this.change(id, changes, undefined);
    this.#steps.forget(scope);
    const isIn = (day: string, tool: string, places: readonly (string | null)[]) =>
      isForgotten({ day, kind: "ai", tool }, places, scope);
    const requests = [...this.#requests.values()].filter((row) =>
      isIn(localDay(row).day, row.task.tool, [row.task.place]),
    );
    const edits = [...this.#edits.values()].filter((row) =>
      isIn(localDay(row).day, row.task.tool, [row.task.place, row.uri]),
    );
    for (const { key } of requests) this.#requests.delete(key);
    for (const { key } of edits) this.#edits.delete(key);
    for (const [key, { day, tool, place }] of this.#sums)
      if (isIn(day, tool, [place])) this.#sums.delete(key);
    const touched = new Set([...requests, ...edits].map(({ task }) => task));
    for (const task of [...this.#tasks.values()]) {
      const left = [...this.#requests.values(), ...this.#edits.values()].filter((row) => row.task === task);
      const isEmpty = task.requests + task.edits + task.changes === 0;
      const lastDay = localDay({ at: task.endedAt, utcOffsetMinutes: 0 }).day;
      const ends = left.length === 0 || isIn(lastDay, task.tool, [task.place]);
      if (isEmpty || (isIn(task.day, task.tool, [task.place]) && ends)) this.#removeTask(task);
      else if (touched.has(task) && left.length === 0) this.#removeTask(task);
      else if (touched.has(task)) this.#makeAgain(task, left);
    }
    this.#from = Math.max(this.#from, now);
    return requests.length;
  }

  copy(): MemoryRequests {
    const copy = new MemoryRequests(this.#onWritten, this.#onAdded);
    copy.#steps = this.#steps.copy();
    const tasks = new Map([...this.#tasks.values()].map((task) => [task, { ...task }]));
    const taskOf = (task: Task) => tasks.get(task)!;
    for (const [key, task] of this.#tasks) copy.#tasks.set(key, taskOf(task));
    for (const [key, row] of this.#requests) copy.#requests.set(key, { ...row, task: taskOf(row.task) });
    for (const [key, row] of this.#edits) copy.#edits.set(key, { ...row, task: taskOf(row.task) });
    for (const [key, sum] of this.#sums) copy.#sums.set(key, { ...sum, latencies: new Map(sum.latencies) });
    for (const [id, task] of this.#links) copy.#links.set(id, taskOf(task));
    for (const [task, type] of this.#committed) copy.#committed.set(taskOf(task), type);
    return copy;
  }

  #addRequest({ task: taskKey, ...row }: RequestRow): void {
    const known = this.#requests.get(row.key);
    const own = known ?? ownOf(this.#requests, row, taskKey);
    if (own) {
      this.#changeRequest(own, own === known ? mergedRequest(known, row) : filledUp(own, row), taskKey);
      return;
    }
    if (row.at < this.#from) return;
    const task = this.#taskOf(taskKey, row);
    const told = toldOf(this.#requests, row, taskKey);
    const added = { ...((told && filledUp(row, told)) ?? row), task };
    this.#requests.set(row.key, added);
    this.#count(added, 1);
    if (told) this.#removeTold(told);
    if (!row.isSum) this.#onAdded({ key: row.key, at: row.at, place: task.place });
  }

  #changeRequest(known: StoredRequest, changed: Omit<RequestRow, "task"> | undefined, task: TaskKey): void {
    if (!changed) return;
    const told = toldOf(this.#requests, changed, task);
    const after = { ...((told && filledUp(changed, told)) ?? changed), task: known.task };
    this.#count(known, -1);
    this.#count(after, 1);
    this.#requests.set(known.key, after);
    if (told) this.#removeTold(told);
  }

  #removeTold(told: StoredRequest): void {
    this.#count(told, -1);
    this.#requests.delete(told.key);
    const { requests, edits } = told.task;
    const isLinked = [...this.#links.values()].includes(told.task);
    if (requests + edits === 0 && !isLinked) this.#removeTask(told.task);
  }

  #count(row: StoredRequest, sign: 1 | -1): void {
    const sums = sumsOfRequest(row);
    this.#addUp(row, sums, sign);
    const { task } = row;
    for (const name of [
      "requests",
      "unpriced",
      "input",
      "output",
      "cacheRead",
      "cacheWrite",
      "cacheWriteLong",
      "reasoning",
      "costNano",
    ] as const)
      task[name] += sign * sums[name];
    if (sign > 0) Object.assign(task, namesWith(task, row));
  }

  #addUp(row: StoredRequest, sums: RequestSums, sign: 1 | -1): void {
    const key = requestSumKey(row, row.task);
    const name = JSON.stringify(key);
    const found = this.#sums.get(name);
    if (!found && sign < 0) return;
    const zero = Object.fromEntries(requestSumNames.map((each) => [each, 0])) as Omit<
      Sum,
      "latencies" | keyof RequestSumKey
    >;
    const sum: Sum = found ?? { ...key, ...zero, latencies: new Map() };
    for (const each of requestSumNames) sum[each] += sign * sums[each];
    const bucket = bucketOf(row);
    if (bucket !== undefined) {
      const left = (sum.latencies.get(bucket) ?? 0) + sign;
      if (left > 0) sum.latencies.set(bucket, left);
      else sum.latencies.delete(bucket);
    }
    if (isOfAny(sum)) this.#sums.set(name, sum);
    else this.#sums.delete(name);
  }

  #addEdit({ task: taskKey, proposedAt, ...row }: TaskEditRow): Task | undefined {
    const known = this.#edits.get(row.key);
    if (!known && row.at < this.#from) return undefined;
    const task = known?.task ?? this.#taskOf(taskKey, firstMoment({ ...row, proposedAt }, this.#from));
    const merged = mergedTaskEdit<Omit<TaskEditRow, "task">>(known, row);
    this.#edits.set(row.key, { ...merged, task });
    Object.assign(task, namesWith(task, merged));
    task.edits += known ? 0 : 1;
    task.applied += (merged.outcome === "applied" ? 1 : 0) - (known?.outcome === "applied" ? 1 : 0);
    return task;
  }

  #taskOf({ key, tool, place }: TaskKey, moment: Moment): Task {
    const { day } = localDay(moment);
    const found = this.#tasks.get(key);
    if (!found) {
      const made = { key, tool, place, day, beganAt: moment.at, endedAt: moment.at, ...emptyTask };
      this.#tasks.set(key, made);
      return made;
    }
    if (moment.at < found.beganAt) Object.assign(found, { day, beganAt: moment.at });
    found.endedAt = Math.max(found.endedAt, moment.at);
    if (found.place === null && place !== null) this.#move(found, place);
    return found;
  }

  /** The folder of a task became known. */
  #move(task: Task, place: string): void {
    const own = [...this.#requests.values()].filter((row) => row.task === task);
    for (const row of own) this.#addUp(row, sumsOfRequest(row), -1);
    task.place = place;
    for (const row of own) this.#addUp(row, sumsOfRequest(row), 1);
  }

  #makeAgain(task: Task, left: readonly (StoredRequest | StoredEdit)[]): void {
    const { changes, keptChanges } = task;
    Object.assign(task, emptyTask, { changes, keptChanges });
    const sorted = [...left].sort((one, other) => one.at - other.at);
    const [first] = sorted;
    Object.assign(task, {
      day: localDay(first!).day,
      beganAt: first!.at,
      endedAt: sorted.at(-1)!.at,
    });
    for (const row of left) {
      Object.assign(task, namesWith(task, row));
      if ("uri" in row) {
        task.edits++;
        task.applied += row.outcome === "applied" ? 1 : 0;
      } else {
        const { requests, unpriced, costNano, ...sums } = sumsOfRequest(row);
        task.requests += requests;
        task.unpriced += unpriced;
        task.costNano += costNano;
        for (const name of tokenNames) task[name] += sums[name];
      }
    }
    this.#setType(task);
  }

  #setType(task: Task): void {
    const edits = this.editsOf(task.key);
    const uris = new Set(edits.map(({ uri }) => uri));
    const files = [...uris].map((uri) => pathBelow(task.place, uri));
    task.type = typeOfTask(this.#committed.get(task) ?? null, files);
    task.tried = edits.length === 0 || edits.length < task.edits ? null : triedEdits(edits);
  }

  #removeTask(task: Task): void {
    this.#tasks.delete(task.key);
    this.#committed.delete(task);
    for (const rows of [this.#requests, this.#edits])
      for (const [key, row] of rows) if (row.task === task) rows.delete(key);
    for (const [id, of] of this.#links) if (of === task) this.#links.delete(id);
  }

  #sortedTasks(): TaskRow[] {
    return [...this.#tasks.values()]
      .map((task) => ({ ...task }))
      .sort((one, other) => one.beganAt - other.beganAt || (one.key < other.key ? -1 : 1));
  }
}

function withoutTask({ key, at, utcOffsetMinutes, uri, mode, ...rest }: StoredEdit) {
  const { linesAdded, linesDeleted, outcome } = rest;
  return { key, at, utcOffsetMinutes, uri, mode, linesAdded, linesDeleted, outcome };
}

/** A tool may have been started below a workspace folder. */
function liesIn(place: string | null, folders: readonly string[] | undefined): boolean {
  if (!folders) return true;
  return place !== null && folders.some((folder) => place === folder || place.startsWith(`${folder}/`));
}
