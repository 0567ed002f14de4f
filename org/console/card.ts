import type { Direction } from "../../core/metrics/metric.ts";
import { metrics } from "../../core/metrics/metrics.ts";
import { percent } from "../../core/percent.ts";
import type { Verdict } from "../../core/metrics/verdict.ts";
import { count } from "./charts.ts";
import { leastWeeks, reasonWords, trendOf, type MeasuredShare } from "./measured.ts";

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

/** How sure it is and of how much, or why there is no number: weeks that are hidden are not to be waited for. */
export function evidenceOf({ value, interval, weeks, sample, hidden }: MeasuredShare, of: string): string {
  const cells = hidden.length;
  if (value === undefined || interval === undefined) {
    const missing = leastWeeks - weeks;
    const which = cells === 0 ? "complete " : "";
    const needed = `Needs ${missing} more ${which}${missing === 1 ? "week" : "weeks"}${cells === 0 ? "" : " that may be shown"}.`;
    const lack = missing > 0 ? needed : "Nothing was counted.";
    return cells === 0 ? lack : `${reasonWords(hidden)} ${lack}`;
  }
  const hiddenWords = cells === 0 ? "" : `; ${cells} ${cells === 1 ? "cell" : "cells"} hidden`;
  const range = rangeWords(interval);
  const sure = range === percent(value) ? "sure to the percent" : `between ${range.replace("–", " and ")}`;
  return `${count(sample)} ${of}, ${weeks} weeks, ${sure}${hiddenWords}`;
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
