import type { OriginKind } from "../../protocol/origin.ts";
import type { WayOfDay } from "../../protocol/past.ts";
import { standingOf, type OutcomeCount } from "./funnel.ts";
import type { RetentionSums } from "../retention/retentionCurve.ts";

/** An edit that is mostly taken back so soon was undone. */
export const takenBackAtMs = 5 * 60_000;

export type DatedOutcome = OutcomeCount & { readonly kind: OriginKind; readonly day?: string };
export type DatedRetention = RetentionSums & {
  readonly dueMs: number;
  readonly kind: string;
  readonly day?: string;
};

/** The way of AI edits, day by day, the first day first; days of which nothing is known are left out. */
export function wayOfDays(
  outcomes: readonly DatedOutcome[],
  retention: readonly DatedRetention[],
): WayOfDay[] {
  const days = new Map<string, WayOfDay>();
  const dayOf = (day: string): WayOfDay => {
    const known = days.get(day) ?? {
      ...{ day, accepted: none(), keptAt15: none(), committed: none() },
      ...{ undone: none(), problems: none(), repeated: none() },
    };
    days.set(day, known);
    return known;
  };
  for (const { kind, day, stage, outcome, edits } of outcomes) {
    if (kind !== "ai" || day === undefined) continue;
    if (stage === "accepted" || stage === "committed")
      countCommitted(dayOf(day).committed, stage, outcome, edits);
    if (!isCounted(stage)) continue;
    const standing = standingOf(stage, outcome);
    if (standing === "reached" || standing === "left")
      count(dayOf(day)[stage], edits, standing === "reached" ? edits : 0);
  }
  for (const { kind, day, dueMs, judged, reverted } of retention) {
    if (kind === "ai" && day !== undefined && dueMs === takenBackAtMs && judged > 0)
      count(dayOf(day).undone, judged, reverted);
  }
  return [...days.values()].map(withinBounds).sort((one, other) => (one.day < other.day ? -1 : 1));
}

type Cases = WayOfDay["accepted"];

function none(): Cases {
  return { cases: 0, of: 0 };
}

/** Every edit has an acceptance, known or not; few have an outcome of commits yet. */
function countCommitted(into: Cases, stage: "accepted" | "committed", outcome: string, edits: number): void {
  if (stage === "accepted") count(into, edits, 0);
  else if (standingOf(stage, outcome) === "reached") count(into, 0, edits);
  else if (standingOf(stage, outcome) !== "left") count(into, -edits, 0);
}

/** Sums of another version may hold outcomes of edits that have no acceptance. */
function withinBounds(way: WayOfDay): WayOfDay {
  const { cases, of } = way.committed;
  return { ...way, committed: { cases, of: Math.max(cases, of) } };
}

type Counted = Exclude<keyof WayOfDay, "day" | "undone" | "committed">;

const counted: readonly string[] = [
  "accepted",
  "keptAt15",
  "problems",
  "repeated",
] satisfies readonly Counted[];

function isCounted(stage: OutcomeCount["stage"]): stage is Counted {
  return counted.includes(stage);
}

function count(into: Cases, of: number, cases: number): void {
  into.of += of;
  into.cases += cases;
}
