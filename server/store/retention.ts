import type { RetentionSums } from "../../core/retention/retentionCurve.ts";
import type { SumKey, SumsRange } from "./store.ts";

/** One time after each edit. */
export interface RetentionRange extends SumsRange {
  readonly dueMs: number;
}

/** Sums over samples of a model's AI edits of one day: what one day holds belongs together. */
export type RetentionDay = Pick<SumKey, "day" | "kind" | "tool" | "model"> &
  RetentionSums & { readonly dueMs: number };

/** Sums over samples of one tool's edits, at one time after each: no question is any finer. */
export type RetentionRow = Pick<SumKey, "kind" | "tool"> & RetentionSums & { readonly dueMs: number };
