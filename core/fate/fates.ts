import type { FateOfOrigin, FateRecord, Fates } from "../../protocol/fates.ts";
import type { Origin, OriginKind } from "../../protocol/origin.ts";
import { addDays, localDay } from "../day.ts";
import { survivalAt } from "../statistics/kaplanMeier.ts";
import { equalClusters } from "../statistics/shareInterval.ts";
import { wilsonInterval } from "../statistics/wilson.ts";
import { lifetimesOf, reworkOf, sumLines, watchedFor } from "./fateSums.ts";
import { livesOf } from "./lives.ts";
import { shareOfCommits, survivorsByCommit } from "./shareOfCommits.ts";

const windows = [14, 21, 30, 90] as const;
/** Where a curve is looked at. */
const ages = [0, 1, 2, 3, 5, 7, 10, 14, 17, 21, 25, 30, 37, 45, 60, 75, 90];
const dayMs = 24 * 60 * 60_000;
const shownWeeks = 26;
const kindOrder: readonly OriginKind[] = ["ai", "human", "tooling", "external", "unknown"];

/** A group of any repository, with its commit's number among all of them. */
interface Group {
  readonly origin: Origin;
  readonly commit: number;
  readonly lines: number;
  readonly days: number;
  readonly bornAt: number;
  readonly bornDaysAgo: number;
  readonly end: "alive" | "died" | "lost";
  readonly by: "self" | "others" | undefined;
  readonly isCorrective: boolean;
}

interface Commit {
  readonly daysAgo: number;
  readonly revertedAfter: number | null;
}

/**
 * What became of the lines of some repositories, by who wrote them. Only lines of the time since AI is known to have
 * written any are compared, so that people and tools are looked at in the same repositories and at the same time.
 */
export function fatesOf(records: readonly FateRecord[], utcOffsetMinutes: number): Fates | null {
  if (records.length === 0) return null;
  const looked = records.filter(({ unknown }) => unknown === null);
  const { groups: all, commits } = gather(looked);
  const firstAi = all.reduce(
    (first, { origin, bornAt }) => (origin.kind === "ai" ? Math.min(first, bornAt) : first),
    Infinity,
  );
  const groups = firstAi === Infinity ? all : all.filter(({ bornAt }) => bornAt >= firstAi);
  const at = records.reduce((oldest, record) => Math.min(oldest, record.at), Infinity);
  const dayOf = (moment: number) => localDay({ at: moment, utcOffsetMinutes }).day;
  const lines = sumLines(groups);
  const ai = groups.filter(({ origin }) => origin.kind === "ai");
  return {
    at,
    repositories: looked.length,
    unknown: reasons(records),
    from: dayOf(groups.reduce((first, { bornAt }) => Math.min(first, bornAt), at)),
    to: dayOf(at),
    coverage: lines === 0 ? null : sumLines(groups.filter(({ origin }) => origin.kind !== "unknown")) / lines,
    linesSetApart: looked.reduce((sum, { linesSetApart }) => sum + linesSetApart, 0),
    kinds: rowsOf(groups, commits, ({ kind }) => ({ kind })).sort(
      (one, other) => kindOrder.indexOf(one.origin.kind) - kindOrder.indexOf(other.origin.kind),
    ),
    tools: rowsOf(ai, commits, toolAndModel).sort((one, other) => other.lines - one.lines),
    weeks: weeksOf(ai, dayOf),
    lives: livesOf(groups),
  };
}

function gather(records: readonly FateRecord[]): { groups: Group[]; commits: Commit[] } {
  const groups: Group[] = [];
  const commits: Commit[] = [];
  for (const record of records) {
    const before = commits.length;
    // A clock that was wrong when a commit was made must not make it younger than nothing.
    for (const [bornAt, revertedAfter] of record.commits)
      commits.push({ daysAgo: Math.max(0, Math.floor((record.at - bornAt) / dayMs)), revertedAfter });
    for (const [origin, commit, lines, days, end, isCorrective] of record.groups) {
      const died = end === "self" || end === "others";
      groups.push({
        origin: record.origins[origin]!,
        commit: before + commit,
        lines,
        days,
        bornAt: record.commits[commit]![0],
        bornDaysAgo: commits[before + commit]!.daysAgo,
        end: died ? "died" : end,
        by: died ? end : undefined,
        isCorrective,
      });
    }
  }
  return { groups, commits };
}

function reasons(records: readonly FateRecord[]): Fates["unknown"] {
  const counts = new Map<NonNullable<FateRecord["unknown"]>, number>();
  for (const { unknown } of records)
    if (unknown !== null) counts.set(unknown, (counts.get(unknown) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

function toolAndModel(origin: Origin): Origin {
  if (origin.kind !== "ai") return origin;
  const { kind, tool, model } = origin;
  return { kind, ...(tool !== undefined && { tool }), ...(model !== undefined && { model }) };
}

function rowsOf(
  groups: readonly Group[],
  commits: readonly Commit[],
  classOf: (origin: Origin) => Origin,
): FateOfOrigin[] {
  const classes = new Map<string, { origin: Origin; groups: Group[] }>();
  for (const group of groups) {
    const origin = classOf(group.origin);
    const name = JSON.stringify(origin);
    const known = classes.get(name);
    if (known) known.groups.push(group);
    else classes.set(name, { origin, groups: [group] });
  }
  const withAi = new Set(groups.flatMap(({ origin, commit }) => (origin.kind === "ai" ? [commit] : [])));
  return [...classes.values()].map(({ origin, groups: own }) => {
    const numbers = new Set(own.map(({ commit }) => commit));
    // A commit with a line of AI in it is a commit of AI, and of nobody else.
    const judged = [...numbers].filter((commit) => origin.kind === "ai" || !withAi.has(commit));
    return {
      origin,
      lines: sumLines(own),
      commits: numbers.size,
      rework: windows.map((days) => reworkAt(own, days)),
      survival: survivalOf(own),
      reverts: windows.map((days) => {
        const old = judged.map((commit) => commits[commit]!).filter(({ daysAgo }) => daysAgo >= days);
        const reverted = old.filter(({ revertedAfter }) => revertedAfter !== null && revertedAfter <= days);
        return { days, reverted: reverted.length, of: old.length };
      }),
    };
  });
}

function reworkAt(groups: readonly Group[], days: number): FateOfOrigin["rework"][number] {
  const watched = watchedFor(groups, days);
  const observed = sumLines(watched);
  const rework = reworkOf(watched, days);
  const clusters = survivorsByCommit(watched, days);
  const value = observed === 0 ? undefined : (rework.self + rework.others) / observed;
  const kept =
    value === undefined
      ? undefined
      : shareOfCommits(watched, days, wilsonInterval(1 - value, equalClusters(clusters)));
  return {
    days,
    observed,
    commits: clusters.length,
    ...rework,
    share: value === undefined || !kept ? null : estimate(value, 1 - kept.high, 1 - kept.low),
  };
}

function survivalOf(groups: readonly Group[]): FateOfOrigin["survival"] {
  const lifetimes = lifetimesOf(groups);
  return ages.flatMap((days) => {
    const at = survivalAt(lifetimes, days);
    if (!at) return [];
    const { low, high } = shareOfCommits(watchedFor(groups, days), days, at);
    const atRisk = sumLines(groups.filter((group) => group.days >= days));
    return [{ days, ...estimate(at.share, low, high), atRisk }];
  });
}

function weeksOf(ai: readonly Group[], dayOf: (moment: number) => string): Fates["weeks"] {
  const weeks = new Map<string, Record<"self" | "others" | "corrective" | "correctiveSelf", number>>();
  const longest = windows.at(-1)!;
  for (const { bornAt, days, by, lines, isCorrective } of ai) {
    if (!by || days > longest) continue;
    const day = dayOf(bornAt + days * dayMs);
    const week = addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
    const sums = weeks.get(week) ?? { self: 0, others: 0, corrective: 0, correctiveSelf: 0 };
    sums[by] += lines;
    if (isCorrective) sums.corrective += lines;
    if (isCorrective && by === "self") sums.correctiveSelf += lines;
    weeks.set(week, sums);
  }
  return [...weeks]
    .map(([week, sums]) => ({ week, ...sums }))
    .sort((one, other) => (one.week < other.week ? -1 : 1))
    .slice(-shownWeeks);
}

function estimate(value: number, low: number, high: number) {
  return { value: rounded(value), low: rounded(Math.min(low, value)), high: rounded(Math.max(high, value)) };
}

function rounded(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1e6) / 1e6;
}
