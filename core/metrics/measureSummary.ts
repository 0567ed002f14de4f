import type { Funnel } from "../../protocol/funnel.ts";
import type { Past, WayOfDay } from "../../protocol/past.ts";
import type { CharsByKind, Summary } from "../../protocol/summary.ts";
import type { Target } from "../../protocol/targets.ts";
import type { Cluster } from "../statistics/clusterBootstrap.ts";
import { takenBackAtMs } from "../summary/wayOfDays.ts";
import { extentOf } from "./extent.ts";
import type { Metric } from "./metric.ts";
import { metrics } from "./metrics.ts";
import { budgetOf } from "./sampleOfBudget.ts";
import { samplesOfFates } from "./samplesOfFates.ts";
import { samplesOfPractice } from "./samplesOfPractice.ts";
import { samplesOfRequests } from "./samplesOfRequests.ts";
import { measure, type Measured } from "./measure.ts";
import type { Sample, Samples } from "./sample.ts";
import { withTrends } from "./trend.ts";

/** Chance enters here and nowhere else: the same numbers give the same intervals, on every screen. */
const seed = 20_260_101;

/** All metrics of a summary, in the catalogue's order: the panel and the report show these. */
export function measureSummary(summary: Summary): readonly Measured[] {
  return withTrends(measureThose(metrics, summary), summary.past?.metrics);
}

function measureThose(wanted: readonly Metric[], summary: Summary): Measured[] {
  const samples = samplesOfSummary(summary);
  const targets: Readonly<Partial<Record<string, Target>>> = summary.targets;
  const { rework21 = null } = summary.before?.baseline ?? {};
  const baselines: Readonly<Partial<Record<string, number>>> = rework21 ? { Q4: rework21.value } : {};
  return wanted.map((metric) =>
    measure(metric, samples.get(metric.id), {
      seed,
      coverage: extentOf(metric, summary).coverage?.value ?? null,
      target: targets[metric.id],
      baseline: baselines[metric.id],
    }),
  );
}

const compared = metrics.filter(({ isCompared }) => isCompared);

/** What a later period is compared with. */
export function pastOf(summary: Summary): Past {
  const { from, to } = summary;
  const found = measureThose(compared, summary).flatMap(({ id, value, low, high, n }) =>
    value !== null && low !== null && high !== null ? [{ id, value, low, high, n }] : [],
  );
  return { from, to, metrics: found };
}

/** What a summary can measure by itself. Days are the units: what is done in one day belongs together. */
function samplesOfSummary(summary: Summary): Samples {
  const { days, origins, funnel, fates, retention, requests, detector, ways } = summary;
  const chars = days.map(({ inserted }) => inserted);
  const tools = new Set(
    origins.flatMap(({ origin }) => (origin.kind === "ai" && origin.tool !== undefined ? [origin.tool] : [])),
  );
  const aiEdits = origins.reduce((sum, { origin, edits }) => (origin.kind === "ai" ? sum + edits : sum), 0);
  return new Map<string, Sample>([
    ["A1", { kind: "clusters", clusters: chars.map(activeDay) }],
    ["A3", { kind: "clusters", clusters: chars.map(({ ai, human }) => ({ part: ai, whole: ai + human })) }],
    ["A4", { kind: "count", count: tools.size, of: aiEdits }],
    ["Q1", casesOf(funnel, "accepted", ways)],
    ["Q2", casesOf(funnel, "keptAt15", ways)],
    ["Q3", committedOf(funnel, ways)],
    ["Q11", foundOf(ways, "repeated")],
    ["Q12", foundOf(ways, "problems")],
    ["R4", takenBackOf(retention, ways)],
    ["G1", { kind: "clusters", clusters: chars.map(knownOf) }],
    ...samplesOfFates(fates),
    ...samplesOfRequests(requests, detector),
    ...samplesOfPractice(summary.practice, requests.days),
    ["R7", driftOf(summary.toolUse)],
    ...whereSet(summary),
  ]);
}

function longestOf({ contextLines: lines }: NonNullable<Summary["folders"]>): Sample {
  return { kind: "count", count: Math.max(0, ...lines), of: lines.length };
}

const tiers = ["sandbox", "standard", "enhanced"] as const;

function tierOf({ tiers: given }: NonNullable<Summary["folders"]>): Sample {
  const levels = given.map((tier) => tiers.indexOf(tier) + 1);
  return { kind: "count", count: Math.max(0, ...levels), of: levels.length };
}

/** What is there only where somebody set it up: waiting gives no more of it. */
function whereSet({ approved, budget, paces, folders }: Summary): [string, Sample][] {
  return [
    ...(approved
      ? [["G2", { kind: "clusters", clusters: approved.map(approvedOf) }] as [string, Sample]]
      : []),
    ...(folders?.contextLines.length ? [["A6", longestOf(folders)] as [string, Sample]] : []),
    ...(folders?.tiers.length ? [["G6", tierOf(folders)] as [string, Sample]] : []),
    ...(budget ? [["C9", budgetOf(budget)] as [string, Sample]] : []),
    ...(paces.length > 0 ? [["C11", creditsOf(paces)] as [string, Sample]] : []),
  ];
}

/** The plan that is nearest to its end: of each tool the longest window that is not over. */
function creditsOf(paces: Summary["paces"]): Sample {
  const longest = new Map<string, Summary["paces"][number]>();
  for (const pace of paces) {
    const known = longest.get(pace.tool);
    if (pace.state !== "over" && !(known && known.windowMinutes >= pace.windowMinutes))
      longest.set(pace.tool, pace);
  }
  const used = [...longest.values()].map(({ usedShare }) => usedShare);
  return { kind: "count", count: Math.max(0, ...used), of: used.length };
}

/** Models are watched beside a past; without one nothing is known of them. */
function driftOf(toolUse: Summary["toolUse"]): Sample {
  const models = toolUse?.models ?? [];
  const changed = models.filter(({ says }) => says === "rising" || says === "falling").length;
  return { kind: "count", count: changed, of: Math.max(0, ...models.map(({ weeks }) => weeks.length)) };
}

/** A day counts if anybody is known to have written on it, so that holidays count against nobody. */
function activeDay({ ai, human }: CharsByKind): { part: number; whole: number } {
  return { part: ai > 0 ? 1 : 0, whole: ai + human > 0 ? 1 : 0 };
}

function knownOf({ unknown, ...known }: CharsByKind): { part: number; whole: number } {
  const part = known.ai + known.human + known.tooling + known.external;
  return { part, whole: part + unknown };
}

function approvedOf({ approved, named }: NonNullable<Summary["approved"]>[number]): Cluster {
  return { part: approved, whole: named };
}

/** Those that got there, of those of which it is known. */
function casesOf({ stages }: Funnel, stage: "accepted" | "keptAt15", ways: readonly WayOfDay[]): Sample {
  const { reached, left } = stages.find((each) => each.stage === stage) ?? { reached: 0, left: 0 };
  return { kind: "cases", cases: reached, of: reached + left, groups: groupsOf(ways, stage) };
}

function groupsOf(ways: readonly WayOfDay[], of: Exclude<keyof WayOfDay, "day">): readonly Cluster[] {
  return ways.map((way) => ({ part: way[of].cases, whole: way[of].of }));
}

/** What was found of edits some minutes later; there is no step of the funnel for it. */
function foundOf(ways: readonly WayOfDay[], what: "problems" | "repeated"): Sample {
  const groups = groupsOf(ways, what);
  const sum = (part: "part" | "whole") => groups.reduce((total, group) => total + group[part], 0);
  return { kind: "cases", cases: sum("part"), of: sum("whole"), groups };
}

/** Edits that were taken back, of those looked at in time. */
function takenBackOf(retention: Summary["retention"], ways: readonly WayOfDay[]): Sample {
  const point = retention.find(({ dueMs }) => dueMs === takenBackAtMs);
  return {
    kind: "cases",
    cases: point?.reverted ?? 0,
    of: point?.judged ?? 0,
    groups: groupsOf(ways, "undone"),
  };
}

/** What is in no commit yet counts as not committed; what no commit can be seen of does not count. */
function committedOf({ stages }: Funnel, ways: readonly WayOfDay[]): Sample {
  const found = stages.find(({ stage }) => stage === "committed");
  const reached = found?.reached ?? 0;
  const of = reached + (found?.left ?? 0) + (found?.pending ?? 0);
  return { kind: "cases", cases: reached, of, groups: groupsOf(ways, "committed") };
}
