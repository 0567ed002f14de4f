import { localDay } from "../../core/day.ts";
import { isForgotten } from "../../core/forgetting.ts";
import type { AllowanceWindow } from "../../protocol/allowance.ts";
import type { ForgetScope } from "../../protocol/forget.ts";
import type { FigureBatch, FigureRow, FigureStore, HeardRow } from "./figures.ts";
import type { Limits, SumsRange, Written } from "./store.ts";

/** What tools say of themselves, in memory. */
export class MemoryFigures implements FigureStore {
  readonly #onWritten: () => void;
  readonly #figures = new Map<string, FigureRow>();
  readonly #allowances = new Map<string, AllowanceWindow>();
  readonly #heard = new Map<string, HeardRow>();

  constructor(onWritten: () => void) {
    this.#onWritten = onWritten;
  }

  write({ figures = [], allowances = [], heard = [] }: FigureBatch): Written {
    for (const row of figures) {
      const key = JSON.stringify([row.day, row.tool, row.measure, row.detail]);
      const { count, total } = this.#figures.get(key) ?? { count: 0, total: 0 };
      this.#figures.set(key, { ...row, count: row.count + count, total: row.total + total });
    }
    for (const window of allowances) {
      const key = JSON.stringify([window.tool, window.windowMinutes]);
      if (window.readAt >= (this.#allowances.get(key)?.readAt ?? 0)) this.#allowances.set(key, window);
    }
    for (const { isAll, ...row } of heard) {
      const key = JSON.stringify([row.tool, row.way]);
      const known = this.#heard.get(key) ?? { at: 0, taken: 0, notUnderstood: 0 };
      this.#heard.set(key, {
        ...row,
        at: Math.max(known.at, row.at),
        taken: row.taken + (isAll ? 0 : known.taken),
        notUnderstood: row.notUnderstood + (isAll ? 0 : known.notUnderstood),
      });
    }
    this.#onWritten();
    return { outcome: "written" };
  }

  figures({ from, to }: Pick<SumsRange, "from" | "to">): FigureRow[] {
    return [...this.#figures.values()].filter(({ day }) => from <= day && day <= to);
  }

  allowances(): AllowanceWindow[] {
    return [...this.#allowances.values()];
  }

  heard(): HeardRow[] {
    return [...this.#heard.values()];
  }

  prune({ editsBefore, sumsBefore }: Limits): void {
    const heardBefore = Date.parse(`${sumsBefore}T00:00:00Z`) || 0;
    removeFrom(this.#figures, ({ day }) => day < sumsBefore);
    removeFrom(this.#allowances, ({ readAt }) => readAt < editsBefore);
    removeFrom(this.#heard, ({ at }) => at < heardBefore);
  }

  forget(scope: ForgetScope): void {
    const isIn = (day: string, tool: string) => isForgotten({ day, kind: "ai", tool }, [], scope);
    const dayOf = (at: number) => localDay({ at, utcOffsetMinutes: 0 }).day;
    removeFrom(this.#figures, ({ day, tool }) => isIn(day, tool));
    removeFrom(this.#allowances, ({ readAt, tool }) => isIn(dayOf(readAt), tool));
    removeFrom(this.#heard, ({ at, tool }) => isIn(dayOf(at), tool));
  }
}

function removeFrom<Row>(rows: Map<string, Row>, isGone: (row: Row) => boolean): void {
  for (const [key, row] of rows) if (isGone(row)) rows.delete(key);
}
