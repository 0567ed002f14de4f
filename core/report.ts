import type { Report } from "../protocol/report.ts";
import type { MeasuredShare } from "../protocol/share.ts";
import type { Summary } from "../protocol/summary.ts";
import { proposedUnseen, type FunnelStage, type Stage } from "../protocol/funnel.ts";
import { beforeLines } from "./history/beforeWords.ts";
import { fateLines } from "./fate/fateWords.ts";
import { outcomeWords } from "./funnel.ts";
import type { Measured } from "./metrics/measure.ts";
import { measureSummary } from "./metrics/measureSummary.ts";
import { inputs, type Metric, type Unit } from "./metrics/metric.ts";
import { toolsSayLines } from "./toolsSayWords.ts";
import { metrics } from "./metrics/metrics.ts";
import { originKey } from "./originKey.ts";

/** The scorecard, from the same numbers as the panel. */
export function reportOf(summary: Summary): Report {
  return {
    period: { from: summary.from, to: summary.to, days: summary.question.days },
    coverage: summary.coverage.value,
    synthetic: summary.synthetic,
    otherMachines: summary.otherMachines,
    metrics: [
      {
        id: "edits",
        value: summary.edits,
        unit: "edits",
        low: null,
        high: null,
        n: summary.edits,
        target: null,
        verdict: null,
        trend: null,
        past: null,
        needsMore: 0,
        reason: null,
      },
      shareMetric("keptAi", summary.keptAi),
      shareMetric("keptHuman", summary.keptHuman),
      ...measureSummary(summary).map(declaredMetric),
    ],
    origins: summary.origins.map(({ origin, edits, insertedChars, deletedChars, keptChars, kept }) => ({
      origin: originKey(origin),
      edits,
      insertedChars,
      deletedChars,
      keptChars,
      low: kept.low,
      high: kept.high,
    })),
    funnel: summary.funnel,
    fates: summary.fates,
    before: summary.before,
    toolsSay: summary.toolsSay,
    allowances: summary.allowances,
    tips: [],
  };
}

function shareMetric(
  id: string,
  { value, low, high, n, needsMore }: MeasuredShare,
): Report["metrics"][number] {
  const verdict = value === null || needsMore > 0 ? "notEnoughData" : null;
  const reason = value === null ? "nothing was inserted yet" : null;
  const none = { target: null, trend: null, past: null };
  return { ...none, id, value, unit: "share", low, high, n, verdict, needsMore, reason };
}

function declaredMetric(measured: Measured): Report["metrics"][number] {
  const { id, value, low, high, n, target, verdict, trend, past, needsMore, reason } = measured;
  const { unit } = metricOf(id);
  return { id, value, unit, low, high, n, target, verdict, trend, past, needsMore, reason };
}

function metricOf(id: string): Metric {
  return metrics.find((metric) => metric.id === id)!;
}

/** What the catalogue measures, with its sample; what waits for an input is only counted. */
function scorecardLines(summary: Summary): string[] {
  const measured = measureSummary(summary);
  const atHand = measured.filter(({ id }) => inputs[metricOf(id).input].atHand);
  return [
    "",
    "| metric | now | target | verdict | trend |",
    "|---|---|---|---|---|",
    ...atHand.map((each) => {
      const { id, name, sampleOf } = metricOf(each.id);
      const verdict = each.verdict === null ? "" : verdictWords[each.verdict];
      const target = each.target === null ? "" : amountWords(each.target, metricOf(each.id).unit);
      const judged = `${verdict}${moreWords(each, sampleOf)}`;
      return `| ${id} ${name} | ${nowWords(each, sampleOf)} | ${target} | ${judged} | ${trendWords(each)} |`;
    }),
    "",
    `${measured.length - atHand.length} more metrics are declared and wait for their input: see docs/kpis.md.`,
  ];
}

/** The report as Markdown, readable as plain text too. */
export function reportMarkdown(summary: Summary): string {
  const { from, to, coverage, synthetic } = summary;
  const lines = [
    `# Kept, ${from} to ${to}`,
    "",
    ...(synthetic ? ["**Demonstration: this history is made up.**", ""] : []),
    `- Kept of what AI wrote: ${shareWords(summary.keptAi)}`,
    `- Kept of what was typed: ${shareWords(summary.keptHuman)}`,
    `- Edits: ${summary.edits}${includingOthers(summary)}`,
    coverage.value === null
      ? "- Coverage: nothing was inserted yet"
      : `- Coverage: the origin is known for ${percent(coverage.value)} of ${coverage.allChars} inserted characters`,
  ];
  lines.push(...scorecardLines(summary));
  const { funnel } = summary;
  if (funnel.edits > 0) {
    lines.push("", `Of ${funnel.edits} AI edits:`, "", `- ${proposedUnseen}`);
    for (const stage of funnel.stages) lines.push(`- ${stageWords(stage)}`);
  }
  lines.push(...fateLines(summary.fates), ...beforeLines(summary.before), ...toolsSayLines(summary.toolsSay));
  if (summary.origins.length > 0) {
    lines.push("", "| origin | edits | inserted | kept |", "|---|---:|---:|---:|");
    for (const { origin, edits, insertedChars, keptChars } of summary.origins) {
      lines.push(`| ${cell(originKey(origin))} | ${edits} | ${insertedChars} | ${keptChars} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Stands beside numbers that are not this machine's alone. */
function includingOthers({ otherMachines }: Summary): string {
  if (!otherMachines) return "";
  const { machines, skipped } = otherMachines;
  const words = machines === 1 ? "1 other machine" : `${machines} other machines`;
  const left = skipped.map(({ reason, count }) => `${reason}: ${count}`).join(", ");
  return `, including ${words}${left === "" ? "" : ` (passed over in kept.ownFolder: ${left})`}`;
}

/** How many edits reached a stage, and why it is not known of others. */
function stageWords({ stage, reached, left, pending, unseen }: FunnelStage): string {
  const parts = [
    `${reached} ${reachedWords[stage]}`,
    ...(left > 0 ? [`${left} not`] : []),
    ...(pending > 0 ? [`${pending} not yet`] : []),
    ...unseen.map(({ outcome, edits }) => `${edits} ${outcomeWords(stage, outcome)}`),
  ];
  return parts.join(", ");
}

const reachedWords: Readonly<Record<Stage, string>> = {
  accepted: "accepted or applied",
  keptAt15: "with something left after 15 minutes",
  saved: "saved",
  committed: "committed",
};

const verdictWords = { meets: "meets", misses: "misses", notEnoughData: "not enough data" } as const;

function nowWords({ id, value, low, high, n, reason }: Measured, sampleOf: string): string {
  if (value === null) return reason ?? "not enough data";
  const words = (amount: number) => amountWords(amount, metricOf(id).unit);
  if (low === null || high === null) return `${words(value)} (${n} ${sampleOf})`;
  return `${words(value)} (${words(low)} to ${words(high)}, ${n} ${sampleOf})`;
}

/** Against as long a time before. Nothing is said where nothing can be compared. */
function trendWords({ id, trend, past }: Measured): string {
  if (trend === null || past === null) return "";
  const before = amountWords(past.value, metricOf(id).unit);
  return { rising: `up from ${before}`, falling: `down from ${before}`, noChangeSeen: "no change seen" }[
    trend
  ];
}

/** Money is in US dollars by list price; a cent is too coarse for a request. */
function amountWords(amount: number, unit: Unit): string {
  switch (unit) {
    case "share":
      return percent(amount);
    case "money":
      return `$${amount.toFixed(amount < 1 ? 4 : 2)}`;
    case "ms":
      return `${(amount / 1000).toFixed(1)} s`;
    default:
      return amount.toLocaleString("en");
  }
}

function moreWords({ verdict, needsMore }: Measured, sampleOf: string): string {
  return verdict === "notEnoughData" && needsMore !== null
    ? `, needs about ${needsMore} more ${sampleOf}`
    : "";
}

function shareWords({ value, low, high, n, needsMore }: MeasuredShare): string {
  if (value === null) return `not enough data (${n} edits)`;
  if (low === null || high === null) return `not enough data (${n} edits, needs about ${needsMore} more)`;
  return `${percent(value)} (${percent(low)} to ${percent(high)}, ${n} edits)`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A tool's name is somebody else's text: it must not break the table. */
function cell(text: string): string {
  return text.replace(/[|\\`*_<>[\]]/g, "\\$&").replace(/\s+/g, " ");
}
