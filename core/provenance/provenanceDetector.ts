import type { Evidence, OriginKind } from "../../protocol/origin.ts";
import { labelSchema, type DetectorQuality, type Label } from "../../protocol/provenance.ts";
import { resolveOrigin } from "../origin/origin.ts";
import { withoutLabels } from "./provenanceLabel.ts";
import { measureShare } from "../summary/ratio.ts";

interface JudgedEdit {
  readonly at: number;
  readonly evidence: readonly Evidence[];
}

interface Judgement {
  readonly label: Label;
  readonly predicted: OriginKind;
}

/**
 * How often the evidence says what the person says. All edits that were labelled in one go and are taken for the same
 * kind are one judgement: thirty typed keys selected together are no thirty tests of the detector.
 */
export function detectorQuality(edits: readonly JudgedEdit[]): DetectorQuality {
  const judgements = new Map<string, Judgement>();
  let judgedEdits = 0;
  let withoutEvidence = 0;
  for (const edit of edits) {
    const label = latestLabel(edit.evidence);
    if (!label) continue;
    const evidence = withoutLabels(edit.evidence);
    if (evidence.length === 0) {
      withoutEvidence += 1;
      continue;
    }
    judgedEdits += 1;
    const predicted = resolveOrigin(edit, evidence).origin.kind;
    judgements.set(`${label.at} ${label.label} ${predicted}`, { label: label.label, predicted });
  }
  const all = [...judgements.values()];
  return {
    n: all.length,
    edits: judgedEdits,
    withoutEvidence,
    confusion: confusionOf(all),
    ai: detected(all, "ai"),
    human: detected(all, "human"),
  };
}

function latestLabel(evidence: readonly Evidence[]): { label: Label; at: number } | undefined {
  let latest: { label: Label; at: number } | undefined;
  for (const { strength, origin, at } of evidence) {
    if (strength !== "labelled" || (latest && latest.at > at)) continue;
    const label = labelSchema.safeParse(origin.kind);
    latest = label.success ? { label: label.data, at } : undefined;
  }
  return latest;
}

function confusionOf(judgements: readonly Judgement[]): DetectorQuality["confusion"] {
  const cells = new Map<string, DetectorQuality["confusion"][number]>();
  for (const { label, predicted } of judgements) {
    const key = `${label} ${predicted}`;
    const cell = cells.get(key) ?? { label, predicted, count: 0 };
    cells.set(key, { ...cell, count: cell.count + 1 });
  }
  return [...cells.values()].sort((one, other) => other.count - one.count);
}

function detected(judgements: readonly Judgement[], kind: Label): DetectorQuality["ai"] {
  const labelled = judgements.filter(({ label }) => label === kind).length;
  const predicted = judgements.filter((judgement) => judgement.predicted === kind).length;
  const right = judgements.filter(
    (judgement) => judgement.label === kind && judgement.predicted === kind,
  ).length;
  const precision = share(right, predicted);
  const recall = share(right, labelled);
  const enough = precision.needsMore === 0 && recall.needsMore === 0;
  return { precision, recall, f1: enough ? (2 * right) / (labelled + predicted) : null };
}

/** Each judgement is one part of one whole. */
function share(part: number, whole: number): DetectorQuality["ai"]["precision"] {
  return measureShare({
    n: whole,
    part,
    whole,
    partSquared: part,
    wholeSquared: whole,
    partTimesWhole: part,
  });
}
