import {
  funnelOutcomes,
  steps,
  type Funnel,
  type FunnelStage,
  type OutcomeOf,
  type Stage,
  type Step,
  type Standing,
} from "../../protocol/funnel.ts";
import type { Evidence, Origin } from "../../protocol/origin.ts";

/** Evidence that says of a completion that a part of it was accepted. */
export const partSources: readonly string[] = ["acceptPart", "detailedReason.part"];

/** How an AI edit came to be in the text, as far as its evidence says. Undefined for what is no AI edit. */
export function acceptanceOf(
  origin: { readonly kind: Origin["kind"]; readonly mode?: string | null | undefined },
  evidence: readonly Pick<Evidence, "source" | "strength">[],
): OutcomeOf<"accepted"> | undefined {
  if (origin.kind !== "ai") return undefined;
  if (evidence.some(({ source }) => partSources.includes(source))) return "partly";
  const told = evidence.some(({ strength }) => strength === "exact" || strength === "matched");
  if (!told) return "notTold";
  switch (origin.mode) {
    case "completion":
    case "nextEdit":
      return "accepted";
    case "inlineChat":
    case "chat":
    case "agent":
      return "auto";
    default:
      return "notTold";
  }
}

/** How long after an edit it is asked whether it was kept. */
export const keptAtMs = 15 * 60_000;
/** By then a sample that was to be taken has been taken, or nobody could. */
export const givenUpAfterMs = 30 * 60_000;

/** What a sample says of an edit's way, if it is the one that is asked. */
export function keptOf(sample: {
  readonly dueMs: number;
  readonly arc: number;
  readonly late: boolean;
}): OutcomeOf<"keptAt15"> | undefined {
  if (sample.dueMs !== keptAtMs) return undefined;
  if (sample.late) return "late";
  return sample.arc > 0 ? "kept" : "gone";
}

/** What stands after another outcome comes: what was seen stays, unless the person takes an acceptance back. */
export function followingOutcome(stage: Stage, before: string | undefined, after: string): string {
  if (before === undefined) return after;
  const known = standingOf(stage, before);
  if (known === undefined || known === "unseen") return after;
  const next = standingOf(stage, after);
  if (next === "unseen") return before;
  if (stage === "accepted") return after;
  return known === "left" ? after : before;
}

export function standingOf(stage: Stage, outcome: string): Standing | undefined {
  const outcomes: Readonly<Partial<Record<string, { readonly standing: Standing }>>> = funnelOutcomes[stage];
  return Object.hasOwn(outcomes, outcome) ? outcomes[outcome]?.standing : undefined;
}

/** An outcome in words; one of another version says its own name. */
export function outcomeWords(stage: Stage, outcome: string): string {
  const outcomes: Readonly<Partial<Record<string, { readonly words: string }>>> = funnelOutcomes[stage];
  return (Object.hasOwn(outcomes, outcome) ? outcomes[outcome]?.words : undefined) ?? outcome;
}

export interface OutcomeCount {
  readonly stage: Stage;
  readonly outcome: string;
  readonly edits: number;
}

/** The funnel from sums: what has no outcome is not there yet. */
export function funnelOf(edits: number, counts: readonly OutcomeCount[]): Funnel {
  return { edits, proposed: null, stages: steps.map((step) => stageOf(step, edits, counts)) };
}

function stageOf(stage: Step, edits: number, counts: readonly OutcomeCount[]): FunnelStage {
  const byOutcome = new Map<string, number>();
  for (const each of counts) {
    if (each.stage === stage) byOutcome.set(each.outcome, (byOutcome.get(each.outcome) ?? 0) + each.edits);
  }
  const all = [...byOutcome]
    .map(([outcome, of]) => ({ outcome, edits: of, standing: standingOf(stage, outcome) ?? "unseen" }))
    .filter((each) => each.edits > 0)
    .sort((one, other) => other.edits - one.edits || (one.outcome < other.outcome ? -1 : 1));
  const of = (standing: Standing) => all.filter((each) => each.standing === standing);
  const sum = (each: readonly { readonly edits: number }[]) =>
    each.reduce((total, { edits: some }) => total + some, 0);
  const plain = (each: typeof all) => each.map(({ outcome, edits: some }) => ({ outcome, edits: some }));
  return {
    stage,
    reached: sum(of("reached")),
    left: sum(of("left")),
    pending: Math.max(0, edits - sum(all)),
    unseen: plain(of("unseen")),
    outcomes: plain([...of("reached"), ...of("left")]),
  };
}
