import { metrics } from "../../core/metrics/metrics.ts";
import { verdictOf } from "../../core/metrics/verdict.ts";
import type { PublishedName } from "../../protocol/tallies.ts";
import type { MeasuredShare } from "./measured.ts";
import type { View } from "./period.ts";
import {
  aim,
  definitionOf,
  evidenceOf,
  percentOrNone,
  trendWords,
  type Card,
  type DimensionName,
  type Targets,
} from "./card.ts";
import { shareOf, type TallyReading, type TallyRow } from "./tallyReading.ts";

/** What the weeks of the view, or as many before them, show of one table. */
export type Tally = (table: PublishedName, when?: "now" | "before") => TallyReading;

interface Row {
  readonly id: string;
  readonly dimension: DimensionName;
  readonly table: PublishedName;
  /** What its sample is made of. */
  readonly of: string;
  readonly measure: (rows: readonly TallyRow[]) => MeasuredShare;
  readonly action: string;
  /** In the place of the catalogue's, where what is sent is a little different. */
  readonly name?: string;
  readonly definition?: string;
  readonly better?: "higher" | "lower";
}

const applied = ["accepted", "partly", "unasked", "undone", "untold"];
const ofAiAt = (rows: readonly TallyRow[], age: string) =>
  rows.filter(({ keys }) => keys["origin.kind"] === "ai" && keys["age"] === age);

const table: readonly Row[] = [
  {
    ...{ id: "A1", dimension: "adoption", table: "kept.days", of: "days of people" },
    name: "Active use",
    definition:
      "Of all days on which somebody wrote something, those on which AI wrote some of it. Each person's day counts once, and whoever was away counts for nothing.",
    measure: (rows) => shareOf(rows, ["ai"], ["ai", "without"]),
    action: "See which tools are used by which team under Adoption.",
  },
  {
    ...{ id: "Q2", dimension: "quality", table: "kept.funnel", of: "edits" },
    measure: (rows) => shareOf(rows, ["kept"], ["kept", "gone"]),
    action: "See it by tool under Outcomes, beside what is committed.",
  },
  {
    ...{ id: "Q4", dimension: "quality", table: "kept.survival", of: "lines" },
    name: "Rework within 30 days",
    definition:
      "The share of committed AI lines that are changed or deleted within 30 days. The target is for 21: whoever meets it here meets it there.",
    measure: (rows) => shareOf(ofAiAt(rows, "30"), ["self", "others", "corrective"], ["lines"]),
    action: "See under Outcomes who rewrites them, beside people's own lines.",
  },
  {
    ...{ id: "Q5", dimension: "quality", table: "kept.survival", of: "lines" },
    name: "Survival to 90 days",
    definition: "The share of committed AI lines that are still there 90 days after their commit.",
    measure: (rows) => shareOf(ofAiAt(rows, "90"), ["surviving"], ["lines"]),
    action: "Compare it with people's lines of the same weeks under Outcomes.",
  },
  {
    ...{ id: "rejected", dimension: "reliability", table: "kept.funnel", of: "edits", better: "lower" },
    name: "Rejected afterwards",
    definition: "The share of AI edits that were applied and then rejected or undone within 15 minutes.",
    measure: (rows) => shareOf(rows, ["undone"], applied),
    action: "Where it rises, ask what the tool is used for, and look at Model watch under Coaching.",
  },
  {
    ...{ id: "C6", dimension: "cost", table: "kept.requests", of: "tokens" },
    measure: (rows) => shareOf(rows, ["cache.read"], ["input", "cache.read", "cache.write"]),
    action: "See it by tool under Cost.",
  },
  {
    ...{ id: "C7", dimension: "cost", table: "kept.requests", of: "requests" },
    measure: heavyShare,
    action: "See it by tool under Cost.",
  },
];

/** The cards of what is counted besides edits. */
export function tallyCards(view: View, targets: Targets, tally: Tally): Card[] {
  return table.map((row) => {
    const { id, dimension, measure, action, of } = row;
    const metric = metrics.find((each) => each.id === id);
    const direction = row.better ?? metric?.direction ?? "none";
    const target = targets[id] ?? metric?.target;
    const newer = tally(row.table);
    const now = { ...measure(newer.rows), hidden: newer.hidden };
    const words = definitionOf(id);
    return {
      ...{ id, dimension, action, name: row.name ?? words.name },
      definition: row.definition ?? words.definition,
      now: percentOrNone(now.value),
      evidence:
        now.value === undefined || newer.hidden.length === 0
          ? evidenceOf(now, of)
          : `${evidenceOf({ ...now, hidden: [] }, of)}; some of it is hidden`,
      target: target === undefined ? undefined : aim(direction, target),
      trend: trendWords(now, measure(tally(row.table, "before").rows), view.period),
      verdict:
        target === undefined ? undefined : (verdictOf(direction, target, now.interval) ?? "notEnoughData"),
    };
  });
}

/** Of the requests whose tier is told. */
function heavyShare(rows: readonly TallyRow[]): MeasuredShare {
  const known = rows.filter(({ keys }) => ["fast", "standard", "heavy"].includes(keys["tier"] ?? ""));
  const told = known.map(({ week, keys, sums }) => ({
    week,
    keys,
    sums: {
      requests: sums["requests"] ?? 0,
      heavy: keys["tier"] === "heavy" ? (sums["requests"] ?? 0) : 0,
    },
  }));
  return shareOf(told, ["heavy"], ["requests"]);
}
