import type { Direction } from "../../core/metrics/metric.ts";
import { metrics } from "../../core/metrics/metrics.ts";
import { percent } from "../../core/percent.ts";
import type { Verdict } from "../../core/metrics/verdict.ts";
import { leastWeeks, trendOf, type MeasuredShare } from "./measured.ts";

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

export function definitionOf(id: string): Pick<Card, "id" | "name" | "definition"> {
  const metric = metrics.find((each) => each.id === id);
  return { id, name: metric?.name ?? id, definition: metric?.definition ?? "" };
}

export function evidenceOf({ value, interval, weeks, hidden }: MeasuredShare): string {
  const hiddenWords = hidden === 0 ? "" : `, ${hidden} ${hidden === 1 ? "cell" : "cells"} hidden`;
  if (value === undefined || interval === undefined) {
    const missing = leastWeeks - weeks;
    return missing > 0
      ? `Needs ${missing} more complete ${missing === 1 ? "week" : "weeks"}${hiddenWords}.`
      : `Nothing was written${hiddenWords}.`;
  }
  return `${rangeWords(interval)} over ${weeks} weeks${hiddenWords}`;
}

export function trendWords(now: MeasuredShare, before: MeasuredShare, period: number): string | undefined {
  const trend = trendOf(now, before);
  if (trend === "unknown" || now.value === undefined || before.value === undefined) return undefined;
  if (trend === "noneSeen") return "no change seen";
  const points = Math.max(1, Math.round(100 * Math.abs(now.value - before.value)));
  return `${trend} ${points} ${points === 1 ? "point" : "points"} on the ${period} weeks before`;
}

export function aim(direction: Direction, target: number): string {
  return `${direction === "lower" ? "at most" : "at least"} ${percent(target)}`;
}

export const percentOrNone = (share: number | undefined) =>
  share === undefined ? undefined : percent(share);

/** Between which two a share lies; one number where both are written alike. */
export function rangeWords({ low, high }: { readonly low: number; readonly high: number }): string {
  const [from, to] = [percent(low), percent(high)];
  return from === to ? to : `${from.replace(/ %$/, "")}–${to}`;
}
