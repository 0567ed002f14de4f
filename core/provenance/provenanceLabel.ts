import type { Evidence, Origin } from "../../protocol/origin.ts";
import type { Saying } from "../../protocol/provenance.ts";
import { resolveOrigin } from "../origin/origin.ts";
import type { Spans } from "../spans/spans.ts";

/** Where the evidence of a label comes from. */
export const labelSource = "label";
export const withdrawnSource = "labelWithdrawn";

/** A label says whether AI wrote the text. Which AI did is taken from what else is known or supposed. */
export function labelledOrigin(
  label: Saying,
  edit: { readonly at: number },
  evidence: readonly Evidence[],
): Origin {
  if (label === "withdrawn") return { kind: "unknown" };
  if (label === "human") return { kind: "human" };
  const { origin, hint } = resolveOrigin(edit, withoutLabels(evidence));
  if (origin.kind === "ai") return origin;
  return hint ?? { kind: "ai" };
}

export function withoutLabels(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter(({ strength }) => strength !== "labelled");
}

/** Whether the person said something that still holds. */
export function isLabelled(edit: { readonly at: number }, evidence: readonly Evidence[]): boolean {
  return resolveOrigin(edit, evidence).strength === "labelled";
}

export interface LabelTargets {
  /** Edits at least half of whose text lies in the ranges. */
  readonly inside: readonly string[];
  /** Edits of which a smaller part does: what is said of that part is not true of the edit. */
  readonly beyond: readonly string[];
  /** Code units in the ranges that come from no edit that is known. */
  readonly unknownChars: number;
}

/** Which edits are meant by ranges of a text. The ranges may overlap and come in any order. */
export function labelTargets(
  spans: Spans,
  ranges: readonly { readonly start: number; readonly end: number }[],
  isKnown: (id: string) => boolean,
): LabelTargets {
  const inRanges = new Map<string, number>();
  let unknownChars = 0;
  for (const { start, end } of joined(ranges)) {
    for (const { owner, length } of spans.runs(start, end)) {
      if (owner === undefined || !isKnown(owner)) unknownChars += length;
      else inRanges.set(owner, (inRanges.get(owner) ?? 0) + length);
    }
  }
  const inside: string[] = [];
  const beyond: string[] = [];
  for (const [owner, chars] of inRanges) {
    const { kept, restored } = spans.ownedBy(owner);
    (2 * chars >= kept + restored ? inside : beyond).push(owner);
  }
  return { inside, beyond, unknownChars };
}

function joined(
  ranges: readonly { readonly start: number; readonly end: number }[],
): { start: number; end: number }[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
