import type { Observation } from "../../protocol/observation.ts";
import type { SyncedChange } from "./openDocument.ts";

/** Changes of one document whose observations are still to come, and observations whose changes are. */
export class Joint {
  readonly #changes: { readonly change: SyncedChange; readonly at: number; readonly since: number }[] = [];
  readonly #observations = new Map<number, { readonly observation: Observation; readonly since: number }>();
  /** Observations of changes that came before the document was opened. */
  readonly gap: Observation[] = [];

  /** `since` is of a clock that nobody sets, because a wait is measured by it; `at` is the time of day. */
  addChange(change: SyncedChange, at: number, since: number): void {
    this.#changes.push({ change, at, since });
  }

  addObservation(observation: Observation, since: number): void {
    this.#observations.set(observation.version, { observation, since });
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
    const observation = this.#observations.get(next.change.version)?.observation;
    if (!observation && next.since > waitedSince) return undefined;
    this.#changes.shift();
    this.#observations.delete(next.change.version);
    return { ...next, observation };
  }

  /** Takes out the observations up to a version: their changes will not come. */
  takePassed(version: number): Observation[] {
    return this.#takeWhere(({ observation }) => observation.version <= version);
  }

  /** Takes out the observations that came before a moment and still wait. */
  takeStale(before: number): Observation[] {
    return this.#takeWhere(({ since }) => since < before);
  }

  /** The numbers of observations that are not part of an edit yet. */
  get sequences(): number[] {
    const waiting = [...this.#observations.values()].map(({ observation }) => observation);
    return [...waiting, ...this.gap].map(({ sequence }) => sequence);
  }

  #takeWhere(isMeant: (waiting: { observation: Observation; since: number }) => boolean): Observation[] {
    const taken = [...this.#observations.values()].filter(isMeant).map(({ observation }) => observation);
    for (const { version } of taken) this.#observations.delete(version);
    return taken;
  }
}
