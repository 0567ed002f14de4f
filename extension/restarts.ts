/** Starts that are allowed within the time below, after which the server is left stopped. */
const mostRestarts = 3;
const withinMs = 3 * 60_000;

/** Says whether a server that ended may be started again, so that a crash never becomes a loop. */
export class Restarts {
  /** Of a clock that nobody sets: three crashes after it was set back are no loop, and three before are none less. */
  readonly #now: () => number;
  #endedAt: number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  mayStartAgain(): boolean {
    const now = this.#now();
    this.#endedAt = [...this.#endedAt.filter((at) => now - at < withinMs), now];
    return this.#endedAt.length <= mostRestarts;
  }

  /** How often it ended within the time. */
  get count(): number {
    return this.#endedAt.length;
  }

  forget(): void {
    this.#endedAt = [];
  }
}
