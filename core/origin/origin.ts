import {
  strengthSchema,
  type Evidence,
  type Mode,
  type Origin,
  type Strength,
} from "../../protocol/origin.ts";
import { originKey } from "./originKey.ts";

export interface Resolution {
  readonly origin: Origin;
  /** Undefined while the origin is unknown. */
  readonly strength: Strength | undefined;
  /** Which evidence speaks for the origin, best first. */
  readonly sources: readonly string[];
  /** Origins claimed with equal strength that cannot all be true. */
  readonly conflict?: readonly Origin[];
  /** What a heuristic takes for AI. Never enough to say so. */
  readonly hint?: Origin;
}

type AiOrigin = Extract<Origin, { kind: "ai" }>;
type AiEvidence = Evidence & { readonly origin: AiOrigin };

const unknown: Resolution = { origin: { kind: "unknown" }, strength: undefined, sources: [] };

/** Decides who made an edit. Any evidence in any order has an answer, and more may come later. */
export function resolveOrigin(edit: { readonly at: number }, evidence: readonly Evidence[]): Resolution {
  const label = latestLabel(evidence);
  if (label && label.origin.kind !== "unknown") {
    return { origin: label.origin, strength: "labelled", sources: [label.source] };
  }

  const ranked = withoutMereChannel(
    // Labels that were withdrawn say nothing.
    evidence.filter(({ origin, strength }) => origin.kind !== "unknown" && strength !== "labelled"),
  ).sort(byRank(edit.at));
  const best = ranked[0];
  if (!best) return unknown;
  const equals = ranked.filter(({ strength }) => strength === best.strength);
  const hint = equals.find(isAi);
  if (best.strength === "inferred" && hint) return { ...unknown, hint: hint.origin };

  const { origin, rivals } = isAi(best) ? completed(best, ranked) : { origin: best.origin, rivals: [] };
  const conflict = rivals.length > 0 ? rivals : contradicting(best, equals);
  return {
    origin,
    strength: best.strength,
    sources: [...new Set(ranked.filter((item) => agrees(item.origin, origin)).map(({ source }) => source))],
    ...(conflict.length > 0 ? { conflict } : {}),
  };
}

/** A label is what the person last said; one of unknown origin takes back what was said before. */
function latestLabel(evidence: readonly Evidence[]): Evidence | undefined {
  return evidence
    .filter(({ strength }) => strength === "labelled")
    .reduce<Evidence | undefined>(
      (latest, item) => (latest && latest.at > item.at ? latest : item),
      undefined,
    );
}

/**
 * `external` only says that a change came by way of the disk, however surely; a record that says who wrote it does not
 * contradict it, it explains it.
 */
function withoutMereChannel(evidence: readonly Evidence[]): Evidence[] {
  const isExplained = evidence.some(
    ({ origin, strength }) => origin.kind !== "external" && strength !== "inferred",
  );
  return evidence.filter(({ origin }) => !isExplained || origin.kind !== "external");
}

/** Strength first, then the more filled fields, then the record nearest the change in time. */
function byRank(at: number): (first: Evidence, second: Evidence) => number {
  return (first, second) =>
    rankOf(first.strength) - rankOf(second.strength) ||
    filledFields(second.origin) - filledFields(first.origin) ||
    Math.abs(first.at - at) - Math.abs(second.at - at);
}

function rankOf(strength: Strength): number {
  return strengthSchema.options.indexOf(strength);
}

/** Fills what the best evidence leaves open from what agrees with it. Tools that claim the same text are rivals. */
function completed(best: AiEvidence, ranked: readonly Evidence[]): { origin: Origin; rivals: Origin[] } {
  const claims = ranked.filter(isAi).filter(({ strength }) => strength !== "inferred");
  const naming = claims.filter(({ origin }) => origin.tool !== undefined);
  const tool = naming[0]?.origin.tool;
  const rivals = naming.filter(({ strength }) => strength === naming[0]?.strength);
  if (rivals.some(({ origin }) => origin.tool !== tool)) {
    const mode = agreedMode(best.origin.tool === undefined ? [best] : rivals);
    return {
      origin: { kind: "ai", ...(mode && { mode }) },
      rivals: distinct(rivals.map(({ origin }) => origin)),
    };
  }
  const agreeing = claims.filter(({ origin }) => origin.tool === undefined || origin.tool === tool);
  const model = agreeing.find(({ origin }) => origin.model !== undefined)?.origin.model;
  const mode = agreeing.find(({ origin }) => origin.mode !== undefined)?.origin.mode;
  return {
    origin: { kind: "ai", ...(tool && { tool }), ...(model && { model }), ...(mode && { mode }) },
    rivals: [],
  };
}

function agreedMode(claims: readonly AiEvidence[]): Mode | undefined {
  const mode = claims[0]?.origin.mode;
  return claims.every(({ origin }) => origin.mode === mode) ? mode : undefined;
}

/** What equally strong evidence says of the kind, if not the same. Heuristics contradict each other all the time. */
function contradicting(best: Evidence, equals: readonly Evidence[]): Origin[] {
  if (best.strength === "inferred" || equals.every(({ origin }) => origin.kind === best.origin.kind))
    return [];
  return distinct(equals.map(({ origin }) => origin));
}

function agrees(claim: Origin, origin: Origin): boolean {
  if (claim.kind !== "ai" || origin.kind !== "ai") return claim.kind === origin.kind;
  return claim.tool === undefined || origin.tool === undefined || claim.tool === origin.tool;
}

function isAi(evidence: Evidence): evidence is AiEvidence {
  return evidence.origin.kind === "ai";
}

function filledFields(origin: Origin): number {
  return Object.values(origin).filter((value) => value !== undefined).length;
}

function distinct(origins: readonly Origin[]): Origin[] {
  return [...new Map(origins.map((origin) => [originKey(origin), origin])).values()];
}
