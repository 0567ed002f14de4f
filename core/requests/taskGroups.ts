import type {
  MeasuredAmount,
  RequestSummary,
  Spend,
  TaskGroup,
  TaskOutcomes,
} from "../../protocol/requestSummary.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import { addDays } from "../day.ts";
import { grouped } from "../grouped.ts";
import { tierOf } from "./modelTiers.ts";
import { isLight } from "./taskType.ts";
import { timeToKept, type TimedTask } from "./timedTasks.ts";
import type { TriedEdits } from "./taskEdits.ts";
import { ratioOf, type Cluster } from "../statistics/clusterBootstrap.ts";
import { costRatio } from "../statistics/costRatio.ts";
import { shareInterval } from "../statistics/shareInterval.ts";

/** A task as it is added up; the names are the store's. */
export interface SummaryTask {
  /** On which it began. */
  readonly day: string;
  readonly type: string;
  readonly models: readonly string[];
  readonly requests: number;
  readonly unpriced: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly costNano: number;
  readonly edits: number;
  readonly applied: number;
  /** What the edits of the tool's own records came to; null where there are none, or not all are known any more. */
  readonly tried: TriedEdits | null;
  readonly changes: number;
  readonly keptChanges: number;
}

/** A bootstrap over more clusters takes longer and says no more. */
const mostGroups = 200;
/** Of a week: there are thirteen of them in a quarter. */
const mostGroupsOfWeek = 50;
/** From so many clusters on one pass over them says what drawing them does. */
const manyClusters = 100;
/** Tasks below which no interval is made: a few sessions are a story, no sample. */
export const leastTasks = 20;
/** Chance enters here alone, and is the same every time. */
const seed = 20_260_101;
const drawing = { seed, manyClusters };

/** What became of a task. What was not seen is not guessed. */
export function outcomeOf({
  edits,
  applied,
  changes,
  keptChanges,
}: SummaryTask): Exclude<keyof TaskOutcomes, "tasks"> {
  if (keptChanges > 0) return "kept";
  if (edits === 0 && changes === 0) return "noEdits";
  // What was applied and never recognised may well be kept.
  return changes > 0 && changes >= applied ? "nothing" : "unknown";
}

export function outcomesOf(tasks: readonly SummaryTask[]): TaskOutcomes {
  const outcomes = { tasks: tasks.length, kept: 0, nothing: 0, noEdits: 0, unknown: 0 };
  for (const task of tasks) outcomes[outcomeOf(task)]++;
  return outcomes;
}

/** The tasks of a summary: what became of them, and what a change costs that was kept. */
export function summariseTasks(
  tasks: readonly SummaryTask[],
  groups: readonly TaskGroup[],
  timed: readonly TimedTask[],
  period: { readonly from: string; readonly days: number },
): RequestSummary["tasks"] {
  const ofTypes = [...grouped(tasks, ({ type }) => type)].sort(([one], [other]) => (one < other ? -1 : 1));
  const weeks = sevenDays(period);
  const ofWeeks = grouped(tasks, ({ day }) => weeks.findLastIndex(({ from }) => from <= day));
  return {
    ...outcomesOf(tasks),
    ...changesOf(tasks),
    costPerKeptChange: costPerKeptChange(tasks, groups),
    costOfWeeks: weeks.map(({ from, to }, index) => {
      const own = (ofWeeks.get(index) ?? []).filter(({ day }) => day <= to);
      return { from, to, perKeptChange: costPerKeptChange(own, groupTasks(own, mostGroupsOfWeek)) };
    }),
    timeToKept: timeToKept(timed),
    spent: spentByOutcome(tasks),
    byType: ofTypes.map(([type, own]) => ({
      ...{ type, ...outcomesOf(own), ...changesOf(own) },
      spend: spendOfTasks(own),
    })),
  };
}

/** Stretches of seven days; the last one ends with the period, and the first may be shorter. */
function sevenDays({ from, days }: { readonly from: string; readonly days: number }) {
  const length = Math.ceil(days / 7);
  return Array.from({ length }, (_, index) => {
    const end = days - 7 * (length - 1 - index);
    return { from: addDays(from, Math.max(0, end - 7)), to: addDays(from, end - 1) };
  });
}

type Group = { -readonly [Name in keyof TaskGroup]: number };

/** What the edits of a task came to; nothing where they are not told. */
function addTried(group: Group, task: SummaryTask): void {
  const { tried, applied, models } = task;
  if (!tried) return;
  const { failed, rejected, files, lines } = tried;
  group.triedEdits += applied + failed;
  group.failedEdits += failed;
  if (applied + failed + rejected === 0) return;
  group.triedTasks++;
  if (isSmoothTask(task)) group.smoothTasks++;
  if (files === 0 || lines === null || !models.some((model) => tierOf(model) === "heavy")) return;
  group.heavyTasks++;
  if (isLightHeavyTask(task)) group.lightHeavyTasks++;
}

/** Whose edits all went through. */
export function isSmoothTask({ tried, applied }: SummaryTask): boolean {
  return tried !== null && applied > 0 && tried.failed + tried.rejected === 0;
}

/** A smooth one that changed little, with a heavy model. */
export function isLightHeavyTask(task: SummaryTask): boolean {
  if (!isSmoothTask(task) || !task.tried) return false;
  const { files, lines } = task.tried;
  const isHeavy = task.models.some((model) => tierOf(model) === "heavy");
  return files > 0 && lines !== null && isHeavy && isLight({ files, lines });
}

/** A task of which a part has no price says nothing of what it cost. */
export function isPriced({ requests, unpriced, costNano }: SummaryTask): boolean {
  return unpriced === 0 && (requests > 0 || costNano > 0);
}

function spentByOutcome(tasks: readonly SummaryTask[]): RequestSummary["tasks"]["spent"] {
  const spent = { kept: 0, nothing: 0, noEdits: 0, unknown: 0 };
  for (const task of tasks) if (isPriced(task)) spent[outcomeOf(task)] += task.costNano;
  return spent;
}

/** Tasks in the order in which they began, at most a few hundred groups of neighbours. */
export function groupTasks(tasks: readonly SummaryTask[], most = mostGroups): TaskGroup[] {
  const size = Math.ceil(tasks.length / most);
  const groups: TaskGroup[] = [];
  for (let at = 0; at < tasks.length; at += size) {
    const group = { ...emptyGroup };
    for (const task of tasks.slice(at, at + size)) {
      group.tasks++;
      group.requests += task.requests;
      group.pricedRequests += task.requests - task.unpriced;
      // What a session comes to as a whole is the cost of no request.
      if (task.requests > 0) group.nanoUsd += task.costNano;
      group.cacheRead += task.cacheRead;
      group.allInput += task.input + task.cacheRead + task.cacheWrite;
      addTried(group, task);
      if (!isPriced(task)) continue;
      group.pricedTasks++;
      group.pricedNanoUsd += task.costNano;
      group.pricedChanges += task.changes;
      group.pricedKeptChanges += task.keptChanges;
      if (outcomeOf(task) === "kept") group.keptNanoUsd += task.costNano;
    }
    groups.push(group);
  }
  return groups;
}

/** A share over tasks, as the panel shows it. */
export function shareOverTasks(clusters: readonly Cluster[], tasks: number): MeasuredShare {
  const value = ratioOf(clusters) ?? null;
  const interval = value === null || tasks < leastTasks ? undefined : shareInterval(clusters, drawing);
  return {
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n: tasks,
    needsMore: Math.max(0, leastTasks - tasks),
  };
}

function costPerKeptChange(tasks: readonly SummaryTask[], groups: readonly TaskGroup[]): MeasuredAmount {
  const clusters = groups.map(({ pricedNanoUsd: part, pricedKeptChanges: whole }) => ({ part, whole }));
  const n = tasks.filter(isPriced).length;
  // Tasks that kept nothing cost something too: they stay in the sum.
  const value = ratioOf(clusters) ?? null;
  const interval = value === null || n < leastTasks ? undefined : costRatio(clusters);
  return {
    nanoUsd: value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n,
    needsMore: Math.max(0, leastTasks - n),
  };
}

function spendOfTasks(tasks: readonly SummaryTask[]): Spend {
  const sum = (part: (task: SummaryTask) => number) => tasks.reduce((total, task) => total + part(task), 0);
  const priced = sum(({ requests, unpriced }) => requests - unpriced);
  const nanoUsd = sum(({ costNano }) => costNano);
  return {
    nanoUsd: priced === 0 && nanoUsd === 0 ? null : nanoUsd,
    unpricedRequests: sum(({ unpriced }) => unpriced),
    // A task that is priced in part does not say how many tokens are not.
    unpricedTokens: sum((task) =>
      task.unpriced === task.requests && task.costNano === 0 ? allTokens(task) : 0,
    ),
  };
}

function allTokens({ input, output, cacheRead, cacheWrite }: SummaryTask): number {
  return input + output + cacheRead + cacheWrite;
}

function changesOf(tasks: readonly SummaryTask[]): { changes: number; keptChanges: number } {
  return {
    changes: tasks.reduce((sum, { changes }) => sum + changes, 0),
    keptChanges: tasks.reduce((sum, { keptChanges }) => sum + keptChanges, 0),
  };
}

const emptyGroup = {
  tasks: 0,
  requests: 0,
  pricedRequests: 0,
  nanoUsd: 0,
  cacheRead: 0,
  allInput: 0,
  pricedTasks: 0,
  pricedNanoUsd: 0,
  pricedChanges: 0,
  pricedKeptChanges: 0,
  keptNanoUsd: 0,
  triedEdits: 0,
  failedEdits: 0,
  triedTasks: 0,
  smoothTasks: 0,
  heavyTasks: 0,
  lightHeavyTasks: 0,
};
