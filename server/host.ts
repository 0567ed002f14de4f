/** What the server gets from outside: time, identity and somewhere to say what happened. */
export interface Host {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since some moment, by a clock that nobody sets: for measuring how long something takes. */
  elapsedMs(): number;
  /** Minutes east of UTC, at a moment. */
  utcOffsetMinutes(at: number): number;
  uuid(): string;
  /** Runs something once, later. The answer stops it. A timer never keeps the process alive. */
  startTimer(afterMs: number, run: () => void): () => void;
  readonly log: Log;
}

/** Local only: may name the user's own files. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
}
