import { inputs, type Metric } from "../../core/metrics/metric.ts";
import { metrics } from "../../core/metrics/metrics.ts";
import { requested, requestedFormulas, type Requested } from "../../core/metrics/requested.ts";

/** docs/kpis.md: what every number means, and which numbers people ask for that Kept does not give. */
export function kpiDocument(): string {
  const atHand = metrics.filter(isAtHand);
  const lines = [
    "<!-- Generated from core/metrics/ by `npm run generate`. Do not edit. -->",
    "",
    "# Metrics",
    "",
    "Each metric is declared once; the panel, `kept report` and this page read the same declaration. A number comes with",
    "its sample, its 95 % interval and its coverage: the share of text whose origin is known. There are three verdicts,",
    "*meets*, *misses* and *not enough data*, and a verdict is given only when the whole interval is on one side of the",
    "target. Samples are days, edits, tasks or commits, never lines. *Beside it* is the metric that is shown with it, so",
    "that neither is improved at the other's cost. A *trend* compares with as long a time right before, only of metrics that",
    "age does not change, and only where the two intervals have nothing in common and the change would still be one among",
    "as many comparisons.",
    "",
    `${atHand.length} of ${metrics.length} metrics are measured today. The others are declared, and answer *not enough data* with what they wait for.`,
    "",
  ];
  for (const dimension of new Set(metrics.map((metric) => metric.dimension))) {
    lines.push(`## ${dimension[0]!.toUpperCase()}${dimension.slice(1)}`, "");
    for (const metric of metrics) if (metric.dimension === dimension) lines.push(...metricLines(metric));
  }
  lines.push(
    "## What people ask for",
    "",
    "The figures that are named when AI in development is judged. *By hand*: known elsewhere, and to be entered at an org",
    "with source and date, which is not possible yet.",
    "",
    "| | figure | answer | by, or why not |",
    "|---:|---|---|---|",
    ...requested.map((each, index) => `| ${index + 1} | ${each.name} | ${answerOf(each)} |`),
    "",
    "And the formulas that are named with them:",
    "",
    "| formula | answer | by, or why not |",
    "|---|---|---|",
    ...requestedFormulas.map((each) => `| ${each.name} | ${answerOf(each)} |`),
  );
  return `${lines.join("\n")}\n`;
}

function metricLines(metric: Metric): string[] {
  const { id, name, definition, formula, unit, direction, input, window, isCompared } = metric;
  const aim = direction === "none" ? "describes, is not judged" : `${direction} is better`;
  return [
    `### ${id} ${name}`,
    "",
    definition,
    "",
    `- **Formula:** ${formula}. Unit: ${unit}; ${aim}.`,
    `- **Window:** ${window}. **Sample:** at least ${metric.leastSample} ${metric.sampleOf}. **Target:** ${targetOf(metric)}. **Trend:** ${isCompared ? "against the time before" : "none"}.`,
    `- **From:** ${inputs[input].words}${isAtHand(metric) ? "" : " (waiting for it)"}.`,
    `- **Mind:** ${metric.pitfalls}${metric.partner === undefined ? "" : ` **Beside it:** ${metric.partner}.`}`,
    "",
  ];
}

function targetOf({ target, unit }: Metric): string {
  if (target === undefined) return "none by default";
  return unit === "share" ? `${Number((target * 100).toFixed(1))} %` : String(target);
}

function answerOf(each: Requested): string {
  if (each.answer !== "metric")
    return `${each.answer === "byHand" ? "by hand" : "left out"} | ${each.reason}`;
  const found = each.metrics.map((id) => metrics.find((metric) => metric.id === id)!);
  const isWhole = found.every(isAtHand) && each.lacks === undefined;
  const words = isWhole ? "measured" : found.some(isAtHand) ? "measured in part" : "declared";
  const by = found.map(({ id, name }) => `${id} ${name}`).join(", ");
  return `${words} | ${each.lacks === undefined ? by : `${by}; ${each.lacks}`}`;
}

function isAtHand({ input }: Metric): boolean {
  return inputs[input].atHand;
}
