import { addDays } from "../day.ts";
import { isoWeekOfDay, mondayOfWeek } from "../isoWeek.ts";
import type { FateRecord } from "../../protocol/fates.ts";
import type { Origin } from "../../protocol/origin.ts";
import type { OutboxTally } from "../../protocol/sync.ts";
import { survivalAges } from "../../protocol/tallies.ts";
import { listedTool } from "./coarse.ts";

export interface SurvivalOf {
  /** ISO week in which lines became so old. */
  readonly week: string;
  /** From when on commits of a repository count, in milliseconds since 1970; undefined where none does. */
  readonly since: (repository: string) => number | undefined;
  /** The person's local day of a moment. */
  readonly dayOf: (at: number) => string;
}

/**
 * What was left of the lines of the person's own commits that became 14, 30 or 90 days old in one week. It waits as of the
 * week's last day.
 */
export function survivalTallies(
  records: readonly FateRecord[],
  { week, since, dayOf }: SurvivalOf,
): OutboxTally[] {
  const monday = mondayOfWeek(week);
  const sunday = addDays(monday, 6);
  const found = new Map<string, OutboxTally & { readonly sums: Record<string, number> }>();
  const seen = new Set<string>();
  for (const { repository, commits, origins, groups, held = [] } of records) {
    const from = since(repository);
    if (from === undefined) continue;
    const isOwn = ownMoments(held, seen);
    for (const [origin, commit, lines, days, end, isCorrective] of groups) {
      const [at] = commits[commit]!;
      if (at < from || !isOwn.has(at)) continue;
      const isDead = end === "self" || end === "others";
      for (const age of survivalAges) {
        const reached = addDays(dayOf(at), Number(age));
        if (reached < monday || reached > sunday || (end === "lost" && days < Number(age))) continue;
        const isGone = isDead && days <= Number(age);
        add(origins[origin]!, age, {
          lines,
          surviving: isGone ? 0 : lines,
          self: isGone && end === "self" ? lines : 0,
          others: isGone && end === "others" ? lines : 0,
          corrective: isGone && isCorrective ? lines : 0,
        });
      }
    }
  }
  return [...found.values()];

  function add(origin: Origin, age: string, counted: Readonly<Record<string, number>>): void {
    const keys = {
      kind: origin.kind,
      tool: origin.kind === "ai" ? listedTool(origin.tool ?? null) : null,
      age,
    };
    const place = JSON.stringify(keys);
    let known = found.get(place);
    if (!known) found.set(place, (known = { table: "kept.survival", day: sunday, keys, sums: {} }));
    for (const [name, sum] of Object.entries(counted)) known.sums[name] = (known.sums[name] ?? 0) + sum;
  }
}

/** When the person's own commits were made. Where somebody else's has the very same moment, neither counts. */
function ownMoments(held: NonNullable<FateRecord["held"]>, seen: Set<string>): ReadonlySet<number> {
  const own = new Set<number>();
  // A second working tree of the same repository has the same commits.
  const others = new Set(
    held.filter(({ id, isMine }) => isMine !== true || seen.has(id)).map(({ at }) => at),
  );
  for (const { id, at } of held) {
    seen.add(id);
    if (!others.has(at)) own.add(at);
  }
  return own;
}

export interface SurvivalDue {
  /** Up to which week it was taken; undefined where none was. */
  readonly through: string | undefined;
  /** The local day on which the person agreed. */
  readonly givenOn: string;
  readonly today: string;
  /** The local days on which the histories of the repositories that count were last looked at. */
  readonly lookedOn: readonly string[];
}

/** Days after a week in which its histories may still be looked at: on the third it is published. */
const graceDays = 2;
/** A collector takes records for so long. */
const oldestDays = 21;

/** The weeks that are over, and whose lines can be told now, oldest first. */
export function survivalWeeks({ through, givenOn, today, lookedOn }: SurvivalDue): string[] {
  const oldest = addDays(today, -oldestDays);
  const weeks: string[] = [];
  const start = through === undefined ? givenOn : addDays(mondayOfWeek(through), 7);
  for (
    let monday = mondayOfWeek(isoWeekOfDay(start < oldest ? oldest : start));
    addDays(monday, 7) <= today;
    monday = addDays(monday, 7)
  ) {
    const over = addDays(monday, 7);
    const isLookedAt = lookedOn.every((day) => day >= over);
    if (!isLookedAt && addDays(over, graceDays) > today) break;
    weeks.push(isoWeekOfDay(monday));
  }
  return weeks;
}
