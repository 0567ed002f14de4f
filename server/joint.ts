import type { Observation } from "../protocol/observation.ts";
import type { SyncedChange } from "./openDocument.ts";

/** Changes of one document whose observations are still to come, and observations whose changes are. */
export class Joint {
  readonly #changes: { readonly change: SyncedChange; readonly at: number }[] = [];
  readonly #observations = new Map<number, Observation>();
  /** Observations of changes that came before the document was opened. */
  readonly gap: Observation[] = [];

  addChange(change: SyncedChange, at: number): void {
    this.#changes.push({ change, at });
  }

  addObservation(observation: Observation): void {
    this.#observations.set(observation.version, observation);
  }

  get isEmpty(): boolean {
    return this.#changes.length === 0;
  }

  /** Whether a change of that version waits here. */
  holds(version: number): boolean {
    return this.#changes.some(({ change }) => change.version === version);
  }

  /** The next change, once its observation is there or it has waited since `waitedSince` or longer. */
  take(
    waitedSince: number,
  ): { change: SyncedChange; at: number; observation: Observation | undefined } | undefined {
    const next = this.#changes[0];
    if (!next) return undefined;
    const observation = this.#observations.get(next.change.version);
    if (!observation && next.at > waitedSince) return undefined;
    this.#changes.shift();
    this.#observations.delete(next.change.version);
    return { ...next, observation };
  }

  /** Takes out the observations up to a version: their changes will not come. */
  takePassed(version: number): Observation[] {
    const passed = [...this.#observations.values()].filter((observation) => observation.version <= version);
    for (const observation of passed) this.#observations.delete(observation.version);
    return passed;
  }

  /** The numbers of observations that are not part of an edit yet. */
  get sequences(): number[] {
    return [...this.#observations.values(), ...this.gap].map(({ sequence }) => sequence);
  }
}
