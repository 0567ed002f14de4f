/** Others wait no longer than that for one slice. */
const sliceMs = 4;

/** Who does something long beside what others ask for. */
export interface Pace {
  /** By a clock that nobody sets. */
  readonly elapsedMs: () => number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does work step by step and lets whatever was asked for meanwhile be answered every few milliseconds; without a pace, in
 * one go. Undefined where it was stopped.
 */
export async function inSlices<Result>(
  steps: Generator<undefined, Result, undefined>,
  pace: Pace | undefined,
): Promise<Result | undefined> {
  let began = pace?.elapsedMs() ?? 0;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (!pace || pace.elapsedMs() - began < sliceMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    if (pace.signal?.aborted) return undefined;
    began = pace.elapsedMs();
  }
}
