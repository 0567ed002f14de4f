import { localDay } from "../../core/day.ts";
import type { EditRow, OriginRow, SumKey, Sums } from "./store.ts";

type Numbers = Pick<EditRow, "insertedChars" | "deletedChars" | "keptChars">;

/** What one edit adds to the sums. */
export function sumsOfEdit(edit: Numbers): Sums {
  const { insertedChars: inserted, deletedChars, keptChars: kept } = edit;
  return {
    edits: 1,
    insertingEdits: inserted > 0 ? 1 : 0,
    insertedChars: inserted,
    deletedChars,
    keptChars: kept,
    insertedSquared: inserted * inserted,
    keptSquared: kept * kept,
    insertedTimesKept: inserted * kept,
  };
}

/** Where an edit is added up. */
export function sumKeyOfEdit(
  edit: Pick<EditRow, "at" | "utcOffsetMinutes" | "origin">,
  document: { readonly workspace: string | null; readonly languageId: string },
): SumKey {
  return {
    ...localDay(edit),
    workspace: document.workspace,
    languageId: document.languageId,
    ...sumOriginOf(edit.origin),
  };
}

export function sumOriginOf({
  kind,
  tool,
  model,
  mode,
}: OriginRow): Pick<SumKey, "kind" | "tool" | "model" | "mode"> {
  return { kind, tool, model, mode };
}

/** What the sums change by when an edit's numbers become others. It stays one edit. */
export function sumsOfGrowth(before: Numbers, after: Numbers): Sums {
  const from = sumsOfEdit(before);
  const to = sumsOfEdit(after);
  return {
    edits: 0,
    insertingEdits: to.insertingEdits - from.insertingEdits,
    insertedChars: to.insertedChars - from.insertedChars,
    deletedChars: to.deletedChars - from.deletedChars,
    keptChars: to.keptChars - from.keptChars,
    insertedSquared: to.insertedSquared - from.insertedSquared,
    keptSquared: to.keptSquared - from.keptSquared,
    insertedTimesKept: to.insertedTimesKept - from.insertedTimesKept,
  };
}

/** What the sums change by when an edit keeps `kept` code units instead of `before`. */
export function sumsOfRemoval(insertedChars: number, before: number, kept: number): Sums {
  return {
    edits: 0,
    insertingEdits: 0,
    insertedChars: 0,
    deletedChars: 0,
    keptChars: kept - before,
    insertedSquared: 0,
    keptSquared: kept * kept - before * before,
    insertedTimesKept: insertedChars * (kept - before),
  };
}

/** What is kept of an edit after a removal. More cannot be removed than is there. */
export function keptAfter(kept: number, removedChars: number): number {
  return Math.max(0, kept - removedChars);
}
