import { detectorQuality } from "../../../core/provenance/provenanceDetector.ts";
import { summarise, type SummaryRow } from "../../../core/summary/summary.ts";
import type { MeasuredShare } from "../../../protocol/share.ts";
import type { Question, Summary } from "../../../protocol/summary.ts";

export const month: Question = { days: 30, scope: "workspace" };
export const today = "2026-11-20";

const sums = {
  hour: 9,
  tool: null,
  model: null,
  mode: null,
  edits: 1,
  insertingEdits: 1,
  insertedChars: 10,
  deletedChars: 0,
  keptChars: 5,
  insertedSquared: 100,
  keptSquared: 25,
  insertedTimesKept: 50,
} as const;

/** One hour of one origin: 10 characters inserted, 5 of them left. */
export function hourOf(row: Partial<SummaryRow>): SummaryRow {
  return { day: today, kind: "ai", ...sums, ...row };
}

export function summaryOf(question: Question, rows: readonly SummaryRow[] = [hourOf({})]): Summary {
  return summarise({
    question,
    today,
    synthetic: false,
    rows,
    outcomes: [],
    drops: [],
    detector: detectorQuality([]),
  });
}

/** A share with enough data behind it, unless told otherwise. */
export function shareOf(value: number | null, low: number | null, high: number | null): MeasuredShare {
  return { value, low, high, n: 50, needsMore: 0 };
}
