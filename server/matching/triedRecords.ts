import type { Gathered } from "./openChanges.ts";
import type { Told } from "./toldRecords.ts";

/** What changes were compared with in vain: to compare two texts is dear, and nothing else comes of it. */
export class TriedRecords {
  readonly #tried = new WeakMap<Gathered, Map<string, string>>();

  /** Whether a change that led to this text is compared with other records than the last time. */
  isNew(change: Gathered, purpose: "explain" | "divide", after: string, told: readonly Told[]): boolean {
    const records = told.map(({ name, record: { text, outcome } }) => {
      const isBeforeKnown = text.kind === "whole" && text.before !== undefined;
      return `${text.kind} ${isBeforeKnown} ${outcome} ${name}`;
    });
    const tried = [after, ...records].join("\n");
    const known = this.#tried.get(change) ?? new Map<string, string>();
    this.#tried.set(change, known);
    if (known.get(purpose) === tried) return false;
    known.set(purpose, tried);
    return true;
  }
}
