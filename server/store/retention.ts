import type { RetentionSums } from "../../core/retentionCurve.ts";
import type { SumKey } from "./store.ts";

/** Sums over samples of one day's edits of one origin, at one time after each. */
export type RetentionRow = Pick<
  SumKey,
  "day" | "workspace" | "languageId" | "kind" | "tool" | "model" | "mode"
> &
  RetentionSums & { readonly dueMs: number };
