import { countOf } from "../countOf.ts";
import type { TipRecord } from "../../protocol/coaching.ts";
import type { FunnelStage, Step } from "../../protocol/funnel.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import { outcomeWords } from "../summary/funnel.ts";
import type { Measured } from "../metrics/measure.ts";
import type { Summary } from "../../protocol/summary.ts";
import { leastEdits } from "../summary/ratio.ts";
import { shownText } from "./shownText.ts";
import type { Metric } from "../metrics/metric.ts";
import { metrics } from "../metrics/metrics.ts";
import { sampleNoun, sampleWords } from "../metrics/sampleWords.ts";
import { percent } from "../percent.ts";
import { amountWords } from "../metrics/amountWords.ts";

export function metricOf(id: string): Metric {
  return metrics.find((metric) => metric.id === id)!;
}

/** Said in the period and not answered yet, the newest first. What was held out was not said. */
export function tipsSaid(tips: readonly TipRecord[], from: string): readonly TipRecord[] {
  const open = ["new", "seen", "snoozed"];
  return tips
    .filter(({ isHeldOut, state, day }) => !isHeldOut && open.includes(state) && day >= from)
    .sort((one, other) => other.at - one.at);
}

export function tipWords({ day, rule, message }: TipRecord): string {
  return `${day}, ${rule}: ${message}`;
}

/** Each step of the way: how many edits got there, how many did not, or may yet, and why it is not known of others. */
export function wayLines(way: readonly FunnelStage[]): string[] {
  return way.map(stepWords);
}

function stepWords({ stage, reached, left, pending, unseen }: FunnelStage): string {
  const parts = [
    `${reached} ${reachedWords[stage]}`,
    ...(left > 0 ? [`${left} not`] : []),
    ...(pending > 0 ? [`${pending} not yet`] : []),
    ...unseen.map(({ outcome, edits }) => `${edits} ${outcomeWords(stage, outcome)}`),
  ];
  return parts.join(", ");
}

const reachedWords: Readonly<Record<Step, string>> = {
  accepted: "accepted or applied",
  keptAt15: "with something left after 15 minutes",
  saved: "saved",
  committed: "committed",
  aliveAt30: "alive 30 days after the commit",
};

export const verdictWords = { meets: "meets", misses: "misses", notEnoughData: "not enough data" } as const;

export function nowWords({ id, value, low, high, n, reason }: Measured): string {
  const { sampleOf, unit } = metricOf(id);
  if (value === null) return reason ?? "not enough data";
  const words = (amount: number) => amountWords(amount, unit, value);
  if (low === null || high === null) return `${words(value)} (${sampleWords(n, sampleOf)})`;
  return `${words(value)} (${words(low)} to ${words(high)}, ${sampleWords(n, sampleOf)})`;
}

/** Against as long a time before. Nothing is said where nothing can be compared. */
export function trendWords({ id, value, trend, past }: Measured): string {
  if (trend === null || past === null) return "";
  const before = amountWords(past.value, metricOf(id).unit, value ?? past.value);
  return { rising: `up from ${before}`, falling: `down from ${before}`, noChangeSeen: "no change seen" }[
    trend
  ];
}

/** What is aimed at, with what it was and the best that can be had, where these are known. */
export function targetWords({ id, target, baseline, ceiling }: Measured): string {
  const { unit } = metricOf(id);
  const parts = [
    ...(target === null ? [] : [amountWords(target, unit)]),
    ...(baseline === null ? [] : [`${amountWords(baseline, unit)} before AI`]),
    ...(ceiling === null ? [] : [`${amountWords(ceiling, unit)} at best`]),
  ];
  return parts.join(", ");
}

export function moreWords({ id, verdict, needsMore }: Measured): string {
  return verdict === "notEnoughData" && needsMore !== null
    ? `, needs about ${needsMore} more ${sampleNoun(needsMore, metricOf(id).sampleOf)}`
    : "";
}

/** A share of a handful of edits is no share: it is said as it was counted. */
export function coverageText({ coverage, edits }: Summary): string {
  const { value, knownChars, allChars } = coverage;
  if (value === null) return "nothing was inserted yet";
  const known = edits < leastEdits ? knownChars.toLocaleString("en") : percent(value);
  return `${known} of ${allChars.toLocaleString("en")} inserted characters`;
}

/** It says when numbers are not this machine's alone. */
export function editsText({ edits, otherMachines }: Summary): string {
  if (!otherMachines) return String(edits);
  const { machines, skipped } = otherMachines;
  const words = machines === 1 ? "1 other machine" : `${machines} other machines`;
  const left = skipped.map(({ reason, count }) => `${reason}: ${count}`).join(", ");
  return `${edits}, including ${words}${left === "" ? "" : ` (passed over in kept.ownFolder: ${left})`}`;
}

export function shareWords({ value, low, high, n, needsMore }: MeasuredShare): string {
  if (value === null) return `not enough data (${countOf(n, "edit")})`;
  if (low === null || high === null)
    return `not enough data (${countOf(n, "edit")}, needs about ${needsMore} more)`;
  return `${percent(value)} (${percent(low)} to ${percent(high)}, ${countOf(n, "edit")})`;
}

/** A tool's name is somebody else's text: it must not break the table. */
export function cell(text: string): string {
  return shownText(text)
    .replace(/[|\\`*_<>[\]]/g, "\\$&")
    .replace(/\s+/g, " ");
}
