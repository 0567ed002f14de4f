import { inputs, type Direction } from "../../core/metrics/metric.ts";
import { metrics } from "../../core/metrics/metrics.ts";
import { verdictOf, type Verdict } from "../../core/metrics/verdict.ts";
import { aiShare, keptShare, leastWeeks, trendOf, type MeasuredShare } from "./measured.ts";
import { isTool, toolsIn, type View } from "./period.ts";
import { shareOf, type TallyReading, type TallyRow } from "./tallyReading.ts";

/** The rows of the scorecard, in this order. */
export const dimensions = {
  adoption: "Adoption",
  speed: "Speed",
  quality: "Quality",
  reliability: "Reliability",
  cost: "Cost",
} as const;
export type DimensionName = keyof typeof dimensions;

export interface Card {
  readonly id: string;
  readonly dimension: DimensionName;
  readonly name: string;
  readonly definition: string;
  /** As text; undefined while there is not enough data. */
  readonly now: string | undefined;
  /** Interval and sample, or why there is no number. */
  readonly evidence: string;
  readonly target: string | undefined;
  readonly trend: string | undefined;
  /** Undefined where nothing is aimed at. */
  readonly verdict: Verdict | undefined;
  readonly action: string;
}

export type Targets = Readonly<Record<string, number>>;

/** Those whose numbers are waited for, a few of each dimension. */
const awaited: Readonly<Record<DimensionName, readonly string[]>> = {
  adoption: ["A1"],
  speed: ["S3", "S1"],
  quality: ["Q4", "Q5"],
  reliability: ["R3", "R5"],
  cost: ["C3"],
};

/** What the weeks of the view, and as many before them, show of requests. */
export interface Requests {
  readonly now: TallyReading;
  readonly before: TallyReading;
}

export function scorecardOf(view: View, targets: Targets, requests: Requests): Card[] {
  const own = [
    ...[aiShareCard(view), toolsCard(view), keptCard(view)],
    ...[requestCard("C6", cachedShare), requestCard("C7", heavyShare)].map((card) =>
      card(view, targets, requests),
    ),
  ];
  const ids = Object.keys(dimensions) as DimensionName[];
  return ids.flatMap((dimension) => [
    ...own.filter((card) => card.dimension === dimension),
    ...awaited[dimension].map((id) => awaitedCard(id, dimension, targets)),
  ]);
}

function aiShareCard(view: View): Card {
  const now = aiShare(view.weeks);
  return {
    ...definitionOf("A3"),
    dimension: "adoption",
    now: percentOrNone(now.value),
    evidence: evidenceOf(now),
    target: undefined,
    trend: trendWords(now, aiShare(view.before), view.period),
    verdict: undefined,
    action: "Never a target: look at what is kept of it before anything else.",
  };
}

function toolsCard(view: View): Card {
  const tools = toolsIn(view.weeks.slice(0, 1));
  return {
    ...definitionOf("A4"),
    dimension: "adoption",
    now: view.weeks.length === 0 ? undefined : String(tools.length),
    evidence:
      view.weeks.length === 0 ? "No complete week was published yet." : "In the newest complete week.",
    target: undefined,
    trend: undefined,
    verdict: undefined,
    action:
      tools.length > 5
        ? "Many tools: compare what is kept of each under Outcomes."
        : "See who uses which under Adoption.",
  };
}

function keptCard(view: View): Card {
  const ai = keptShare(view.weeks, isTool);
  const human = keptShare(view.weeks, (column) => column === "human");
  const target = human.value;
  const verdict = verdictOf("higher", target, ai.interval) ?? "notEnoughData";
  return {
    id: "kept",
    dimension: "quality",
    name: "AI text kept",
    definition: "Of the characters AI inserted, those that were never removed when the day was counted.",
    now: percentOrNone(ai.value),
    evidence: evidenceOf(ai),
    target: target === undefined ? undefined : `human text, ${percent(target)}`,
    trend: trendWords(ai, keptShare(view.before, isTool), view.period),
    verdict,
    action: {
      meets: "What AI writes lasts like people's text: look at cost next.",
      misses: "Compare the tools under Outcomes, and say what to try in a prompt.",
      notEnoughData: "Wait for more complete weeks, or invite more people.",
    }[verdict],
  };
}

const requestCard =
  (id: string, measure: (rows: readonly TallyRow[]) => MeasuredShare) =>
  (view: View, targets: Targets, { now: newer, before: older }: Requests): Card => {
    const metric = metrics.find((each) => each.id === id);
    const target = targets[id] ?? metric?.target;
    const now = measure(newer.rows);
    const hidden = newer.hidden.length === 0 ? "" : " Some cells are hidden.";
    return {
      ...definitionOf(id),
      dimension: "cost",
      now: percentOrNone(now.value),
      evidence: `${evidenceOf(now)}${hidden}`,
      target: target === undefined ? undefined : aim(metric?.direction ?? "none", target),
      trend: trendWords(now, measure(older.rows), view.period),
      verdict:
        target === undefined
          ? undefined
          : (verdictOf(metric?.direction ?? "none", target, now.interval) ?? "notEnoughData"),
      action: "See it by tool under Cost.",
    };
  };

function cachedShare(rows: readonly TallyRow[]): MeasuredShare {
  return shareOf(rows, ["cache.read"], ["input", "cache.read", "cache.write"]);
}

/** Of the requests whose tier is told. */
function heavyShare(rows: readonly TallyRow[]): MeasuredShare {
  const known = rows.filter(({ keys }) => ["fast", "standard", "heavy"].includes(keys["tier"] ?? ""));
  const told = known.map(({ week, keys, sums }) => ({
    week,
    keys,
    sums: {
      requests: sums["requests"] ?? 0,
      heavy: keys["tier"] === "heavy" ? (sums["requests"] ?? 0) : 0,
    },
  }));
  return shareOf(told, ["heavy"], ["requests"]);
}

/** Why a number cannot be made of what devices send. */
const apart: Readonly<Record<string, string>> = {
  A1: "Devices send sums by tool; whoever uses several cannot be counted once.",
  C3: "Cost and kept text are sent apart: which belongs to which stays on the machine.",
  R3: "Tasks are not sent one by one: what each kept stays on the machine.",
};

function awaitedCard(id: string, dimension: DimensionName, targets: Targets): Card {
  const metric = metrics.find((each) => each.id === id);
  const target = targets[id] ?? metric?.target;
  const words = metric === undefined ? "" : inputs[metric.input].words;
  return {
    ...definitionOf(id),
    dimension,
    now: undefined,
    evidence:
      apart[id] ??
      (metric?.input === "org" ? `Needs ${words}.` : `Needs ${words}, which devices do not send yet.`),
    target: target === undefined ? undefined : aim(metric?.direction ?? "none", target),
    trend: undefined,
    verdict: target === undefined ? undefined : "notEnoughData",
    action:
      metric?.input === "org"
        ? "Nothing to do: no source for it can be connected yet."
        : "Each developer sees their own number in the editor.",
  };
}

function definitionOf(id: string): Pick<Card, "id" | "name" | "definition"> {
  const metric = metrics.find((each) => each.id === id);
  return { id, name: metric?.name ?? id, definition: metric?.definition ?? "" };
}

function evidenceOf({ value, interval, weeks, hidden }: MeasuredShare): string {
  const hiddenWords = hidden === 0 ? "" : `, ${hidden} ${hidden === 1 ? "cell" : "cells"} hidden`;
  if (value === undefined || interval === undefined) {
    const missing = leastWeeks - weeks;
    return missing > 0
      ? `Needs ${missing} more complete ${missing === 1 ? "week" : "weeks"}${hiddenWords}.`
      : `Nothing was written${hiddenWords}.`;
  }
  return `${percentNumber(interval.low)}–${percent(interval.high)} over ${weeks} weeks${hiddenWords}`;
}

function trendWords(now: MeasuredShare, before: MeasuredShare, period: number): string | undefined {
  const trend = trendOf(now, before);
  if (trend === "unknown" || now.value === undefined || before.value === undefined) return undefined;
  if (trend === "noneSeen") return "no change seen";
  const points = Math.max(1, Math.round(100 * Math.abs(now.value - before.value)));
  return `${trend} ${points} ${points === 1 ? "point" : "points"} on the ${period} weeks before`;
}

function aim(direction: Direction, target: number): string {
  return `${direction === "lower" ? "at most" : "at least"} ${percent(target)}`;
}

const percentOrNone = (share: number | undefined) => (share === undefined ? undefined : percent(share));

export function percent(share: number): string {
  return `${percentNumber(share)} %`;
}

function percentNumber(share: number): number {
  return Math.round(100 * Math.min(1, Math.max(0, share)));
}
