import type { Report } from "../protocol/report.ts";
import type { MeasuredShare } from "../protocol/share.ts";
import type { Summary } from "../protocol/summary.ts";
import { proposedUnseen, type FunnelStage, type Stage } from "../protocol/funnel.ts";
import { outcomeWords } from "./funnel.ts";
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
      },
      shareMetric("keptAi", summary.keptAi),
      shareMetric("keptHuman", summary.keptHuman),
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
    tips: [],
  };
}

function shareMetric(
  id: string,
  { value, low, high, n, needsMore }: MeasuredShare,
): Report["metrics"][number] {
  const verdict = value === null || needsMore > 0 ? "notEnoughData" : null;
  return { id, value, unit: "share", low, high, n, target: null, verdict, trend: null };
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
  const { funnel } = summary;
  if (funnel.edits > 0) {
    lines.push("", `Of ${funnel.edits} AI edits:`, "", `- ${proposedUnseen}`);
    for (const stage of funnel.stages) lines.push(`- ${stageWords(stage)}`);
  }
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
