import type { EarlierWeek } from "../../../core/protection/membership.ts";
import { publishJoined } from "../../../core/protection/participation.ts";
import { seededRandom } from "../../../core/seededRandom.ts";
import { publishedOf } from "./attacker.ts";
import { inputOf, randomMember, randomMembers, rosterOf, teamName } from "./organisation.ts";

/**
 * Five weeks of a small organisation in which teams begin, end and change. Tries every sum of shown lines of one week against
 * every sum of another, and answers those that differ by one to four people. It is slow, and knows of no shortcut.
 */
export function tryEverySum(seed: number): string[] {
  const random = seededRandom(seed);
  const shape = { people: 15 + Math.floor(random() * 40), teamSizes: [3, 14] as const, columns: 2, most: 2 };
  let members = randomMembers(random, shape).map((member) => ({ ...member, activeDays: 5 }));
  const earlier: EarlierWeek[] = [];
  const weeks: ReadonlySet<string>[][] = [];
  for (let week = 0, joined = 0; week < 5; week++) {
    const join = (team: string) =>
      members.push({ ...randomMember(random, shape, `j${joined++}`, team), activeDays: 5 });
    if (week > 0) {
      members = members.filter(() => random() > 0.02);
      for (const { team } of [...members]) if (random() < 0.02) join(team);
      if (random() < 0.25) for (let place = 0; place < 5 + random() * 6; place++) join(teamName(900 + week));
      const ended = random() < 0.15 ? members[0]?.team : undefined;
      members = members.filter(({ team }) => team !== ended);
    }
    const roster = rosterOf(members);
    const { teams, total, leftOut = [] } = publishedOf(inputOf(members, { roster, earlier: [...earlier] }));
    const shown = teams.filter(({ line }) => line.all.state === "shown").map(({ team }) => team);
    const isTotalShown = total.all.state === "shown";
    earlier.push({ roster, shownTeams: new Set(shown), isTotalShown, leftOut: new Set(leftOut) });
    weeks.push(sumsOf(roster, { shown, isTotalShown, leftOut }));
  }
  return fewBetween(weeks);
}

/**
 * The same of how many joined: six weeks, of which an attacker keeps each team's number and everybody's. Also answers sums
 * that are about one to four by themselves.
 */
export function tryEveryJoining(seed: number): { readonly found: string[]; readonly told: number } {
  const random = seededRandom(seed);
  const pick = (size: number) => Math.floor(random() * size);
  const teams = Array.from({ length: 3 + pick(4) }, (_, team) => teamName(team));
  const sizes = new Map(teams.map((team) => [team, 6 + pick(30)]));
  const roster = new Map(
    teams.map((team) => [
      team,
      new Set(Array.from({ length: pick((sizes.get(team) ?? 0) + 1) }, (_, place) => `${team} ${place}`)),
    ]),
  );
  const earlier: EarlierWeek[] = [];
  const weeks: ReadonlySet<string>[][] = [];
  let told = 0;
  for (let week = 0; week < 6; week++) {
    for (const [team, members] of roster) {
      const joining = random() < 0.3 ? 1 + pick(random() < 0.3 ? 9 : 3) : 0;
      for (let place = 0; place < joining; place++) members.add(`${team} ${week}/${place}`);
      for (const member of [...members]) if (random() < 0.02) members.delete(member);
    }
    const now = new Map([...roster].map(([team, members]) => [team, new Set(members)]));
    const published = publishJoined({ roster: now, sizes, earlier: [...earlier], floor: 5, devicesEach: 1 });
    const shown = published.teams.map(({ team }) => team);
    const isTotalShown = published.everybody !== null;
    earlier.push({ roster: now, shownTeams: new Set(shown), isTotalShown });
    weeks.push(sumsOf(now, { shown, isTotalShown, leftOut: [] }));
    told += shown.length;
  }
  const small = weeks.flatMap((sums, week) =>
    sums.flatMap(({ size }) => (size < 5 ? [`week ${week}: ${size} people`] : [])),
  );
  return { found: [...small, ...fewBetween(weeks)], told };
}

/** Sums of one week that differ from sums of another by one to four people. */
function fewBetween(weeks: readonly (readonly ReadonlySet<string>[])[]): string[] {
  return weeks.flatMap((sums, week) =>
    weeks.slice(0, week).flatMap((others, before) =>
      sums.flatMap((sum) =>
        others.flatMap((other) => {
          const common = [...sum].filter((person) => other.has(person)).length;
          const difference = sum.size + other.size - 2 * common;
          return difference > 0 && difference < 5
            ? [`weeks ${before} and ${week}: ${difference} people`]
            : [];
        }),
      ),
    ),
  );
}

function sumsOf(
  roster: ReadonlyMap<string, ReadonlySet<string>>,
  { shown, isTotalShown, leftOut }: Shown,
): ReadonlySet<string>[] {
  const peopleOf = (teams: readonly string[]) =>
    new Set(teams.flatMap((team) => [...(roster.get(team) ?? [])]));
  const inTotal = [...roster.keys()].filter((team) => !leftOut.includes(team));
  return Array.from({ length: 1 << shown.length }, (_, choice) => {
    const some = shown.filter((_team, place) => (choice & (1 << place)) !== 0);
    const sums = [peopleOf(some)];
    if (isTotalShown) sums.push(peopleOf(inTotal.filter((team) => !some.includes(team))));
    return sums.filter(({ size }) => size > 0);
  }).flat();
}

interface Shown {
  readonly shown: readonly string[];
  readonly isTotalShown: boolean;
  readonly leftOut: readonly string[];
}
