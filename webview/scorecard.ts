import { extentOf, type Extent } from "../core/metrics/extent.ts";
import { measureSummary } from "../core/metrics/measureSummary.ts";
import type { Measured } from "../core/metrics/measure.ts";
import { inputs, type Metric } from "../core/metrics/metric.ts";
import { metrics } from "../core/metrics/metrics.ts";
import type { Summary } from "../protocol/summary.ts";

export interface ScorecardRow {
  readonly metric: Metric;
  readonly measured: Measured;
  readonly extent: Extent;
  /** Whether the person set what is aimed at. */
  readonly isOwnTarget: boolean;
}

/** Intervals are drawn by chance with a seed: once for each answer of the server is enough. */
const measured = new WeakMap<Summary, readonly ScorecardRow[]>();

/** Every metric of a summary, in the catalogue's order: what `kept report` shows of the same summary. */
export function scorecardOf(summary: Summary): readonly ScorecardRow[] {
  const known = measured.get(summary);
  if (known) return known;
  const byId = new Map(measureSummary(summary).map((each) => [each.id, each]));
  const rows = metrics.map((metric) => ({
    metric,
    measured: byId.get(metric.id)!,
    extent: extentOf(metric, summary),
    isOwnTarget: metric.id in summary.targets,
  }));
  measured.set(summary, rows);
  return rows;
}

/** Whether this machine alone can never measure it. */
export function needsOrg({ input }: Metric): boolean {
  return input === "org";
}

/** Whether nothing is there to measure it by; `words` say what. */
export function missingInput({ metric, measured }: ScorecardRow): string | undefined {
  return measured.value === null && measured.needsMore === null ? inputs[metric.input].words : undefined;
}
