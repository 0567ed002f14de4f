import { aiLines, hasAi, hasTests, isAiSource, isOwn, isTold } from "../../core/fate/commitKinds.ts";
import type { CommitOfDay } from "../../core/fate/heldCommits.ts";
import { isLightHeavyTask, isPriced, isSmoothTask } from "../../core/requests/taskGroups.ts";
import type { TimedTask } from "../../core/requests/timedTasks.ts";
import { gapsOf } from "../../core/summary/practice.ts";
import type { EditsQuestion } from "../../protocol/editsBehind.ts";
import type { NewestRequest, TaskRow } from "../store/requests.ts";

type Cases = EditsQuestion["cases"];
/** What each adds to the number, where that is more than itself. */
interface Adds {
  readonly part: number;
  readonly whole: number;
}
type WithAdds<Row> = readonly [row: Row, adds?: Adds];
type Timed = TimedTask & { readonly key: string };

const minute = 60_000;

/** The tasks that a number is of; those that are timed come as they are asked for, as that takes a while. */
export function taskCases(
  tasks: readonly TaskRow[],
  cases: Cases,
  timed: () => readonly Timed[],
): readonly WithAdds<TaskRow>[] {
  const adding = (addsOf: (task: TaskRow) => Adds | undefined) =>
    tasks.flatMap((task): WithAdds<TaskRow>[] => {
      const adds = addsOf(task);
      return adds ? [[task, adds]] : [];
    });
  const ofTimed = (addsOf: (task: Timed) => Adds | undefined) => {
    const byKey = new Map(timed().map((task) => [task.key, task]));
    return adding(({ key }) => {
      const found = byKey.get(key);
      return found && addsOf(found);
    });
  };
  switch (cases) {
    case "smooth":
      return tasks.filter(isSmoothTask).map((task) => [task]);
    case "light":
      return tasks.filter(isLightHeavyTask).map((task) => [task]);
    case "priced":
      return tasks.filter(isPriced).map((task) => [task]);
    case "withInput":
      return adding((task) =>
        allInput(task) > 0 ? { part: task.cacheRead, whole: allInput(task) } : undefined,
      );
    case "tried":
      return adding(({ tried, applied }) =>
        tried && applied + tried.failed > 0
          ? { part: tried.failed, whole: applied + tried.failed }
          : undefined,
      );
    case "timedKept":
      return ofTimed(({ isKept, workedMs }) => (isKept ? { part: workedMs / minute, whole: 1 } : undefined));
    case "firstEdit":
      return ofTimed(({ firstEditMs }) =>
        firstEditMs === null ? undefined : { part: firstEditMs / minute, whole: 1 },
      );
    case "reads":
      return ofTimed(({ reads, edits }) =>
        reads === null || edits === 0 ? undefined : { part: reads, whole: edits },
      );
    default:
      return tasks.map((task) => [task]);
  }
}

export function allInput({
  input,
  cacheRead,
  cacheWrite,
}: Pick<NewestRequest, "input" | "cacheRead" | "cacheWrite">): number {
  return input + cacheRead + cacheWrite;
}

/** The commits of a period, oldest first, that a number is of. */
export function commitCases(
  commits: readonly CommitOfDay[],
  { of, cases }: Pick<EditsQuestion, "of" | "cases">,
): readonly WithAdds<CommitOfDay>[] {
  const own = commits.filter(isOwn);
  if (of === "humanCommits")
    return commits.filter((commit) => commit.known > aiLines(commit)).map((commit) => [commit]);
  if (of === "ownCommits")
    return cases === "paired"
      ? gapsOf(own).map(({ commit, value }) => [commit, { part: value, whole: 1 }])
      : own.map((commit) => [commit]);
  const meant = cases === undefined ? commits : own.filter(isCase[cases] ?? (() => true));
  return meant.filter(hasAi).map((commit) => [commit]);
}

const isCase: Readonly<Partial<Record<NonNullable<Cases>, (commit: CommitOfDay) => boolean>>> = {
  told: isTold,
  tested: (commit) => isAiSource(commit) && hasTests(commit),
};
