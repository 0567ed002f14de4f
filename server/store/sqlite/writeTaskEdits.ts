import { triedEdits, type ToldEdit } from "../../../core/requests/taskEdits.ts";
import { pathBelow, typeOfTask } from "../../../core/requests/taskType.ts";
import type { Mode } from "../../../protocol/origin.ts";
import { firstMoment, mergedTaskEdit, type TaskEditRow, type TaskKey } from "../requests.ts";
import type { Connection } from "./open.ts";
import type { TaskMoment, TaskWrites } from "./writeTasks.ts";

/** What the edits of one transaction add to their task. */
interface Added {
  edits: number;
  applied: number;
  readonly modes: Set<Mode>;
}

/** To be called inside a writing transaction. What is new and from before a moment is passed over. */
export function prepareWriteTaskEdits(
  connection: Connection,
  tasks: TaskWrites,
): (rows: readonly TaskEditRow[], from: number) => void {
  const find = connection.prepare<[string], Omit<TaskEditRow, "task"> & { readonly taskId: number }>(
    `SELECT key, task_id AS taskId, at, utc_offset_minutes AS utcOffsetMinutes, uri, mode,
       lines_added AS linesAdded, lines_deleted AS linesDeleted, outcome FROM task_edits WHERE key = ?`,
  );
  const knownOf = connection
    .prepare<[string], string>("SELECT key FROM task_edits WHERE key IN (SELECT value FROM json_each(?))")
    .pluck();
  const insert = connection.prepare<(string | number | null)[]>(
    `INSERT INTO task_edits (key, task_id, at, utc_offset_minutes, uri, mode, lines_added, lines_deleted, outcome)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET at = excluded.at, mode = excluded.mode, lines_added = excluded.lines_added,
       lines_deleted = excluded.lines_deleted, outcome = excluded.outcome`,
  );
  const addToTask = connection.prepare<[number, number, number]>(
    "UPDATE tasks SET edits = edits + ?, applied = applied + ? WHERE id = ?",
  );
  const setType = prepareSetType(connection);
  return (rows, from) => {
    const addedTo = new Map<number, Added>();
    const touched = new TouchedTasks(tasks);
    const stored = new Set(knownOf.all(JSON.stringify(rows.map(({ key }) => key))));
    for (const { task, proposedAt, ...row } of rows) {
      const known = stored.has(row.key) ? find.get(row.key) : undefined;
      if (!known && row.at < from) continue;
      const id = known?.taskId ?? touched.idOf(task, firstMoment({ ...row, proposedAt }, from));
      const merged = mergedTaskEdit<Omit<TaskEditRow, "task">>(known, row);
      const { at, utcOffsetMinutes, uri, mode, linesAdded, linesDeleted, outcome } = merged;
      insert.run(row.key, id, at, utcOffsetMinutes, uri, mode, linesAdded, linesDeleted, outcome);
      stored.add(row.key);
      const added = addedTo.get(id) ?? { edits: 0, applied: 0, modes: new Set<Mode>() };
      added.edits += known ? 0 : 1;
      added.applied += appliedOf(merged) - (known ? appliedOf(known) : 0);
      if (mode !== null) added.modes.add(mode);
      addedTo.set(id, added);
    }
    touched.write();
    for (const [id, { edits, applied, modes }] of addedTo) {
      addToTask.run(edits, applied, id);
      for (const mode of modes) tasks.addMode(id, mode);
    }
    for (const id of addedTo.keys()) setType(id);
  };
}

/** The tasks of one transaction's edits, each asked for once; how far it reaches is written when all are known. */
class TouchedTasks {
  readonly #tasks: TaskWrites;
  readonly #known = new Map<TaskKey, { readonly id: number; first: TaskMoment; last: TaskMoment }>();

  constructor(tasks: TaskWrites) {
    this.#tasks = tasks;
  }

  idOf(task: TaskKey, moment: TaskMoment): number {
    const known = this.#known.get(task);
    if (!known) {
      const { id } = this.#tasks.of(task, moment);
      this.#known.set(task, { id, first: moment, last: moment });
      return id;
    }
    if (moment.at < known.first.at) known.first = moment;
    if (moment.at > known.last.at) known.last = moment;
    return known.id;
  }

  write(): void {
    for (const [task, { first, last }] of this.#known)
      for (const moment of [first, last]) this.#tasks.of(task, moment);
  }
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

function appliedOf({ outcome }: Pick<TaskEditRow, "outcome">): number {
  return outcome === "applied" ? 1 : 0;
}
