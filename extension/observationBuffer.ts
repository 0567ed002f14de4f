import type { Observation } from "../protocol/observation.ts";

/** Observations kept for a server that is not there; about ten minutes of fast typing. */
export const mostObservations = 1000;

/**
 * Numbers observations and keeps them until the server has committed them, so that a restarted server can be told
 * again. Past the limit the oldest go, and are counted.
 */
export class ObservationBuffer {
  #unacknowledged: Observation[] = [];
  /** How many of the unacknowledged the present server was already told. */
  #sent = 0;
  #lastSequence = 0;
  #dropped = 0;

  add(observation: Omit<Observation, "sequence">): void {
    this.#unacknowledged.push({ sequence: ++this.#lastSequence, ...observation });
    if (this.#unacknowledged.length <= mostObservations) return;
    this.#unacknowledged.shift();
    this.#sent = Math.max(0, this.#sent - 1);
    this.#dropped++;
  }

  /** What the present server was not told yet. */
  takeUnsent(): Observation[] {
    const unsent = this.#unacknowledged.slice(this.#sent);
    this.#sent = this.#unacknowledged.length;
    return unsent;
  }

  acknowledge(sequence: number): void {
    const kept = this.#unacknowledged.findIndex((observation) => observation.sequence > sequence);
    const gone = kept === -1 ? this.#unacknowledged.length : kept;
    this.#unacknowledged.splice(0, gone);
    this.#sent = Math.max(0, this.#sent - gone);
  }

  /** A new server knows nothing yet. */
  sendAllAgain(): void {
    this.#sent = 0;
  }

  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }
}
