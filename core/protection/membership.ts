export type Roster = ReadonlyMap<string, ReadonlySet<string>>;

/** What whoever kept every publication knows of an earlier week. */
export interface EarlierWeek {
  readonly roster: Roster;
  readonly shownTeams: ReadonlySet<string>;
  readonly isTotalShown: boolean;
  /** Teams that were in no sum. */
  readonly leftOut?: ReadonlySet<string>;
}

/** Teams that differ from themselves in any week they were shown in by too few people to be shown again. */
export function changedTeams(roster: Roster, earlier: readonly EarlierWeek[], needed: number): Set<string> {
  const changed = new Set<string>();
  for (const [team, members] of roster) {
    for (const week of earlier) {
      if (!week.shownTeams.has(team)) continue;
      if (isFew(differenceOf(members, week.roster.get(team)), needed)) changed.add(team);
    }
  }
  return changed;
}

/**
 * Whether the total, without the teams that are shown now and were shown then, differs from an earlier total by too few
 * people.
 */
export function isTotalChanged(
  now: Omit<EarlierWeek, "isTotalShown">,
  earlier: readonly EarlierWeek[],
  needed: number,
): boolean {
  return earlier.some((week) => {
    if (!week.isTotalShown) return false;
    let difference = 0;
    for (const team of new Set([...now.roster.keys(), ...week.roster.keys()])) {
      if (now.shownTeams.has(team) && week.shownTeams.has(team)) continue;
      const [isOutNow, wasOut] = [now.leftOut?.has(team), week.leftOut?.has(team)];
      if (isOutNow && wasOut) continue;
      difference += differenceOf(
        isOutNow ? undefined : now.roster.get(team),
        wasOut ? undefined : week.roster.get(team),
      );
    }
    return isFew(difference, needed);
  });
}

function differenceOf(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  const common = [...a].filter((member) => b.has(member)).length;
  return a.size + b.size - 2 * common;
}

function isFew(people: number, needed: number): boolean {
  return people > 0 && people < needed;
}
