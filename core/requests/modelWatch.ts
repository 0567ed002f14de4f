import type { MeasuredShare } from "../../protocol/share.ts";
import type { LevelChange, WatchedModel } from "../../protocol/toolUse.ts";
import { addDays, mondayOf } from "../day.ts";
import { grouped } from "../grouped.ts";
import { leastEdits } from "../summary/ratio.ts";
import type { DatedRetention } from "../summary/wayOfDays.ts";
import { benjaminiHochberg } from "../statistics/benjaminiHochberg.ts";
import { changePoint } from "../statistics/changePoint.ts";
import { bootstrapRatio, ratioOf, type Cluster } from "../statistics/clusterBootstrap.ts";
import { areApart, likelihoodOfDifference, type Estimated } from "../statistics/differenceOfIntervals.ts";
import { hullOf } from "../statistics/interval.ts";
import { linearisedRatio } from "../statistics/linearisedRatio.ts";
import { wilsonInterval } from "../statistics/wilson.ts";

/** Age is the same for all: what is left after 15 minutes. */
export const watchedDueMs = 15 * 60_000;
/** Half a year: a change of level needs weeks on both of its sides. */
export const watchedDays = 26 * 7;

const mostModels = 8;
const leastDays = 5;
const leastEditsOfWeek = 5;
/** From so many days on one pass over them says what drawing them does. */
const manyDays = 60;
const falseRate = 0.05;
const seed = 20_260_101;

export type ModelRow = DatedRetention & {
  readonly day: string;
  readonly tool: string | null;
  readonly model: string | null;
};

/** Each model against its own past. `from` is the first day of the period; what was earlier is the past. */
export function watchModels(rows: readonly ModelRow[], from: string): Watched[] {
  const watched = [...byModel(rows)]
    .sort((one, other) => editsIn(other) - editsIn(one))
    .slice(0, mostModels)
    .map((own) => look(own, from));
  // Everything that is asked of chance is asked together.
  const questions = watched.flatMap(({ pValues }) => [pValues.level ?? 1, pValues.weeks ?? 1]);
  const called = benjaminiHochberg(questions, falseRate);
  return watched.map((each, index) => answer(each, called[index * 2]!, called[index * 2 + 1]!));
}

/** Weeks are somewhat like their neighbours: so that no more than 5 % of claims are false, fewer by chance are called. */
const leastLikely = 0.02;

/** When what is left of all AI edits changed its level, if it did: of all models together. */
export function changeOfAll(rows: readonly ModelRow[]): LevelChange {
  const weeks = weeksOf(rows.filter(isWatched));
  const point = changePoint(
    weeks.map(({ value }) => value),
    { seed },
  );
  const isCalled = point !== undefined && point.pValue <= leastLikely;
  return {
    weeks: weeks.length,
    change: isCalled
      ? {
          week: weeks[point.at]!.week,
          earliest: weeks[point.from]!.week,
          latest: weeks[point.to]!.week,
          shift: point.shift,
        }
      : null,
  };
}

function isWatched({ kind, dueMs, samples }: ModelRow): boolean {
  return kind === "ai" && dueMs === watchedDueMs && samples > 0;
}

/** What is left after 15 minutes alone. */
type Watched = Omit<WatchedModel, "undone" | "retries">;

interface Look {
  readonly tool: string | null;
  readonly model: string | null;
  readonly now: MeasuredShare;
  readonly before: MeasuredShare;
  readonly weeks: WatchedModel["weeks"];
  readonly change: WatchedModel["change"];
  readonly pValues: { readonly level: number | undefined; readonly weeks: number | undefined };
}

function look(rows: readonly ModelRow[], from: string): Look {
  const now = shareOf(rows.filter(({ day }) => day >= from));
  const before = shareOf(rows.filter(({ day }) => day < from));
  const weeks = weeksOf(rows);
  const point = changePoint(
    weeks.map(({ value }) => value),
    { seed },
  );
  const [one, other] = [estimated(now), estimated(before)];
  return {
    tool: rows[0]!.tool,
    model: rows[0]!.model,
    now,
    before,
    weeks,
    change: point ? { week: weeks[point.at]!.week, shift: point.shift } : null,
    pValues: {
      level: one && other ? (areApart(one, other) ? likelihoodOfDifference(one, other) : 1) : undefined,
      weeks: point?.pValue,
    },
  };
}

function answer({ pValues, change, ...rest }: Look, isLevel: boolean, isWeek: boolean): Watched {
  const shift = isLevel ? rest.now.value! - rest.before.value! : isWeek && change ? change.shift : undefined;
  const says =
    shift !== undefined
      ? shift > 0
        ? "rising"
        : "falling"
      : pValues.level === undefined && (pValues.weeks === undefined || rest.now.needsMore > 0)
        ? "cannotTell"
        : "noChangeSeen";
  return { ...rest, change: isWeek ? change : null, says };
}

function byModel(rows: readonly ModelRow[]): Iterable<ModelRow[]> {
  return grouped(rows.filter(isWatched), ({ tool, model }) => JSON.stringify([tool, model])).values();
}

function editsIn(rows: readonly ModelRow[]): number {
  return rows.reduce((sum, { samples }) => sum + samples, 0);
}

/** What one day holds belongs together. */
function shareOf(rows: readonly ModelRow[]): MeasuredShare {
  return shareOfClusters(
    clustersBy(rows, ({ day }) => day),
    editsIn(rows),
  );
}

/** A share of so many, which come in clusters. */
export function shareOfClusters(clusters: readonly Cluster[], n: number): MeasuredShare {
  const value = ratioOf(clusters);
  if (value === undefined)
    return { value: null, low: null, high: null, n, needsMore: Math.max(0, leastEdits - n) };
  // Too few days say too little of the next one, however many edits they hold.
  const needsMore = Math.max(0, leastEdits - n, leastDays - clusters.length);
  if (needsMore > 0) return { value, low: null, high: null, n, needsMore };
  const drawn = clusters.length > manyDays ? linearisedRatio(clusters) : bootstrapRatio(clusters, { seed });
  const alone = wilsonInterval(value, n);
  const { low, high } = drawn ? hullOf(alone, drawn) : alone;
  return { value, low: Math.max(0, low), high: Math.min(1, high), n, needsMore: 0 };
}

function weeksOf(rows: readonly ModelRow[]): WatchedModel["weeks"] {
  return [...grouped(rows, ({ day }) => mondayOf(day))]
    .map(([week, own]) => ({ week, n: editsIn(own), value: ratioOf(clustersBy(own, () => "")) }))
    .flatMap(({ week, n, value }) =>
      value === undefined || n < leastEditsOfWeek ? [] : [{ week, value, n }],
    )
    .sort((one, other) => (one.week < other.week ? -1 : 1));
}

function clustersBy(rows: readonly ModelRow[], keyOf: (row: ModelRow) => string): Cluster[] {
  const groups = new Map<string, { part: number; whole: number }>();
  for (const row of rows) {
    const group = groups.get(keyOf(row)) ?? { part: 0, whole: 0 };
    group.part += row.arc;
    group.whole += row.insertedChars;
    groups.set(keyOf(row), group);
  }
  return [...groups.values()];
}

export function estimated({ value, low, high }: MeasuredShare): Estimated | undefined {
  return value === null || low === null || high === null ? undefined : { value, low, high };
}

/** The first day that models are watched from. */
export function watchedFrom(today: string): string {
  return addDays(mondayOf(today), 7 - watchedDays);
}
