import type { Host } from "../host.ts";

interface RoundsParts {
  readonly host: Pick<Host, "startTimer">;
  /** Gives the milliseconds until the next one; undefined where there is none. It never fails. */
  readonly round: () => Promise<number | undefined>;
  /** How long to wait where one still goes on. */
  readonly busyMs: number;
}

/** One round after the other, never two at once. */
export class Rounds {
  readonly #parts: RoundsParts;
  #stopTimer: (() => void) | undefined;
  #isBusy = false;

  constructor(parts: RoundsParts) {
    this.#parts = parts;
  }

  get isWaiting(): boolean {
    return this.#stopTimer !== undefined;
  }

  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  /** The next one comes then, whatever was planned. */
  after(ms: number): void {
    const { host, round, busyMs } = this.#parts;
    this.#stopTimer?.();
    this.#stopTimer = host.startTimer(ms, () => {
      if (this.#isBusy) {
        this.after(busyMs);
        return;
      }
      this.#isBusy = true;
      void round().then((nextMs) => {
        this.#isBusy = false;
        // Stopped meanwhile, or told to look again at once.
        if (this.#stopTimer === undefined) return;
        if (nextMs === undefined) this.#stopTimer = undefined;
        else this.after(nextMs);
      });
    });
  }
}
