import { countOf } from "../countOf.ts";
import type { TipRecord } from "../../protocol/coaching.ts";
import type { Report } from "../../protocol/report.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Summary } from "../../protocol/summary.ts";
import { proposedUnseen } from "../../protocol/funnel.ts";
import { beforeLines } from "../history/beforeWords.ts";
import { fateLines } from "../fate/fateWords.ts";
import type { Measured } from "../metrics/measure.ts";
import { extentOf } from "../metrics/extent.ts";
import { measureSummary } from "../metrics/measureSummary.ts";
import { inputs } from "../metrics/metric.ts";
import { toolsSayLines } from "../tools/toolsSayWords.ts";
import { originKey } from "../origin/originKey.ts";
import { overwriteCells, overwriteHead, overwriteTitle } from "./overwriteWords.ts";
import { toolTypeCells, toolTypesHead, toolTypesTitle } from "./toolTypeWords.ts";
import { aheadWords, costOfWeeksLines, latencyLines } from "./requestLines.ts";
import {
  cell,
  coverageText,
  editsText,
  metricOf,
  moreWords,
  nowWords,
  shareWords,
  targetWords,
  tipsSaid,
  tipWords,
  trendWords,
  verdictWords,
  wayLines,
} from "./reportWords.ts";

/** The scorecard, from the same numbers as the panel. */
export function reportOf(summary: Summary, tips: readonly TipRecord[] = []): Report {
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
        coverage: summary.coverage.value,
        window: periodOf(summary),
        ...noTarget,
        verdict: null,
        trend: null,
        past: null,
        needsMore: 0,
        reason: null,
      },
      shareMetric("keptAi", summary.keptAi, summary),
      shareMetric("keptHuman", summary.keptHuman, summary),
      ...measureSummary(summary).map((measured) => declaredMetric(measured, summary)),
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
    overwrites: summary.overwrites,
    ahead: summary.ahead,
    costOfWeeks: summary.requests.tasks.costOfWeeks,
    latencyByTier: summary.requests.latencyByTier,
    toolTypes: summary.toolUse?.byType ?? [],
    toolsSay: summary.toolsSay,
    allowances: summary.allowances,
    tips: tipsSaid(tips, summary.from).map(({ rule, day, message, state, before, after, effect }) => ({
      rule,
      day,
      message,
      state,
      before,
      after,
      effect,
    })),
  };
}

const noTarget = { target: null, baseline: null, ceiling: null };

function shareMetric(
  id: string,
  { value, low, high, n, needsMore }: MeasuredShare,
  summary: Summary,
): Report["metrics"][number] {
  const verdict = value === null || needsMore > 0 ? "notEnoughData" : null;
  const reason = value === null ? "nothing was inserted yet" : null;
  const none = { ...noTarget, trend: null, past: null };
  const of = { coverage: summary.coverage.value, window: periodOf(summary) };
  return { ...none, ...of, id, value, unit: "share", low, high, n, verdict, needsMore, reason };
}

function declaredMetric(measured: Measured, summary: Summary): Report["metrics"][number] {
  const metric = metricOf(measured.id);
  const { window } = extentOf(metric, summary);
  const days = "from" in window ? { of: window.of, from: window.from, to: window.to } : null;
  return { ...measured, unit: metric.unit, window: days };
}

function periodOf({ from, to }: Summary): {
  readonly of: "period";
  readonly from: string;
  readonly to: string;
} {
  return { of: "period", from, to };
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
      const { id, name } = metricOf(each.id);
      const verdict = each.verdict === null ? "" : verdictWords[each.verdict];
      const judged = `${verdict}${moreWords(each)}`;
      return `| ${id} ${name} | ${nowWords(each)} | ${targetWords(each)} | ${judged} | ${trendWords(each)} |`;
    }),
    "",
    `${measured.length - atHand.length} more metrics are declared and wait for their input: see docs/kpis.md.`,
  ];
}

/** The report as Markdown, readable as plain text too. */
export function reportMarkdown(summary: Summary, tips: readonly TipRecord[] = []): string {
  const { from, to, synthetic } = summary;
  const ahead = aheadWords(summary);
  const lines = [
    `# Kept, ${from} to ${to}`,
    "",
    ...(synthetic ? ["**Demonstration: this history is made up.**", ""] : []),
    `- Kept of what AI wrote: ${shareWords(summary.keptAi)}`,
    `- Kept of what was typed: ${shareWords(summary.keptHuman)}`,
    `- Edits: ${editsText(summary)}`,
    `- Origin known: ${coverageText(summary)}`,
    ...(ahead === undefined ? [] : [`- Dated later than today: ${ahead}`]),
  ];
  lines.push(...scorecardLines(summary));
  const { funnel } = summary;
  if (funnel.edits > 0) {
    lines.push("", `Of ${countOf(funnel.edits, "AI edit")}:`, "", `- ${proposedUnseen}`);
    for (const line of wayLines(funnel.way)) lines.push(`- ${line}`);
  }
  lines.push(...costOfWeeksLines(summary.requests), ...latencyLines(summary.requests));
  lines.push(...fateLines(summary.fates), ...beforeLines(summary.before), ...toolsSayLines(summary.toolsSay));
  if (summary.origins.length > 0) {
    lines.push("", "| origin | edits | inserted | kept | share |", "|---|---:|---:|---:|---|");
    for (const { origin, edits, insertedChars, keptChars, kept } of summary.origins) {
      const numbers = [edits, insertedChars, keptChars].join(" | ");
      lines.push(`| ${cell(originKey(origin))} | ${numbers} | ${shareWords(kept)} |`);
    }
  }
  if (summary.overwrites.length > 0) {
    lines.push("", `${overwriteTitle}:`, "", `| ${overwriteHead.join(" | ")} |`, "|---|---|---:|---:|");
    for (const row of summary.overwrites) lines.push(`| ${overwriteCells(row).map(cell).join(" | ")} |`);
  }
  const byType = summary.toolUse?.byType ?? [];
  if (byType.length > 0) {
    lines.push(
      "",
      `${toolTypesTitle}:`,
      "",
      `| ${toolTypesHead.join(" | ")} |`,
      "|---|---|---|---|---:|---|",
    );
    for (const row of byType) lines.push(`| ${toolTypeCells(row).map(cell).join(" | ")} |`);
  }
  const said = tipsSaid(tips, from);
  if (said.length > 0) lines.push("", "Tips:", "", ...said.map((tip) => `- ${cell(tipWords(tip))}`));
  return `${lines.join("\n")}\n`;
}
