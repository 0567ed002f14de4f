import type { ModelCheck, WatchedModel } from "../../protocol/toolUse.ts";
import { benjaminiHochberg } from "../statistics/benjaminiHochberg.ts";
import type { Cluster } from "../statistics/clusterBootstrap.ts";
import { areApart, likelihoodOfDifference } from "../statistics/differenceOfIntervals.ts";
import { grouped } from "../grouped.ts";
import { takenBackAtMs } from "../summary/wayOfDays.ts";
import { estimated, shareOfClusters, type ModelRow } from "./modelWatch.ts";
import type { SummaryTask } from "./taskGroups.ts";

type Task = Pick<SummaryTask, "tried" | "applied" | "type"> & {
  readonly tool: string;
  readonly models: readonly string[];
};

export interface Checked {
  /** The first day of the period. */
  readonly from: string;
  /** Of five minutes after each edit. */
  readonly undone: readonly ModelRow[];
  readonly tasks: readonly Task[];
  /** Of as long a time before. */
  readonly tasksBefore: readonly Task[];
}

type Watched = Omit<WatchedModel, "undone" | "retries">;
type Compared = Omit<ModelCheck, "says">;

const falseRate = 0.05;

/** Beside what is left of a model's edits: how many are undone, and how often they fail. */
export function checkModels(
  models: readonly Watched[],
  { from, undone, tasks, tasksBefore }: Checked,
): WatchedModel[] {
  const [now, before] = [tasksByModel(tasks), tasksByModel(tasksBefore)];
  const compared = models.map(({ tool, model }) => {
    const rows = undone.filter((row) => row.tool === tool && row.model === model && isJudged(row));
    const own = (all: typeof now) =>
      tool === null || model === null ? [] : (all.get(tool)?.get(model) ?? []);
    return [undoneOf(rows, from), retriesOf(own(now), own(before))] as const;
  });
  const likely = compared.flat().map(likelihoodOf);
  const called = benjaminiHochberg(
    likely.map((each) => each ?? 1),
    falseRate,
  );
  return models.map((model, index) => {
    const [first, second] = compared[index]!;
    const says = (check: Compared, at: number) => ({
      ...check,
      says: answerOf(check, likely[at], called[at]!),
    });
    return { ...model, undone: says(first, index * 2), retries: says(second, index * 2 + 1) };
  });
}

/** Those of one model, by tool and model. */
function tasksByModel(tasks: readonly Task[]): ReadonlyMap<string, ReadonlyMap<string, readonly Task[]>> {
  const ofOne = tasks.filter(({ models }) => models.length === 1);
  return new Map(
    [...grouped(ofOne, ({ tool }) => tool)].map(([tool, own]) => [
      tool,
      grouped(own, ({ models }) => models[0]!),
    ]),
  );
}

function isJudged({ kind, dueMs, judged }: ModelRow): boolean {
  return kind === "ai" && dueMs === takenBackAtMs && judged > 0;
}

function undoneOf(rows: readonly ModelRow[], from: string): Compared {
  const share = (own: readonly ModelRow[]) => {
    const days = [...grouped(own, ({ day }) => day).values()].map((day) => ({
      part: sumOf(day, ({ reverted }) => reverted),
      whole: sumOf(day, ({ judged }) => judged),
    }));
    return shareOfClusters(
      days,
      sumOf(own, ({ judged }) => judged),
    );
  };
  return {
    now: share(rows.filter(({ day }) => day >= from)),
    before: share(rows.filter(({ day }) => day < from)),
    held: null,
  };
}

/** Edits that failed, of those tried, with each kind of task as often in both times. What kind is not known cannot be held. */
function retriesOf(now: readonly Task[], before: readonly Task[]): Compared {
  const [one, other] = [triesByType(now), triesByType(before)];
  const common = [...one.keys()].filter((type) => type !== "unknown" && other.has(type));
  const triesOf = (all: ReadonlyMap<string, readonly Cluster[]>, type: string) =>
    sumOf(all.get(type) ?? [], ({ whole }) => whole);
  const weights = common.map((type) => triesOf(one, type) + triesOf(other, type));
  const weight = weights.reduce((sum, each) => sum + each, 0);
  const all = [...one.values(), ...other.values()].flat();
  const share = (own: ReadonlyMap<string, readonly Cluster[]>) => {
    const n = common.reduce((sum, type) => sum + triesOf(own, type), 0);
    const standardised = common.flatMap((type, index) => {
      const factor = ((weights[index]! / weight) * n) / triesOf(own, type);
      return own.get(type)!.map(({ part, whole }) => ({ part: part * factor, whole: whole * factor }));
    });
    return shareOfClusters(standardised, n);
  };
  const tries = sumOf(all, ({ whole }) => whole);
  return { now: share(one), before: share(other), held: tries === 0 ? null : weight / tries };
}

function triesByType(tasks: readonly Task[]): ReadonlyMap<string, readonly Cluster[]> {
  const tried = tasks.filter((task) => task.tried !== null && task.tried.failed + task.applied > 0);
  return new Map(
    [...grouped(tried, ({ type }) => type)].map(([type, own]) => [
      type,
      own.map(({ tried: of, applied }) => ({ part: of!.failed, whole: of!.failed + applied })),
    ]),
  );
}

function likelihoodOf({ now, before }: Compared): number | undefined {
  const [one, other] = [estimated(now), estimated(before)];
  if (!one || !other) return undefined;
  return areApart(one, other) ? likelihoodOfDifference(one, other) : 1;
}

function answerOf(
  { now, before }: Compared,
  likely: number | undefined,
  isCalled: boolean,
): ModelCheck["says"] {
  if (likely === undefined) return "cannotTell";
  if (!isCalled) return "noChangeSeen";
  return now.value! > before.value! ? "rising" : "falling";
}

function sumOf<Item>(items: readonly Item[], part: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + part(item), 0);
}
