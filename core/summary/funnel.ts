import {
  funnelOutcomes,
  steps,
  wayStage,
  wayUnseen,
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
  if (outcome === "earlier" || outcome === "apart") return wayUnseen[outcome];
  const outcomes: Readonly<Partial<Record<string, { readonly words: string }>>> = funnelOutcomes[stage];
  return (Object.hasOwn(outcomes, outcome) ? outcomes[outcome]?.words : undefined) ?? outcome;
}

export interface OutcomeCount {
  readonly stage: Stage | typeof wayStage;
  readonly outcome: string;
  readonly edits: number;
}

/** The funnel from sums: what has no outcome is not there yet. */
export function funnelOf(edits: number, counts: readonly OutcomeCount[]): Funnel {
  const found = new Map(steps.map((step) => [step, new Map<string, number>()]));
  for (const { stage, outcome, edits: some } of counts) {
    const step = steps.find((each) => each === stage);
    if (step) count(found.get(step)!, outcome, some);
  }
  return {
    edits,
    proposed: null,
    way: waySteps(edits, counts),
    stages: steps.map((step) => {
      const byOutcome = found.get(step)!;
      return stepOf(step, byOutcome, Math.max(0, edits - sum([...byOutcome.values()])));
    }),
  };
}

const nothing = "";

/** All steps of an edit as they are counted together; undefined for what is no AI edit. */
export function wayOf(outcomes: Readonly<Partial<Record<Step, string | null>>>): string | undefined {
  if (outcomes.accepted == null) return undefined;
  return steps.map((step) => outcomes[step] ?? nothing).join("/");
}

function waySteps(edits: number, counts: readonly OutcomeCount[]): FunnelStage[] {
  const found = new Map(steps.map((step) => [step, new Map<string, number>()]));
  // A few ways come again on every day.
  const ways = new Map<string, number>();
  for (const { stage, outcome: way, edits: some } of counts) if (stage === wayStage) count(ways, way, some);
  for (const [way, some] of ways)
    for (const [step, outcome] of placesOf(way)) count(found.get(step)!, outcome, some);
  const counted = sum([...ways.values()]);
  const apart = Math.max(0, edits - counted);
  return steps.map((step) => {
    const byOutcome = found.get(step)!;
    count(byOutcome, "apart", apart);
    const pending = byOutcome.get(nothing) ?? 0;
    byOutcome.delete(nothing);
    return stepOf(step, byOutcome, pending);
  });
}

/**
 * Where one way got to. Whoever got to a later step went through those before that nobody saw: what is in a commit was saved
 * and accepted. That it was saved or committed does not say that it was left after fifteen minutes: it may have been sooner.
 */
export function placesOf(way: string): [Step, string][] {
  const told = way.split("/");
  const outcomes = new Map(steps.map((step, at) => [step, told[at] ?? nothing]));
  const standings = new Map(steps.map((step) => [step, standingAt(step, outcomes.get(step)!)]));
  for (const [step, by] of impliedBy) {
    const isOpen = standings.get(step) !== "reached" && standings.get(step) !== "left";
    if (!isOpen || !by.some((other) => standings.get(other) === "reached")) continue;
    standings.set(step, "reached");
    outcomes.set(step, byDefault[step]);
  }
  const places: [Step, string][] = [];
  let isUnknown = false;
  for (const step of steps) {
    const standing = standings.get(step)!;
    const isUnseen: boolean = standing === "unseen" || (isUnknown && standing === "reached");
    places.push([step, isUnseen && standing === "reached" ? "earlier" : outcomes.get(step)!]);
    if (standing === "left") break;
    if (standing === "pending") {
      for (const later of steps.slice(steps.indexOf(step) + 1)) places.push([later, nothing]);
      break;
    }
    isUnknown ||= isUnseen;
  }
  return places;
}

/** The last steps first: what they imply may imply more. */
const impliedBy: readonly (readonly [Step, readonly Step[]])[] = [
  ["committed", ["aliveAt30"]],
  ["saved", ["committed"]],
  ["keptAt15", ["aliveAt30"]],
  ["accepted", ["keptAt15", "committed"]],
];

const byDefault = {
  accepted: "accepted",
  keptAt15: "kept",
  saved: "saved",
  committed: "committed",
  aliveAt30: "alive",
} as const satisfies { readonly [S in Step]: OutcomeOf<S> };

function standingAt(step: Step, outcome: string): Standing | "pending" {
  return outcome === nothing ? "pending" : (standingOf(step, outcome) ?? "unseen");
}

function stepOf(stage: Step, byOutcome: ReadonlyMap<string, number>, pending: number): FunnelStage {
  const all = [...byOutcome]
    .map(([outcome, edits]) => ({ outcome, edits, standing: standingOf(stage, outcome) ?? "unseen" }))
    .filter(({ edits }) => edits > 0)
    .sort((one, other) => other.edits - one.edits || (one.outcome < other.outcome ? -1 : 1));
  const of = (standing: Standing) => all.filter((each) => each.standing === standing);
  const added = (each: typeof all) => sum(each.map(({ edits }) => edits));
  const plain = (each: typeof all) => each.map(({ outcome, edits }) => ({ outcome, edits }));
  return {
    stage,
    reached: added(of("reached")),
    left: added(of("left")),
    pending,
    unseen: plain(of("unseen")),
    outcomes: plain([...of("reached"), ...of("left")]),
  };
}

function count(into: Map<string, number>, outcome: string, edits: number): void {
  if (edits > 0) into.set(outcome, (into.get(outcome) ?? 0) + edits);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
