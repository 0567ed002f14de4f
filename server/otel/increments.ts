import type { Measured, TelemetryRecord } from "./telemetryRecord.ts";

/** A tool that counts by more than it may must not fill the memory. */
const mostSeries = 5000;

/** What a metric gained since it was sent the last time: most tools send all that was counted since they started. */
export class Increments {
  readonly #since: number;
  readonly #sent = new Map<string, Measured>();

  /** `since` is when one began to listen: what was counted before was counted by somebody else, or never will be. */
  constructor(since: number) {
    this.#since = since;
  }

  of(record: TelemetryRecord, measured: Measured): Measured {
    if (!measured.isCumulative) return measured;
    const { name, startedAt, attributes } = record;
    const series = JSON.stringify([name, startedAt, [...attributes].sort()]);
    const known = this.#sent.get(series);
    this.#sent.delete(series);
    this.#sent.set(series, measured);
    if (this.#sent.size > mostSeries) this.#sent.delete(this.#sent.keys().next().value!);
    const isOwn = startedAt !== undefined && startedAt >= this.#since;
    const before = known ?? (isOwn ? { count: 0, total: 0 } : measured);
    // What falls began anew.
    if (measured.count < before.count) return measured;
    return { ...measured, count: measured.count - before.count, total: measured.total - before.total };
  }
}
