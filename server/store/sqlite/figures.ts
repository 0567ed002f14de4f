import { localDay } from "../../../core/day.ts";
import { isForgotten } from "../../../core/forgetting.ts";
import type { AllowanceWindow } from "../../../protocol/allowance.ts";
import type { ForgetScope } from "../../../protocol/forget.ts";
import type { FigureBatch, FigureRow, FigureStore, HeardRow } from "../figures.ts";
import type { Limits } from "../store.ts";
import type { Connection } from "./open.ts";

export interface FigureReads {
  figures: FigureStore["figures"];
  allowances: FigureStore["allowances"];
  heard: FigureStore["heard"];
}

export const readNoFigures: FigureReads = { figures: () => [], allowances: () => [], heard: () => [] };

export function prepareFigureReads(connection: Connection): FigureReads {
  const figures = connection.prepare<[string, string], FigureRow>(
    "SELECT day, tool, measure, detail, count, total FROM tool_figures WHERE day BETWEEN ? AND ?",
  );
  const allowances = connection.prepare<[], AllowanceWindow>(
    `SELECT tool, window_minutes AS windowMinutes, used_share AS usedShare, resets_at AS resetsAt, read_at AS readAt
     FROM allowances`,
  );
  const heard = connection.prepare<[], HeardRow>(
    "SELECT tool, way, at, taken, not_understood AS notUnderstood FROM heard",
  );
  return {
    figures: ({ from, to }) => figures.all(from, to),
    allowances: () => allowances.all(),
    heard: () => heard.all(),
  };
}

/** To be called inside a writing transaction. */
export function prepareWriteFigures(connection: Connection): (batch: FigureBatch) => void {
  const figure = connection.prepare<[FigureRow]>(
    `INSERT INTO tool_figures (day, tool, measure, detail, count, total)
     VALUES (@day, @tool, @measure, @detail, @count, @total)
     ON CONFLICT (day, tool, measure, detail)
     DO UPDATE SET count = count + excluded.count, total = total + excluded.total`,
  );
  const allowance = connection.prepare<[AllowanceWindow]>(
    `INSERT INTO allowances (tool, window_minutes, used_share, resets_at, read_at)
     VALUES (@tool, @windowMinutes, @usedShare, @resetsAt, @readAt)
     ON CONFLICT (tool, window_minutes) DO UPDATE SET used_share = excluded.used_share,
       resets_at = excluded.resets_at, read_at = excluded.read_at WHERE excluded.read_at >= read_at`,
  );
  const heard = (counts: string) =>
    connection.prepare<[Omit<HeardRow, "isAll">]>(
      `INSERT INTO heard (tool, way, at, taken, not_understood) VALUES (@tool, @way, @at, @taken, @notUnderstood)
       ON CONFLICT (tool, way) DO UPDATE SET at = max(at, excluded.at), ${counts}`,
    );
  const more = heard(
    "taken = taken + excluded.taken, not_understood = not_understood + excluded.not_understood",
  );
  const all = heard("taken = excluded.taken, not_understood = excluded.not_understood");
  return (batch) => {
    for (const row of batch.figures ?? []) figure.run(row);
    for (const row of batch.allowances ?? []) allowance.run(row);
    for (const { isAll, ...row } of batch.heard ?? []) (isAll ? all : more).run(row);
  };
}

/** To be called inside a writing transaction. */
export function preparePruneFigures(connection: Connection): (limits: Limits) => void {
  const figures = connection.prepare<[string]>("DELETE FROM tool_figures WHERE day < ?");
  const allowances = connection.prepare<[number]>("DELETE FROM allowances WHERE read_at < ?");
  const heard = connection.prepare<[number]>("DELETE FROM heard WHERE at < ?");
  return ({ editsBefore, sumsBefore }) => {
    figures.run(sumsBefore);
    allowances.run(editsBefore);
    heard.run(Date.parse(`${sumsBefore}T00:00:00Z`) || 0);
  };
}

/** None of it is of a folder: of a repository alone nothing goes. */
export function forgetFigures(connection: Connection, scope: ForgetScope): void {
  const dayOf = (at: number) => localDay({ at, utcOffsetMinutes: 0 }).day;
  const forget = (table: string, moment: string, day: (moment: never) => string) => {
    const all = connection
      .prepare<[], { id: number; tool: string; moment: never }>(
        `SELECT id, tool, ${moment} AS moment FROM ${table}`,
      )
      .all();
    const remove = connection.prepare<[number]>(`DELETE FROM ${table} WHERE id = ?`);
    for (const { id, tool, moment } of all)
      if (isForgotten({ day: day(moment), kind: "ai", tool }, [], scope)) remove.run(id);
  };
  forget("tool_figures", "day", (day: string) => day);
  forget("allowances", "read_at", dayOf);
  forget("heard", "at", dayOf);
}
