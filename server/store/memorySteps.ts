import { localDay } from "../../core/day.ts";
import { isForgotten } from "../../core/forgetting.ts";
import type { ForgetScope } from "../../protocol/forget.ts";
import type { StepRow } from "./steps.ts";

/** What agents did besides writing, in memory. */
export class MemorySteps {
  readonly #rows = new Map<string, StepRow>();

  write(rows: readonly StepRow[], from: number): void {
    for (const row of rows) if (row.at >= from && !this.#rows.has(row.key)) this.#rows.set(row.key, row);
  }

  since(at: number): StepRow[] {
    return [...this.#rows.values()]
      .filter((row) => row.at >= at)
      .sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1));
  }

  prune(before: number): void {
    this.#removeWhere(({ at }) => at < before);
  }

  forget(scope: ForgetScope): void {
    this.#removeWhere((row) =>
      isForgotten({ day: localDay(row).day, kind: "ai", tool: row.tool }, [row.place], scope),
    );
  }

  clear(): void {
    this.#rows.clear();
  }

  copy(): MemorySteps {
    const copy = new MemorySteps();
    for (const [key, row] of this.#rows) copy.#rows.set(key, row);
    return copy;
  }

  #removeWhere(isGone: (row: StepRow) => boolean): void {
    for (const [key, row] of this.#rows) if (isGone(row)) this.#rows.delete(key);
  }
}
