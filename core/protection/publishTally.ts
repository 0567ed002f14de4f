import {
  joinedKey,
  publishedTables,
  type PublishedName,
  type PublishedTally,
} from "../../protocol/tallies.ts";
import type { PublishedTable } from "../../protocol/protection.ts";
import { auditPartition } from "./auditPartition.ts";
import { withheldSums } from "./breakdowns.ts";
import { clipShares } from "./clip.ts";
import { contributorsNeeded } from "./floor.ts";
import type { EarlierWeek, Roster } from "./membership.ts";
import { partition, type Cell, type PartitionTable, type Share } from "./partition.ts";

export interface PublishTallyInput {
  readonly name: PublishedName;
  /** What is shown of the same week's edits: a week of which nothing of that is told has no tables either. */
  readonly edits: PublishedTable;
  /** Of contributors who were there on enough days, in teams of the roster. */
  readonly shares: readonly Share[];
  readonly roster: Roster;
  /** Teams that are in no number: more people contribute than belong to them. */
  readonly crowded?: ReadonlySet<string>;
  readonly earlier: readonly EarlierWeek[];
  readonly floor: number;
  readonly devicesEach: 1 | 2;
}

/** What may be shown of one table in one week. */
export function publishTally(input: PublishTallyInput): PublishedTally {
  const { name, edits, shares, roster, earlier } = input;
  const table: PartitionTable = publishedTables[name];
  const needed = contributorsNeeded(input.floor, input.devicesEach);
  const keys = Object.keys(publishedTables[name].keys);
  const sums = Object.keys(publishedTables[name].sums);
  const isAllowed =
    name === "kept.funnel"
      ? (team: string | null, { tool = "" }: Share["keys"]) => isToldOfEdits(edits, team, tool)
      : undefined;
  const { cells, hidden, leftOut } = partition(
    table.isBounded === true ? shares : clipShares(shares, table.sizes),
    {
      ...{ table, needed, roster, earlier, isAllowed, crowded: input.crowded },
    },
  );
  const { breakdowns } = publishedTables[name];
  const shown = cells
    .map((cell) => {
      const withheld = withheldSums(peopleOf(cell), breakdowns, needed);
      return {
        ...{ cell, team: cell.team, reasons: [...withheld.values()] },
        keys: keys.map((key) => cell.keys[key] ?? joinedKey),
        sums: sums.map((sum) => (withheld.has(sum) ? null : totalOf(cell, sum))),
      };
    })
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const placesOf = (names: readonly string[]) => names.map((each) => sums.indexOf(each));
  const { passes } = auditPartition({
    needed,
    sizes: table.sizes.map(placesOf),
    eachOfEnough: placesOf(table.eachOfEnough ?? []),
    breakdowns: breakdowns.map(({ whole, parts }) => ({ whole: placesOf(whole), parts: placesOf(parts) })),
    cells: shown.map(({ cell, sums: numbers }) => ({ shown: numbers, shares: auditedShares(cell, sums) })),
  });
  return {
    ...{ table: name, week: edits.week, floor: contributorsNeeded(input.floor, 1), keys, sums },
    cells: passes
      ? shown.map(({ team, keys: own, sums: numbers }) => ({ team, keys: own, sums: numbers }))
      : [],
    hidden: passes
      ? [...new Set([...hidden, ...shown.flatMap(({ reasons }) => reasons)])].sort()
      : ["notProven"],
    leftOut: [...leftOut].sort(),
  };
}

function totalOf({ shares }: Cell, sum: string): number {
  return shares.reduce((all, { sums }) => all + (sums[sum] ?? 0), 0);
}

/** What each person has in it, of all places together. */
function peopleOf({ shares }: Cell): Share["sums"][] {
  const people = new Map<number, Record<string, number>>();
  for (const { who, sums } of shares) {
    const own = people.get(who) ?? {};
    for (const [name, sum] of Object.entries(sums)) own[name] = (own[name] ?? 0) + sum;
    people.set(who, own);
  }
  return [...people.values()];
}

function auditedShares({ shares }: Cell, sums: readonly string[]) {
  return shares.map(({ who, at, sums: own }) => ({
    who,
    place: at,
    sums: sums.map((sum) => own[sum] ?? 0),
  }));
}

/** The funnel counts the same edits: what is hidden of these must not be told by it. */
function isToldOfEdits(
  { columns, total, teams }: PublishedTable,
  team: string | null,
  tool: string,
): boolean {
  // Columns that were joined stand there by the same name.
  if (tool === "other") return false;
  const line = team === null ? total : teams.find((each) => each.team === team)?.line;
  return line?.cells[columns.indexOf(tool)]?.state === "shown";
}

function orderOf({ team, keys }: { readonly team: string | null; readonly keys: readonly string[] }): string {
  return JSON.stringify([team === null ? 1 : 0, team, keys]);
}
