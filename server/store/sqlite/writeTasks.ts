import { localDay } from "../../../core/day.ts";
import type { Mode } from "../../../protocol/origin.ts";
import type { changesOfEdit, TaskKey } from "../requests.ts";
import type { Connection } from "./open.ts";

export interface StoredTask {
  readonly id: number;
  readonly tool: string;
  readonly place: string | null;
}

export interface TaskMoment {
  readonly at: number;
  readonly utcOffsetMinutes: number;
}

export interface TaskWrites {
  /** The task of a key, made if there is none, and stretched so that a moment lies in it. */
  of(task: TaskKey, moment: TaskMoment): StoredTask;
  /** Adds what recorded edits changed to a task; none for those of no task. */
  readonly change: (id: number | null, before: Changes | undefined, after: Changes | undefined) => void;
  readonly addModel: (id: number, model: string) => void;
  readonly addMode: (id: number, mode: Mode) => void;
}

type Changes = ReturnType<typeof changesOfEdit>;

/** To be called inside a writing transaction; `moved` is told of a task whose folder became known. */
export function prepareTasks(connection: Connection, moved: (task: StoredTask) => void): TaskWrites {
  const find = connection.prepare<[string], StoredTask & { beganAt: number; endedAt: number }>(
    `SELECT id, tool, nullif(place, '') AS place, began_at AS beganAt, ended_at AS endedAt FROM tasks WHERE key = ?`,
  );
  const make = connection
    .prepare<[Record<string, unknown>], number>(
      `INSERT INTO tasks (key, tool, place, day, began_at, ended_at, models, type, requests, unpriced, input, output,
         cache_read, cache_write, cache_write_long, reasoning, cost_nano, edits, applied, changes, kept_changes)
       VALUES (@key, @tool, ifnull(@place, ''), @day, @at, @at, '[]', 'unknown', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
       RETURNING id`,
    )
    .pluck();
  const begin = connection.prepare<[string, number, number]>(
    "UPDATE tasks SET day = ?, began_at = ? WHERE id = ?",
  );
  const end = connection.prepare<[number, number]>("UPDATE tasks SET ended_at = ? WHERE id = ?");
  const setPlace = connection.prepare<[string, number]>("UPDATE tasks SET place = ? WHERE id = ?");
  const change = connection.prepare<[number, number, number]>(
    "UPDATE tasks SET changes = changes + ?, kept_changes = kept_changes + ? WHERE id = ?",
  );
  return {
    of: (task, moment) => {
      const { day } = localDay(moment);
      const found = find.get(task.key);
      if (!found) {
        const id = make.get({ ...task, day, at: moment.at })!;
        return { id, tool: task.tool, place: task.place };
      }
      if (moment.at < found.beganAt) begin.run(day, moment.at, found.id);
      if (moment.at > found.endedAt) end.run(moment.at, found.id);
      const { id, tool } = found;
      if (found.place !== null || task.place === null) return { id, tool, place: found.place };
      setPlace.run(task.place, id);
      const placed = { id, tool, place: task.place };
      moved(placed);
      return placed;
    },
    change: (id, before, after) => {
      const changes = (after?.changes ?? 0) - (before?.changes ?? 0);
      const kept = (after?.keptChanges ?? 0) - (before?.keptChanges ?? 0);
      if (id !== null && (changes !== 0 || kept !== 0)) change.run(changes, kept, id);
    },
    addModel: prepareAddName(connection, "models"),
    addMode: prepareAddName(connection, "modes"),
  };
}

function prepareAddName(
  connection: Connection,
  names: "models" | "modes",
): (id: number, name: string) => void {
  const add = connection.prepare<[{ id: number; name: string }]>(
    `UPDATE tasks SET ${names} = (SELECT json_group_array(value) FROM
         (SELECT value FROM json_each(${names}) UNION SELECT @name ORDER BY 1))
     WHERE id = @id AND @name NOT IN (SELECT value FROM json_each(${names}))`,
  );
  return (id, name) => void add.run({ id, name });
}
