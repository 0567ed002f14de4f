/** What the extension gets from outside: time and identity. */
export interface Host {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since some moment, by a clock that nobody sets: for measuring how long something takes. */
  elapsedMs(): number;
  /** Minutes east of UTC, at a moment. */
  utcOffsetMinutes(at: number): number;
  uuid(): string;
  /** Runs something once, later. The answer stops it. */
  startTimer(afterMs: number, run: () => void): () => void;
}
