import type { Median, Practice, PracticeMeasure } from "../../protocol/practice.ts";
import { addDays, mondayOf } from "../day.ts";
import { aiLines, hasAi, hasTests, isAiSource, isOwn, isTold } from "../fate/commitKinds.ts";
import type { CommitOfDay } from "../fate/heldCommits.ts";
import { medianInterval } from "../statistics/medianInterval.ts";
import { medianOf, quantileOfSorted } from "../statistics/quantile.ts";
import type { TimedTask } from "../requests/timedTasks.ts";

const minute = 60_000;
/** A change that is larger is hard to review. */
const large = { lines: 400, files: 15 };
const mostlyAiShare = 0.2;
const weeksShown = 12;
/** Below these nothing is said of a week, or of what is usual. */
const leastOfWeek = 3;
const leastWeeks = 4;

export interface PracticeInput {
  readonly from: string;
  readonly to: string;
  /** Of all time that is known, oldest first; null where no history was looked at. */
  readonly commits: readonly CommitOfDay[] | null;
  readonly tasks: readonly TimedTask[];
  readonly aiEditsByDay: ReadonlyMap<string, number>;
}

/** How somebody works with AI: how large commits are, how far apart, with tests or not, and how soon tasks edit. */
export function practiceOf({ from, to, commits, tasks, aiEditsByDay }: PracticeInput): Practice {
  const own = (commits ?? []).filter(isOwn);
  const inPeriod = own.filter(({ day }) => from <= day && day <= to);
  return {
    commits: commits && ownCommits(inPeriod),
    firstEdit: median(firstEdits(tasks).map(({ value }) => value)),
    readsOfTasks: tasks.flatMap(({ edits, reads }) =>
      reads === null || edits === 0 ? [] : [{ reads, edits }],
    ),
    days: daysOf(inPeriod, aiEditsByDay),
    weekly: weekly(own, tasks, to),
  };
}

function ownCommits(own: readonly CommitOfDay[]): NonNullable<Practice["commits"]> {
  const ofSource = own.filter(isAiSource);
  return {
    own: own.length,
    withAi: own.filter(hasAi).length,
    mostlyAi: own.filter((commit) => hasAi(commit) && aiLines(commit) >= commit.lines * mostlyAiShare).length,
    told: own.filter(isTold).length,
    toldAi: own.filter((commit) => isTold(commit) && hasAi(commit)).length,
    lines: median(own.map(sizeOf)),
    large: own.filter((commit) => sizeOf(commit) > large.lines || commit.files > large.files).length,
    minutesBetween: median(gapsOf(own).map(({ value }) => value)),
    tests: { cases: ofSource.filter(hasTests).length, of: ofSource.length },
  };
}

function sizeOf({ added, removed }: CommitOfDay): number {
  return added + removed;
}

interface Dated {
  readonly day: string;
  readonly value: number;
}

/**
 * The commits with one before them in the same repository, and the minutes between. A night between two says nothing of
 * how often somebody commits.
 */
export function gapsOf(own: readonly CommitOfDay[]): (Dated & { readonly commit: CommitOfDay })[] {
  const last = new Map<string, CommitOfDay>();
  return own.flatMap((commit) => {
    const { day, repository, at } = commit;
    const before = last.get(repository);
    last.set(repository, commit);
    return before?.day === day && at > before.at ? [{ day, value: (at - before.at) / minute, commit }] : [];
  });
}

function firstEdits(tasks: readonly TimedTask[]): Dated[] {
  return tasks.flatMap(({ day, firstEditMs }) =>
    firstEditMs === null ? [] : [{ day, value: firstEditMs / minute }],
  );
}

function readsPerEdit(tasks: readonly TimedTask[]): Dated[] {
  return tasks.flatMap(({ day, edits, reads }) =>
    reads === null || edits === 0 ? [] : [{ day, value: reads / edits }],
  );
}

function median(values: readonly number[]): Median {
  const found = medianInterval(values);
  return {
    value: medianOf(values) ?? null,
    low: found?.low ?? null,
    high: found?.high ?? null,
    n: values.length,
  };
}

function daysOf(own: readonly CommitOfDay[], aiEditsByDay: ReadonlyMap<string, number>): Practice["days"] {
  const days = new Map<string, Practice["days"][number]>();
  for (const [day, aiEdits] of aiEditsByDay) days.set(day, { day, commits: 0, aiCommits: 0, aiEdits });
  for (const commit of own) {
    const { day } = commit;
    const known = days.get(day) ?? { day, commits: 0, aiCommits: 0, aiEdits: 0 };
    const aiCommits = known.aiCommits + (hasAi(commit) ? 1 : 0);
    days.set(day, { ...known, commits: known.commits + 1, aiCommits });
  }
  return [...days.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
}

function weekly(own: readonly CommitOfDay[], tasks: readonly TimedTask[], to: string): Practice["weekly"] {
  const tests = own
    .filter(isAiSource)
    .map((commit) => ({ day: commit.day, value: hasTests(commit) ? 1 : 0 }));
  const sizes = own.map((commit) => ({ day: commit.day, value: sizeOf(commit) }));
  return [
    weeksOf("lines", sizes, to, medianOf),
    weeksOf("minutesBetween", gapsOf(own), to, medianOf),
    weeksOf("tests", tests, to, meanOf),
    weeksOf("reads", readsPerEdit(tasks), to, medianOf),
    weeksOf("firstEdit", firstEdits(tasks), to, medianOf),
  ];
}

function weeksOf(
  measure: PracticeMeasure,
  dated: readonly Dated[],
  to: string,
  middle: (values: readonly number[]) => number | undefined,
): Practice["weekly"][number] {
  const first = addDays(mondayOf(to), (1 - weeksShown) * 7);
  const values = new Map<string, number[]>();
  for (let week = first; week <= to; week = addDays(week, 7)) values.set(week, []);
  for (const { day, value } of dated) if (day <= to) values.get(mondayOf(day))?.push(value);
  const weeks = [...values].map(([week, own]) => {
    const value = own.length < leastOfWeek ? null : (middle(own) ?? null);
    return { week, value, n: own.length };
  });
  return { measure, weeks, usual: usualOf(weeks.slice(0, -1)) };
}

function usualOf(weeks: Practice["weekly"][number]["weeks"]): Practice["weekly"][number]["usual"] {
  const sorted = weeks
    .flatMap(({ value }) => (value === null ? [] : [value]))
    .sort((one, other) => one - other);
  if (sorted.length < leastWeeks) return null;
  return { low: quantileOfSorted(sorted, 0.25)!, high: quantileOfSorted(sorted, 0.75)! };
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
