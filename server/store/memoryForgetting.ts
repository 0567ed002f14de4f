import { toCompact } from "../../core/spans/compactSpans.ts";
import { localDay } from "../../core/day.ts";
import { disown } from "../../core/spans/disown.ts";
import { isForgotten, isWholeRepository, sumFate, toolOf } from "../../core/forgetting.ts";
import type { Forgotten, ForgetScope } from "../../protocol/forget.ts";
import { originSchema } from "../../protocol/origin.ts";
import { spansOfRow } from "../edits/gap.ts";
import type { MemoryOverwrites } from "./memoryOverwrites.ts";
import type { MemoryStages } from "./memoryStages.ts";
import { change, type Sum } from "./memorySums.ts";
import type { DocumentRow, EditRow, EvidenceRow, SampleRow, SumRow } from "./store.ts";
import { sumsOfEdit } from "./sums.ts";

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

interface Summed {
  readonly row: EditRow;
  readonly sum: Sum;
  readonly samples: ReadonlyMap<number, SampleRow>;
}

/** Takes sums that are in a scope away, and makes those of which a part is in it again from the edits that are left. */
export function forgetSums(
  held: {
    readonly sums: Map<string, Sum>;
    readonly edits: readonly Summed[];
    readonly overwrites: Pick<MemoryOverwrites, "madeAgain">;
    readonly stages: Pick<MemoryStages, "forgetSum" | "recount" | "retention">;
  },
  gone: readonly Summed[],
  scope: ForgetScope,
): Pick<Forgotten, "sums" | "undivided"> {
  let sums = 0;
  let undivided = 0;
  for (const [key, sum] of held.sums) {
    const lost = gone.filter((edit) => edit.sum === sum).length;
    const fate = fateOfSum(sum, lost > 0, scope);
    if (fate === "left") continue;
    const left = held.edits.filter((edit) => edit.sum === sum);
    if (fate === "gone" || left.length < sum.edits) sums++;
    if (fate === "again" && left.length < sum.edits - lost) undivided++;
    if (fate === "gone" || left.length === 0) {
      held.sums.delete(key);
      held.stages.forgetSum(sum);
    }
    if (fate === "again" && left.length < sum.edits) {
      change(sum, { ...sum }, -1);
      for (const { row } of left) change(sum, sumsOfEdit(row), 1);
      const ids = left.map(({ row }) => row.id);
      held.stages.recount(sum, ids);
      held.overwrites.madeAgain(sum);
      held.stages.retention.makeAgain(
        sum,
        left.flatMap(({ samples }) => [...samples.values()]),
      );
    }
  }
  return { sums, undivided };
}

/** What becomes of sums: gone, made again from single edits, or left. */
function fateOfSum(sum: SumRow, hasLostEdits: boolean, scope: ForgetScope): "gone" | "again" | "left" {
  const fate = sumFate(sum, scope);
  if (fate === "whole") return "gone";
  return fate === "part" || hasLostEdits ? "again" : "left";
}

/** Whether a document goes with a repository that goes whole. */
export function isDocumentInScope(
  { uri, workspace }: Pick<DocumentRow, "uri" | "workspace">,
  scope: ForgetScope,
): boolean {
  const made = { day: "", kind: "unknown", tool: null } as const;
  return isWholeRepository(scope) && isForgotten(made, [uri, workspace], scope);
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

/** How much less there is of each. */
export function fewer<Counts extends Readonly<Record<string, number>>>(
  before: Counts,
  after: Counts,
): Counts {
  return Object.fromEntries(
    Object.entries(before).map(([name, count]) => [name, count - after[name]!]),
  ) as Counts;
}
