import { localDay } from "../../../core/day.ts";
import { isForgotten } from "../../../core/forgetting.ts";
import type { ForgetScope } from "../../../protocol/forget.ts";
import type { StepRow, TriedEditRow } from "../steps.ts";
import type { Connection } from "./open.ts";

export interface StepReads {
  steps(since: number): StepRow[];
  tried(since: number): TriedEditRow[];
  readsOf(taskKeys: readonly string[], since: number): Map<string, number>;
}

const columns = `key, task_key AS taskKey, tool, place, at, utc_offset_minutes AS utcOffsetMinutes, kind, subject`;

export function prepareStepReads(connection: Connection): StepReads {
  const since = connection.prepare<[number], StepRow>(
    `SELECT ${columns} FROM steps WHERE at >= ? ORDER BY at, key`,
  );
  const tried = connection.prepare<[number], TriedEditRow>(
    `SELECT tasks.key AS taskKey, tool, at, uri FROM task_edits JOIN tasks ON tasks.id = task_id
     WHERE at >= ? AND outcome IN ('applied', 'unknown') ORDER BY at, task_edits.key`,
  );
  const reads = connection.prepare<[number, string], { readonly key: string; readonly reads: number }>(
    `SELECT task_key AS key, count(*) AS reads FROM steps
     WHERE at >= ? AND kind = 'read' AND task_key IN (SELECT value FROM json_each(?)) GROUP BY task_key`,
  );
  return {
    steps: (at) => since.all(at),
    tried: (at) => tried.all(at),
    readsOf: (taskKeys, at) =>
      new Map(reads.all(at, JSON.stringify(taskKeys)).map((row) => [row.key, row.reads])),
  };
}

/** To be called inside a writing transaction. What is new and from before a moment is passed over. */
export function prepareWriteSteps(connection: Connection): (rows: readonly StepRow[], from: number) => void {
  const insert = connection.prepare<(string | number | null)[]>(
    `INSERT INTO steps (key, task_key, tool, place, at, utc_offset_minutes, kind, subject)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  return (rows, from) => {
    for (const { key, taskKey, tool, place, at, utcOffsetMinutes, kind, subject } of rows)
      if (at >= from) insert.run(key, taskKey, tool, place, at, utcOffsetMinutes, kind, subject);
  };
}

/** To be called inside a writing transaction. */
export function forgetSteps(connection: Connection, scope: ForgetScope): void {
  const rows = connection
    .prepare<[], Pick<StepRow, "at" | "utcOffsetMinutes" | "tool" | "place"> & { readonly id: number }>(
      "SELECT id, at, utc_offset_minutes AS utcOffsetMinutes, tool, place FROM steps",
    )
    .all();
  const remove = connection.prepare<[number]>("DELETE FROM steps WHERE id = ?");
  for (const { id, tool, place, ...moment } of rows)
    if (isForgotten({ day: localDay(moment).day, kind: "ai", tool }, [place], scope)) remove.run(id);
}
