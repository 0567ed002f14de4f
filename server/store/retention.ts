import type { RetentionSums } from "../../core/retentionCurve.ts";
import type { SumKey } from "./store.ts";

/** Sums over samples of one tool's edits, at one time after each: no question is any finer. */
export type RetentionRow = Pick<SumKey, "kind" | "tool"> & RetentionSums & { readonly dueMs: number };
