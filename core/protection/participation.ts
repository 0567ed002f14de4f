import type { PublishedJoined } from "../../protocol/protection.ts";
import { contributorsNeeded } from "./floor.ts";
import { changedTeams, isTotalChanged, tellingTeams, type EarlierWeek, type Roster } from "./membership.ts";

export interface JoinedInput {
  /** Everybody who had joined by the end of the week, by team. */
  readonly roster: Roster;
  /** How many people a team has, as the organisation says. */
  readonly sizes: ReadonlyMap<string, number>;
  /** What was shown of earlier weeks by this. */
  readonly earlier: readonly EarlierWeek[];
  readonly floor: number;
  readonly devicesEach: 1 | 2;
}

/**
 * How many joined, by team and altogether: only where neither those who did nor those who did not could be counted off, and
 * where nothing that is told of a week differs from anything told of another by too few. Published with the week, once.
 */
export function publishJoined({ roster, sizes, earlier, floor, devicesEach }: JoinedInput): PublishedJoined {
  const needed = contributorsNeeded(floor, devicesEach);
  const hidden = changedTeams(roster, earlier, needed);
  const teams = [...roster].flatMap(([team, { size: joined }]) => {
    const of = sizes.get(team) ?? 0;
    const isEnough = joined >= needed && of - joined >= contributorsNeeded(floor, 1);
    return isEnough ? [{ team, joined, of }] : [];
  });
  for (;;) {
    const shown = teams.filter(({ team }) => !hidden.has(team));
    const now = { roster, shownTeams: new Set(shown.map(({ team }) => team)) };
    const telling = tellingTeams(now, earlier, needed);
    if (telling.size === 0) {
      shown.sort((a, b) => (a.team < b.team ? -1 : 1));
      return { everybody: everybodyOf(roster, { now, earlier, needed }), teams: shown };
    }
    for (const team of telling) hidden.add(team);
  }
}

function everybodyOf(
  roster: Roster,
  {
    now,
    earlier,
    needed,
  }: {
    readonly now: Pick<EarlierWeek, "roster" | "shownTeams">;
    readonly earlier: readonly EarlierWeek[];
    readonly needed: number;
  },
): number | null {
  const peopleOf = (teams: Iterable<readonly [string, ReadonlySet<string>]>) =>
    [...teams].reduce((sum, [, { size }]) => sum + size, 0);
  const everybody = peopleOf(roster);
  const rest = peopleOf([...roster].filter(([team]) => !now.shownTeams.has(team)));
  const isTelling = everybody < needed || (rest > 0 && rest < needed) || isTotalChanged(now, earlier, needed);
  return isTelling ? null : everybody;
}
