import type { HiddenReason } from "../../protocol/protection.ts";
import { joinedKey } from "../../protocol/tallies.ts";
import { isDominated } from "./amounts.ts";
import { changedTeams, isTotalChanged, type EarlierWeek, type Roster } from "./membership.ts";

type Sums = Readonly<Record<string, number>>;

/** What one contributor has in one place of a table. */
export interface Share {
  /** The contributor, by a number. */
  readonly who: number;
  readonly team: string;
  /** The place, as the contributor sent it: no contributor has two shares of one. */
  readonly at: string;
  /** By the names of the table's keys. */
  readonly keys: Readonly<Record<string, string>>;
  readonly sums: Sums;
}

export interface PartitionTable {
  readonly sizes: readonly (readonly string[])[];
  readonly joins: readonly string[];
  readonly keepsTeam: boolean;
  readonly hides: readonly string[];
  readonly eachOfEnough?: readonly string[];
  readonly isBounded?: boolean;
}

export interface PartitionOptions {
  readonly table: PartitionTable;
  readonly needed: number;
  readonly roster: Roster;
  readonly earlier: readonly EarlierWeek[];
  /** Teams of which there are no shares here, though they are in the roster. */
  readonly crowded?: ReadonlySet<string> | undefined;
  /** Whether another table lets a place be shown; without a team, the place of everybody else. */
  readonly isAllowed?: ((team: string | null, keys: Share["keys"]) => boolean) | undefined;
}

/** Shares that are shown as one number each. */
export interface Cell {
  readonly team: string | null;
  readonly keys: Share["keys"];
  readonly shares: readonly Share[];
}

export interface Partition {
  readonly cells: readonly Cell[];
  readonly hidden: readonly HiddenReason[];
  /** Teams that are in no cell, not even in one of everybody else. */
  readonly leftOut: ReadonlySet<string>;
}

/**
 * Puts each share into one cell at most, of enough people each, the most telling cells first. Nothing is shown that is a
 * sum of cells and of something hidden, so nothing can be subtracted from anything.
 */
export function partition(all: readonly Share[], options: PartitionOptions): Partition {
  const { table, needed, roster, earlier } = options;
  const changed = changedTeams(roster, earlier, needed);
  const leftOut = new Set([...changed, ...(options.crowded ?? [])]);
  const reasons = new Set<HiddenReason>();
  const cells: Cell[] = [];
  // With the others they would be told, too: a week before, that team is known.
  let rest = all
    .filter(({ team }) => !leftOut.has(team))
    .map((share) => ({ ...share, keys: without(share.keys, table.hides) }));
  if (rest.length < all.length) reasons.add("changed");

  const show = (isOfTeams: boolean, given: readonly string[]) => {
    const groups = new Map<string, Cell & { shares: Share[] }>();
    for (const share of rest) {
      const team = isOfTeams ? share.team : null;
      const keys = without(share.keys, given);
      const place = JSON.stringify([team, keys]);
      const group = groups.get(place) ?? { team, keys, shares: [] };
      group.shares.push(share);
      groups.set(place, group);
    }
    const left: Share[] = [];
    for (const cell of groups.values()) {
      const why = whyHidden(cell, options);
      if (why === undefined) cells.push(cell);
      else left.push(...cell.shares);
      // That there were too few is said where nothing else was in the way.
      if (why !== undefined && why !== "fewPeople") reasons.add(why);
    }
    rest = left;
  };

  const levels = table.joins.map((_, index) => table.joins.slice(0, index + 1));
  const ofTeams = [[], ...levels].map((given) => () => show(true, given));
  const mayJoin = () => {
    const shownTeams = new Set(cells.flatMap(({ team }) => team ?? []));
    const isChanged = isTotalChanged({ roster, shownTeams, leftOut }, earlier, needed);
    if (isChanged && rest.length > 0) reasons.add("changed");
    return !isChanged;
  };
  const ofAll = [[], ...levels].map((given) => () => mayJoin() && show(false, given));
  const steps = table.keepsTeam ? [...ofTeams, ...ofAll] : ofTeams.flatMap((step, at) => [step, ofAll[at]!]);
  for (const step of steps) step();

  // Whether the others may be joined depends on which teams are shown, and more of them are shown later.
  const isLateChange = cells.some(({ team }) => team === null) && !mayJoin();
  const shown = isLateChange ? cells.filter(({ team }) => team !== null) : cells;
  const isAllShown = rest.length === 0 && !isLateChange && !reasons.has("changed");
  if (!isAllShown && reasons.size === 0) reasons.add("fewPeople");
  return { cells: shown, hidden: isAllShown ? [] : [...reasons].sort(), leftOut };
}

function whyHidden(
  { team, keys, shares }: Cell,
  { table, needed, isAllowed }: PartitionOptions,
): HiddenReason | undefined {
  if (isAllowed?.(team, keys) === false) return "complement";
  const people = new Map<number, Share[]>();
  for (const share of shares) people.set(share.who, [...(people.get(share.who) ?? []), share]);
  if (people.size < needed) return "fewPeople";
  // Where nearly nobody has it, or nearly everybody has nothing else, it tells something of each.
  const isOfFew = table.eachOfEnough?.some((name) => {
    const having = shares.filter(({ sums }) => sizeOf(sums, [name]) > 0);
    return new Set(having.map(({ who }) => who)).size < needed;
  });
  if (isOfFew === true) return "complement";
  const isOfOne = table.sizes.some((names) =>
    isDominated(
      [...people.values()].map((own) => own.reduce((sum, { sums }) => sum + sizeOf(sums, names), 0)),
    ),
  );
  return isOfOne ? "dominated" : undefined;
}

function sizeOf(sums: Sums, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (sums[name] ?? 0), 0);
}

function without(keys: Share["keys"], given: readonly string[]): Share["keys"] {
  if (given.length === 0) return keys;
  return Object.fromEntries(
    Object.entries(keys).map(([name, value]) => [name, given.includes(name) ? joinedKey : value]),
  );
}
