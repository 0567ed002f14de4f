import type { AllowanceWindow } from "../../protocol/allowance.ts";
import type { FigureMeasure } from "../../core/tools/toolRecords.ts";
import type { SumsRange, Written } from "./store.ts";

/** What a tool counts of its own edits on one day. Never of one edit, nor of one folder. */
export interface FigureRow {
  /** The person's local day. */
  readonly day: string;
  readonly tool: string;
  readonly measure: FigureMeasure;
  /** Of a decision, whose it was; of what is left, after how many ms. */
  readonly detail: string;
  readonly count: number;
  /** Sum of the scores; of decisions their number. */
  readonly total: number;
}

/** How a tool tells of itself. */
export type Way = "hook" | "log" | "telemetry";

/** What was heard of a tool in one way. */
export interface HeardRow {
  readonly tool: string;
  readonly way: Way;
  /** When it was heard of last. */
  readonly at: number;
  /** What was taken in, and what was not understood. */
  readonly taken: number;
  readonly notUnderstood: number;
}

/** What is written in one transaction. */
export interface FigureBatch {
  /** Added to what is known of the same day, tool, measure and detail. */
  readonly figures?: readonly FigureRow[];
  /** The later of two of the same tool and length stays. */
  readonly allowances?: readonly AllowanceWindow[];
  /** `isAll`: the counts take the place of those that are known, because the same was read again. */
  readonly heard?: readonly (HeardRow & { readonly isAll: boolean })[];
}

/** What tools say of themselves as a whole. In no particular order. */
export interface FigureStore {
  write(batch: FigureBatch): Written;
  /** Tools do not say where: it is of all folders. */
  figures(range: Pick<SumsRange, "from" | "to">): FigureRow[];
  allowances(): AllowanceWindow[];
  heard(): HeardRow[];
}
