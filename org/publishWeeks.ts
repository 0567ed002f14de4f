import type { Amounts, Contributor } from "../core/protection/contributors.ts";
import { added } from "../core/protection/contributors.ts";
import type { EarlierWeek, Roster } from "../core/protection/membership.ts";
import { contributorsNeeded } from "../core/protection/floor.ts";
import { publishJoined } from "../core/protection/participation.ts";
import { publish } from "../core/protection/publish.ts";
import type { PublishedTable } from "../protocol/protection.ts";
import type { Promises } from "./identity/organisation.ts";
import { dateOf, mondayOf } from "./ingest/isoWeek.ts";
import { publishTallies } from "./publishTallies.ts";
import type { Publication } from "./store/publications.ts";
import type { Member } from "./store/registry.ts";
import type { Contribution, Store } from "./store/store.ts";

/** Publishes each week that is complete and was not, oldest first, because each is compared with those before it. */
export async function publishWeeks(
  store: Store,
  today: number,
  { floor, devicesEach }: Pick<Promises, "floor" | "devicesEach">,
): Promise<void> {
  const publications = await store.publications();
  const published = new Set(publications.map(({ table }) => table.week));
  const known = publications.map((publication) => ({ publication, roster: rosterOf(publication.members) }));
  const earlier = publications.map(earlierOf);
  const needed = contributorsNeeded(floor, devicesEach);
  for (const week of await store.contributedWeeks()) {
    if (published.has(week)) continue;
    const monday = mondayOf(week);
    const members = await store.members({ firstDay: dateOf(monday), lastDay: dateOf(monday + 6) });
    const contributors = contributorsOf(await store.contributions(week));
    const roster = rosterOf(members);
    const numbers = publish({
      week: { name: week, monday },
      today,
      contributors: [...contributors.values()],
      ...{ roster, earlier, floor, devicesEach },
    });
    if (numbers === undefined) continue;
    const joined = publishJoined({
      ...{ roster, floor, devicesEach },
      sizes: await sizesOf(store),
      earlier: known.flatMap(({ publication, roster: then }) => earlierJoinedOf(publication, then)),
    });
    const table = { ...numbers, joined, arrived: await arrivedIn(store, week, contributors.size >= needed) };
    const shares = await store.tallyShares(week);
    const promises = { floor, devicesEach };
    const tallies = publishTallies({ edits: table, shares, contributors, roster, earlier: known, promises });
    const publication = { table, members, tallies };
    await store.addPublication(publication);
    earlier.push(earlierOf(publication));
    known.push({ publication, roster });
  }
}

export interface CountedContributor extends Contributor {
  /** On which AI wrote something, and on which people or AI did. */
  readonly days: { readonly ai: number; readonly written: number };
}

/** By pseudonym. Whoever changed teams within the week counts where most of their edits were. */
export function contributorsOf(contributions: readonly Contribution[]): Map<string, CountedContributor> {
  const byPseudonym = new Map<string, Contribution[]>();
  for (const contribution of contributions) {
    const known = byPseudonym.get(contribution.pseudonym) ?? [];
    known.push(contribution);
    byPseudonym.set(contribution.pseudonym, known);
  }
  const contributorOf = (own: readonly Contribution[]): CountedContributor => {
    const amounts = new Map<string, Amounts>();
    let [days, ai, human] = [0, 0, 0];
    for (const { originKind, tool, edits, insertedChars, keptChars, days: some } of own) {
      const column = tool ?? originKind;
      amounts.set(column, added(amounts.get(column), { edits, insertedChars, keptChars }));
      days |= some;
      if (originKind === "ai") ai |= some;
      if (originKind === "human") human |= some;
    }
    return {
      ...{ team: mainTeam(own), activeDays: bitsOf(days), amounts },
      days: { ai: bitsOf(ai), written: bitsOf(ai | human) },
    };
  };
  return new Map([...byPseudonym].map(([pseudonym, own]) => [pseudonym, contributorOf(own)]));
}

function mainTeam(contributions: readonly Contribution[]): string {
  const edits = new Map<string, number>();
  for (const { team, edits: some } of contributions) edits.set(team, (edits.get(team) ?? 0) + some);
  const [main] = [...edits].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1));
  return main?.[0] ?? "";
}

function bitsOf(days: number): number {
  let count = 0;
  for (let rest = days; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function earlierOf({ table, members }: Publication): EarlierWeek {
  return {
    roster: rosterOf(members),
    shownTeams: new Set(table.teams.filter(({ line }) => line.all.state === "shown").map(({ team }) => team)),
    isTotalShown: table.total.all.state === "shown",
    leftOut: new Set(table.leftOut),
  };
}

/** Nothing was told of who had joined before it was published. */
function earlierJoinedOf({ table: { joined } }: Publication, roster: Roster): EarlierWeek[] {
  if (joined === undefined) return [];
  const shownTeams = new Set(joined.teams.map(({ team }) => team));
  return [{ roster, shownTeams, isTotalShown: joined.everybody !== null }];
}

async function arrivedIn(
  store: Store,
  week: string,
  isOfEnough: boolean,
): Promise<PublishedTable["arrived"]> {
  const total = (await store.weekTotals()).find((each) => each.week === week);
  return total === undefined || !isOfEnough ? null : { batches: total.batches, events: total.events };
}

async function sizesOf(store: Store): Promise<Map<string, number>> {
  const sizes = await store.teamSizes();
  return new Map(sizes.flatMap(({ team, people }) => (people === null ? [] : [[team, people] as const])));
}

function rosterOf(members: readonly Member[]): Roster {
  const roster = new Map<string, Set<string>>();
  for (const { team, person } of members) {
    const known = roster.get(team) ?? new Set();
    roster.set(team, known.add(person));
  }
  return roster;
}
