import type { Mode } from "../../../protocol/origin.ts";
import type { TaskRow } from "../requests.ts";
import type { SumsRange } from "../store.ts";
import { holdAnswers, holdDays, mostLongAnswers, type Revision } from "./heldRows.ts";
import type { Connection } from "./open.ts";

export interface TaskReads {
  tasks(range: SumsRange): TaskRow[];
  tasksSince(at: number): TaskRow[];
}

export const readNoTasks: TaskReads = { tasks: () => [], tasksSince: () => [] };

/** As the columns are asked for: rows without names are read in half the time. */
type StoredTask = readonly [
  ...texts: [key: string, tool: string, place: string, day: string],
  ...times: [beganAt: number, endedAt: number],
  ...names: [models: string, modes: string, type: TaskRow["type"]],
  ...requests: [requests: number, unpriced: number],
  ...tokens: [
    ...[input: number, output: number, cacheRead: number, cacheWrite: number],
    ...[cacheWriteLong: number, reasoning: number],
  ],
  ...cost: [costNano: number],
  ...edits: [edits: number, applied: number, changes: number, keptChanges: number],
  ...tried: [failed: number | null, rejected: number | null, files: number | null, lines: number | null],
];
const columns = `key, tool, place, day, began_at, ended_at, models, modes, type, requests, unpriced, input, output,
  cache_read, cache_write, cache_write_long, reasoning, cost_nano, edits, applied, changes, kept_changes,
  failed, rejected, files, lines`;

/** A tool may have been started below a workspace folder. */
export const isIn = `(@workspaces IS NULL OR place <> '' AND EXISTS (SELECT 1 FROM json_each(@workspaces)
  WHERE place = value OR substr(place, 1, length(value) + 1) = value || '/'))`;

export function prepareTaskReads(connection: Connection, revision: Revision): TaskReads {
  const ofDays = connection
    .prepare<[Record<string, unknown>], StoredTask>(
      `SELECT ${columns} FROM tasks WHERE day BETWEEN @from AND @to AND ${isIn}`,
    )
    .raw();
  const since = connection
    .prepare<[number], StoredTask>(`SELECT ${columns} FROM tasks WHERE ended_at >= ?`)
    .raw();
  const read = holdDays(revision, ({ from, to, workspaces }: SumsRange) => {
    const given = { from, to, workspaces: workspaces ? JSON.stringify(workspaces) : null };
    return ofDays.all(given).map(taskOf()).sort(oldestFirst);
  });
  return {
    // Who travels may begin a task of a later day before one of an earlier. Not sorted by the database, which would carry
    // all columns through it.
    tasks: (range) => read(range).sort(oldestFirst),
    tasksSince: holdAnswers(revision, (at) => since.all(at).map(taskOf()).sort(oldestFirst), mostLongAnswers),
  };
}

/** Thousands of tasks have a handful of tools, places, models and modes: each is held once. */
function taskOf(): (stored: StoredTask) => TaskRow {
  const texts = new Map<string, string>();
  const text = (given: string): string => {
    const known = texts.get(given);
    if (known === undefined) texts.set(given, given);
    return known ?? given;
  };
  const [models, modes] = [namesIn<string>(), namesIn<Mode>()];
  return (stored) => {
    const [failed, rejected, files, lines] = [stored[22], stored[23], stored[24], stored[25]];
    return {
      key: stored[0],
      tool: text(stored[1]),
      place: stored[2] === "" ? null : text(stored[2]),
      day: text(stored[3]),
      beganAt: stored[4],
      endedAt: stored[5],
      models: models(stored[6]),
      modes: modes(stored[7]),
      type: text(stored[8]) as TaskRow["type"],
      requests: stored[9],
      unpriced: stored[10],
      input: stored[11],
      output: stored[12],
      cacheRead: stored[13],
      cacheWrite: stored[14],
      cacheWriteLong: stored[15],
      reasoning: stored[16],
      costNano: stored[17],
      edits: stored[18],
      applied: stored[19],
      changes: stored[20],
      keptChanges: stored[21],
      tried:
        failed === null || rejected === null || files === null ? null : { failed, rejected, files, lines },
    };
  };
}

function namesIn<Name>(): (text: string) => readonly Name[] {
  const parsed = new Map<string, readonly Name[]>();
  return (text) => {
    const names = parsed.get(text) ?? (JSON.parse(text) as Name[]);
    parsed.set(text, names);
    return names;
  };
}

function oldestFirst(one: TaskRow, other: TaskRow): number {
  return one.beganAt - other.beganAt || (one.key < other.key ? -1 : 1);
}
