import {
  addRetention,
  noSamples,
  sumsOfSample,
  type RetentionSums,
} from "../../core/retention/retentionCurve.ts";
import type { RetentionDay, RetentionRow } from "./retention.ts";
import type { SampleRow, SumKey } from "./store.ts";

/** How much is left of edits, in memory: added up by the sums that the edits belong to. */
export class MemoryRetention {
  readonly #sums = new Map<SumKey, Map<number, RetentionSums>>();

  add(sum: SumKey, sample: SampleRow, sign: 1 | -1 = 1): void {
    const byTime = this.#sums.get(sum) ?? new Map<number, RetentionSums>();
    const known = byTime.get(sample.dueMs) ?? noSamples;
    this.#sums.set(sum, byTime.set(sample.dueMs, addRetention(known, sumsOfSample(sample), sign)));
  }

  move(samples: Iterable<SampleRow>, from: SumKey, to: SumKey): void {
    for (const sample of samples) {
      this.add(from, sample, -1);
      this.add(to, sample);
    }
  }

  /** Adds the samples of sums up anew, of the edits that are left. */
  makeAgain(sum: SumKey, samples: readonly SampleRow[]): void {
    this.#sums.delete(sum);
    for (const sample of samples) this.add(sum, sample);
  }

  /** Of the sums that are still there. */
  read(sums: readonly SumKey[]): RetentionRow[] {
    const rows = new Map<string, RetentionRow>();
    for (const sum of sums) {
      const { kind, tool } = sum;
      for (const [dueMs, added] of this.#sums.get(sum) ?? []) {
        if (added.samples === 0 && added.apart === 0) continue;
        const key = { kind, tool, dueMs };
        const known = rows.get(JSON.stringify(key)) ?? { ...key, ...noSamples };
        rows.set(JSON.stringify(key), { ...known, ...addRetention(known, added) });
      }
    }
    return [...rows.values()];
  }

  /** Of AI edits, at one time after each. */
  readByDay(sums: readonly SumKey[], dueMs: number): RetentionDay[] {
    const rows = new Map<string, RetentionDay>();
    for (const sum of sums) {
      const { day, kind, tool, model } = sum;
      const added = this.#sums.get(sum)?.get(dueMs);
      if (kind !== "ai" || !added || (added.samples === 0 && added.apart === 0)) continue;
      const key = { day, kind, tool, model, dueMs };
      const known = rows.get(JSON.stringify(key)) ?? { ...key, ...noSamples };
      rows.set(JSON.stringify(key), { ...known, ...addRetention(known, added) });
    }
    return [...rows.values()];
  }

  forgetSum(sum: SumKey): void {
    this.#sums.delete(sum);
  }

  clear(): void {
    this.#sums.clear();
  }
}
