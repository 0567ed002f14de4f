import { crowdedTeams, eligible } from "../core/protection/contributors.ts";
import type { EarlierWeek, Roster } from "../core/protection/membership.ts";
import type { Share } from "../core/protection/partition.ts";
import { publishTally } from "../core/protection/publishTally.ts";
import type { PublishedTable } from "../protocol/protection.ts";
import { publishedNames, tallies, type PublishedName, type PublishedTally } from "../protocol/tallies.ts";
import type { CountedContributor } from "./publishWeeks.ts";
import type { Promises } from "./identity/organisation.ts";
import type { Publication } from "./store/publications.ts";
import type { TallyShare } from "./store/store.ts";

export interface TalliesInput {
  /** What is shown of the same week's edits. */
  readonly edits: PublishedTable;
  readonly shares: readonly TallyShare[];
  /** By pseudonym: whoever edited on enough days counts, in the team where most of their edits were. */
  readonly contributors: ReadonlyMap<string, CountedContributor>;
  readonly roster: Roster;
  readonly earlier: readonly { readonly publication: Publication; readonly roster: Roster }[];
  readonly promises: Pick<Promises, "floor" | "devicesEach">;
}

/** What may be shown of each table; of those in which nobody counted anything there is nothing. */
export function publishTallies({
  edits,
  shares,
  contributors,
  roster,
  earlier,
  promises,
}: TalliesInput): PublishedTally[] {
  const crowded = crowdedTeams(eligible([...contributors.values()]), roster);
  const known = [...contributors].filter(
    ([, contributor]) => !crowded.has(contributor.team) && eligible([contributor]).length > 0,
  );
  const people = new Map(known.map(([pseudonym, { team }], who) => [pseudonym, { who, team }]));
  return publishedNames.flatMap((name) => {
    const own =
      name === "kept.days"
        ? known.map(([, { team, days }], who) => daysOf(days, { who, team }))
        : shares
            .filter(({ table }) => table === name)
            .flatMap((share) => shareOf(share, people.get(share.pseudonym)));
    if (own.length === 0) return [];
    const weeks = earlier.map(({ publication, roster: then }) => earlierOf(name, publication, then));
    return publishTally({
      ...{ name, edits, roster, crowded, earlier: weeks, ...promises },
      shares: own,
    });
  });
}

function daysOf(
  { ai, written }: CountedContributor["days"],
  person: { readonly who: number; readonly team: string },
): Share {
  return { ...person, at: "", keys: {}, sums: { ai, without: written - ai } };
}

function shareOf(
  { table, keys, sums }: TallyShare,
  person: { readonly who: number; readonly team: string } | undefined,
): Share[] {
  if (person === undefined) return [];
  const names = Object.keys(tallies[table].keys);
  return [
    {
      ...person,
      at: JSON.stringify(keys),
      keys: Object.fromEntries(names.map((name, index) => [name, keys[index] ?? ""])),
      sums,
    },
  ];
}

function earlierOf(name: PublishedName, { tallies: published }: Publication, roster: Roster): EarlierWeek {
  const { cells = [], leftOut } = published.find(({ table }) => table === name) ?? {};
  return {
    roster,
    shownTeams: new Set(cells.flatMap(({ team }) => team ?? [])),
    isTotalShown: cells.some(({ team }) => team === null),
    leftOut: new Set(leftOut),
  };
}
