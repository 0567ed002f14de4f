import type { Funnel, Stage } from "../../protocol/funnel.ts";
import type { CharsByKind, Summary } from "../../protocol/summary.ts";
import { metrics } from "./metrics.ts";
import { samplesOfFates } from "./samplesOfFates.ts";
import { samplesOfRequests } from "./samplesOfRequests.ts";
import { measure, type Measured } from "./measure.ts";
import type { Sample, Samples } from "./sample.ts";

/** Chance enters here and nowhere else: the same numbers give the same intervals, on every screen. */
const seed = 20_260_101;

const takenBackAtMs = 5 * 60_000;

/** All metrics of a summary, in the catalogue's order: the panel and the report show these. */
export function measureSummary(summary: Summary, past?: readonly Measured[]): Measured[] {
  const samples = samplesOfSummary(summary);
  const coverage = summary.coverage.value;
  return metrics.map((metric) => {
    const before = past?.find(({ id }) => id === metric.id);
    return measure(metric, samples.get(metric.id), { seed, coverage, ...(before ? { past: before } : {}) });
  });
}

/** What a summary can measure by itself. Days are the units: what is done in one day belongs together. */
function samplesOfSummary({ days, origins, funnel, fates, retention, requests, detector }: Summary): Samples {
  const chars = days.map(({ inserted }) => inserted);
  const tools = new Set(
    origins.flatMap(({ origin }) => (origin.kind === "ai" && origin.tool !== undefined ? [origin.tool] : [])),
  );
  const aiEdits = origins.reduce((sum, { origin, edits }) => (origin.kind === "ai" ? sum + edits : sum), 0);
  return new Map<string, Sample>([
    ["A1", { kind: "clusters", clusters: chars.map(activeDay) }],
    ["A3", { kind: "clusters", clusters: chars.map(({ ai, human }) => ({ part: ai, whole: ai + human })) }],
    ["A4", { kind: "count", count: tools.size, of: aiEdits }],
    ["Q1", casesOf(funnel, "accepted")],
    ["Q2", casesOf(funnel, "keptAt15")],
    ["Q3", committedOf(funnel)],
    ["R4", takenBackOf(retention)],
    ["G1", { kind: "clusters", clusters: chars.map(knownOf) }],
    ...samplesOfFates(fates),
    ...samplesOfRequests(requests, detector),
  ]);
}

/** A day counts if anybody is known to have written on it, so that holidays count against nobody. */
function activeDay({ ai, human }: CharsByKind): { part: number; whole: number } {
  return { part: ai > 0 ? 1 : 0, whole: ai + human > 0 ? 1 : 0 };
}

function knownOf({ unknown, ...known }: CharsByKind): { part: number; whole: number } {
  const part = known.ai + known.human + known.tooling + known.external;
  return { part, whole: part + unknown };
}

/** Those that got there, of those of which it is known. */
function casesOf({ stages }: Funnel, stage: Stage): Sample {
  const found = stages.find((each) => each.stage === stage);
  return { kind: "cases", cases: found?.reached ?? 0, of: (found?.reached ?? 0) + (found?.left ?? 0) };
}

/** Edits that were taken back, of those looked at in time. */
function takenBackOf(retention: Summary["retention"]): Sample {
  const point = retention.find(({ dueMs }) => dueMs === takenBackAtMs);
  return { kind: "cases", cases: point?.reverted ?? 0, of: point?.judged ?? 0 };
}

/** What is in no commit yet counts as not committed; what no commit can be seen of does not count. */
function committedOf({ stages }: Funnel): Sample {
  const found = stages.find(({ stage }) => stage === "committed");
  const reached = found?.reached ?? 0;
  return { kind: "cases", cases: reached, of: reached + (found?.left ?? 0) + (found?.pending ?? 0) };
}
