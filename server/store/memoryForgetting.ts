import { toCompact } from "../../core/compactSpans.ts";
import { localDay } from "../../core/day.ts";
import { disown } from "../../core/disown.ts";
import { isForgotten, sumFate, toolOf } from "../../core/forgetting.ts";
import type { Forgotten, ForgetScope } from "../../protocol/forget.ts";
import { originSchema } from "../../protocol/origin.ts";
import { spansOfRow } from "../gap.ts";
import type { DocumentRow, EditRow, EvidenceRow, SumRow } from "./store.ts";

interface Stored {
  readonly row: EditRow;
  readonly sum: SumRow;
}

/** Which of the edits of a store are in a scope. */
export function editsInScope<Edit extends Stored>(
  edits: Iterable<Edit>,
  documentOf: (uri: string) => DocumentRow,
  scope: ForgetScope,
): Edit[] {
  return [...edits].filter(({ row, sum }) => {
    const { kind, tool } = row.origin;
    const places = [row.uri, documentOf(row.uri).workspace, sum.workspace];
    return isForgotten({ day: localDay(row).day, kind, tool }, places, scope);
  });
}

/** The evidence of another's edit without what names the tool. */
export function evidenceWithoutTool(evidence: readonly EvidenceRow[], tool: string): EvidenceRow[] {
  return evidence.filter(({ origin }) => {
    const parsed = originSchema.safeParse(JSON.parse(origin));
    if (!parsed.success || parsed.data.kind !== "ai") return true;
    return toolOf({ kind: "ai", tool: parsed.data.tool ?? null }) !== tool;
  });
}

/** What becomes of sums: gone, made again from single edits, or left. */
export function fateOfSum(sum: SumRow, hasLostEdits: boolean, scope: ForgetScope): "gone" | "again" | "left" {
  const fate = sumFate(sum, scope);
  if (fate === "whole") return "gone";
  return fate === "part" || hasLostEdits ? "again" : "left";
}

/** A document whose text belongs to known edits alone. */
export function withoutOwners(row: DocumentRow, isKnown: (owner: string) => boolean): DocumentRow {
  const spans = spansOfRow(row.spans, undefined);
  if (!spans) return row;
  return {
    ...row,
    rest: undefined,
    spans: { ...row.spans, spans: JSON.stringify(toCompact(disown(spans, isKnown))) },
  };
}

export function countsOf(
  edits: readonly { readonly row: EditRow; readonly samples: ReadonlyMap<number, unknown> }[],
  documents: number,
): Pick<Forgotten, "edits" | "evidence" | "samples" | "documents"> {
  return {
    edits: edits.length,
    evidence: edits.reduce((count, { row }) => count + row.evidence.length, 0),
    samples: edits.reduce((count, { samples }) => count + samples.size, 0),
    documents,
  };
}
