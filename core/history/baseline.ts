import type { FateRecord } from "../../protocol/fates.ts";
import type { Baseline } from "../../protocol/history.ts";
import { localDay } from "../day.ts";
import { fatesOf } from "../fate/fates.ts";
import { medianOf } from "../statistics/quantile.ts";

const dayMs = 24 * 60 * 60_000;
const baselineDays = 365;
const reworkDays = 21;

/** How people worked in the year before AI is known to have written anything, or a chosen day. Null where no commit is so old. */
export function baselineOf(
  records: readonly FateRecord[],
  {
    before,
    utcOffsetMinutes,
    chosen = "",
  }: {
    readonly before: number;
    readonly utcOffsetMinutes: number;
    /** A local day; empty where nobody chose one. */
    readonly chosen?: string;
  },
): Baseline | null {
  const firstKnown = records.reduce((first, { origins, groups, commits }) => {
    const ofAi = groups.filter(([origin]) => origins[origin]!.kind === "ai");
    return ofAi.reduce((earliest, [, commit]) => Math.min(earliest, commits[commit]![0]), first);
  }, before);
  const end = chosen === "" ? firstKnown : Date.parse(`${chosen}T00:00:00Z`) - utcOffsetMinutes * 60_000;
  const from = end - baselineDays * dayMs;
  const isInside = (at: number) => at >= from && at < end;
  const lines: number[] = [];
  const days = new Set<string>();
  let [first, last] = [Infinity, -Infinity];
  const inside = records.map((record) => {
    const added = new Map<number, number>();
    const groups = record.groups.filter(([, commit]) => isInside(record.commits[commit]![0]));
    for (const [, commit, count] of groups) added.set(commit, (added.get(commit) ?? 0) + count);
    for (const [commit, count] of added) {
      const [at] = record.commits[commit]!;
      lines.push(count);
      days.add(localDay({ at, utcOffsetMinutes }).day);
      [first, last] = [Math.min(first, at), Math.max(last, at)];
    }
    return { ...record, groups: groups.map(asOne) };
  });
  if (lines.length === 0) return null;
  const fates = fatesOf(
    inside.map((record) => ({ ...record, origins: [{ kind: "unknown" as const }] })),
    utcOffsetMinutes,
  );
  const rework = fates?.kinds[0]?.rework.find((each) => each.days === reworkDays);
  return {
    from: localDay({ at: first, utcOffsetMinutes }).day,
    to: localDay({ at: last, utcOffsetMinutes }).day,
    commits: lines.length,
    days: days.size,
    linesPerCommit: medianOf(lines)!,
    rework21: rework?.share ? { ...rework.share, commits: rework.commits } : null,
  };
}

/** Whoever wrote it: nobody is known by name of that time. */
function asOne([, ...group]: FateRecord["groups"][number]): FateRecord["groups"][number] {
  return [0, ...group];
}
