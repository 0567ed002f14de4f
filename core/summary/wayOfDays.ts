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
      ...{ day, accepted: none(), keptAt15: none(), undone: none(), problems: none(), repeated: none() },
    };
    days.set(day, known);
    return known;
  };
  for (const { kind, day, stage, outcome, edits } of outcomes) {
    if (kind !== "ai" || day === undefined || !isCounted(stage)) continue;
    const standing = standingOf(stage, outcome);
    if (standing === "reached" || standing === "left")
      count(dayOf(day)[stage], edits, standing === "reached" ? edits : 0);
  }
  for (const { kind, day, dueMs, judged, reverted } of retention) {
    if (kind === "ai" && day !== undefined && dueMs === takenBackAtMs && judged > 0)
      count(dayOf(day).undone, judged, reverted);
  }
  return [...days.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
}

type Cases = WayOfDay["accepted"];

function none(): Cases {
  return { cases: 0, of: 0 };
}

type Counted = Exclude<keyof WayOfDay, "day" | "undone">;

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
