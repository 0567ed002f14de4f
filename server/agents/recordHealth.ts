import type { AllowanceWindow } from "../../protocol/allowance.ts";
import type { FigureStore, HeardRow } from "../store/figures.ts";
import type { RecordsRead } from "./reading/recordWatch.ts";

/** Of a log that grows by the second. */
const writeEveryMs = 10_000;

/**
 * Stores whether tools' own records are still understood, and what they say of plans. The counts are of what this process
 * read: another that reads the same begins anew.
 */
export class RecordHealth {
  readonly #store: FigureStore;
  readonly #heard = new Map<string, HeardRow>();
  #allowances = new Map<string, AllowanceWindow>();
  #changed = new Set<string>();
  #writtenAt = 0;

  constructor(store: FigureStore) {
    this.#store = store;
  }

  take(
    read: Pick<RecordsRead, "at" | "edits" | "requests" | "taskEdits" | "problems" | "allowances" | "goesOn">,
  ): void {
    // An edit is told twice where it is of a task, too.
    const edits = read.taskEdits.length > 0 ? read.taskEdits : read.edits;
    for (const { tool } of [...edits, ...read.requests]) this.#add(tool, read.at, 1, 0);
    for (const [tool, count] of Object.entries(read.problems)) this.#add(tool, read.at, 0, count);
    for (const window of read.allowances) {
      const key = JSON.stringify([window.tool, window.windowMinutes]);
      if (window.readAt >= (this.#allowances.get(key)?.readAt ?? 0)) this.#allowances.set(key, window);
    }
    const isDue = !read.goesOn && read.at - this.#writtenAt >= writeEveryMs;
    if (isDue && (this.#changed.size > 0 || this.#allowances.size > 0)) this.#write(read.at);
  }

  #add(tool: string, at: number, taken: number, notUnderstood: number): void {
    const known = this.#heard.get(tool) ?? { taken: 0, notUnderstood: 0 };
    this.#heard.set(tool, {
      tool,
      way: "log",
      at,
      taken: known.taken + taken,
      notUnderstood: known.notUnderstood + notUnderstood,
    });
    this.#changed.add(tool);
  }

  #write(at: number): void {
    const heard = [...this.#changed].map((tool) => ({ ...this.#heard.get(tool)!, isAll: true }));
    const { outcome } = this.#store.write({ heard, allowances: [...this.#allowances.values()] });
    if (outcome === "retry") return;
    this.#writtenAt = at;
    this.#changed = new Set();
    this.#allowances = new Map();
  }
}
