export type Roster = ReadonlyMap<string, ReadonlySet<string>>;

/** What whoever kept every publication knows of an earlier week. */
export interface EarlierWeek {
  readonly roster: Roster;
  readonly shownTeams: ReadonlySet<string>;
  readonly isTotalShown: boolean;
  /** Teams that were in no sum. */
  readonly leftOut?: ReadonlySet<string>;
}

type Now = Omit<EarlierWeek, "isTotalShown">;

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
 * Teams that are shown now, and with which too few people follow from what was left of an earlier total: whoever has that
 * rest takes off what these teams are now.
 */
export function tellingTeams(now: Now, earlier: readonly EarlierWeek[], needed: number): Set<string> {
  const telling = earlier.filter(
    (week) => week.isTotalShown && isFew(leastDifference(week, now, { then: true, now: false }), needed),
  );
  return new Set(
    telling.flatMap((week) =>
      [...now.shownTeams].filter((team) => week.roster.has(team) && !week.shownTeams.has(team)),
    ),
  );
}

/**
 * Whether the total, without teams that are shown, differs by too few people from something that was known of an earlier
 * week: from its own rest, or from teams that were shown by themselves.
 */
export function isTotalChanged(now: Now, earlier: readonly EarlierWeek[], needed: number): boolean {
  return earlier.some(
    (week) =>
      isFew(leastDifference(week, now, { then: false, now: true }), needed) ||
      (week.isTotalShown && isFew(leastDifference(week, now, { then: true, now: true }), needed)),
  );
}

/** Which rests of totals are compared: each is the sum of all teams that are not shown, and comes whole or not at all. */
interface Rests {
  readonly then: boolean;
  readonly now: boolean;
}

/** The fewest people by which sums of one week differ from sums of another, where these rests are among them. */
function leastDifference(then: Now, now: Now, rests: Rests): number {
  let people = 0;
  for (const team of new Set([...then.roster.keys(), ...now.roster.keys()])) {
    const [before, after] = [membersOf(then, team), membersOf(now, team)];
    const [wasShown, isShown] = [then.shownTeams.has(team), now.shownTeams.has(team)];
    // What is shown by itself can be taken or not; what is not shown comes with its rest.
    const withBefore = wasShown ? [true, false] : [rests.then];
    const withAfter = isShown ? [true, false] : [rests.now];
    people += Math.min(
      ...withBefore.flatMap((takesBefore) =>
        withAfter.map((takesAfter) =>
          differenceOf(takesBefore ? before : undefined, takesAfter ? after : undefined),
        ),
      ),
    );
  }
  return people;
}

function membersOf({ roster, leftOut }: Now, team: string): ReadonlySet<string> | undefined {
  return leftOut?.has(team) ? undefined : roster.get(team);
}

function differenceOf(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  let common = 0;
  for (const member of a) if (b.has(member)) common++;
  return a.size + b.size - 2 * common;
}

function isFew(people: number, needed: number): boolean {
  return people > 0 && people < needed;
}
