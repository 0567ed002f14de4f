import type { ProtectedCell, ProtectedLine, PublishedTable } from "../../protocol/protection.ts";
import { audit } from "./audit.ts";
import { clipContributors } from "./clip.ts";
import { crowdedTeams, eligible, withFewColumns, type Amounts, type Contributor } from "./contributors.ts";
import { contributorsNeeded } from "./floor.ts";
import { joinGroups, sumOf, whyUnsafe, type Group } from "./group.ts";
import { changedTeams, isTotalChanged, tellingTeams, type EarlierWeek, type Roster } from "./membership.ts";
import { maskedPeople } from "./people.ts";
import { suppress, type Groups, type Pattern } from "./suppress.ts";

/** Days after a week's last during which its records are still waited for. */
export const waitDays = 3;

export interface Week {
  readonly name: string;
  /** Days since 1970 of its Monday. */
  readonly monday: number;
}

export interface PublishInput {
  readonly week: Week;
  /** Days since 1970. */
  readonly today: number;
  readonly contributors: readonly Contributor[];
  /** Everybody who had joined by the end of the week, by team. */
  readonly roster: Roster;
  readonly earlier: readonly EarlierWeek[];
  /** What the organisation asked for; it counts where it is more than what is built in. */
  readonly floor: number;
  readonly devicesEach: 1 | 2;
}

/** A week is shown when it is over and its records had time to arrive. */
export function isComplete({ monday }: Week, today: number): boolean {
  return today >= monday + 7 + waitDays;
}

/** What may be shown of a week; undefined until it is complete. What was published is kept and never computed again. */
export function publish(input: PublishInput): PublishedTable | undefined {
  if (!isComplete(input.week, input.today)) return undefined;
  const needed = contributorsNeeded(input.floor, input.devicesEach);
  const known = input.contributors.filter(({ team }) => input.roster.has(team));
  const counted = eligible(known);
  const crowded = crowdedTeams(counted, input.roster);
  const few = withFewColumns(counted.filter(({ team }) => !crowded.has(team)));
  const { columns } = few;
  const all = clipContributors(few.contributors);
  const { table, pattern, leftOut } = mostTelling(input, { columns, all, crowded, needed });
  const people = maskedPeople(table.groups, needed);
  const { teams } = table;
  const cell = (row: number, column: number): ProtectedCell => {
    const why = pattern[row]?.[column];
    if (why !== undefined) return { state: "hidden", why };
    return {
      state: "shown",
      people: people[row]?.[column] ?? null,
      ...sumOf(table.groups[row]?.[column] ?? new Map()),
    };
  };
  const line = (row: number): ProtectedLine => ({
    all: cell(row, columns.length),
    cells: columns.map((_, column) => cell(row, column)),
  });
  return {
    week: input.week.name,
    floor: contributorsNeeded(input.floor, 1),
    columns,
    total: line(teams.length),
    leftOut: [...leftOut].sort(),
    teams: teams.map((team, row) => ({ team, line: line(row) })),
  };
}

/**
 * The table and what of it is shown. Where the sums of everybody would tell of a few who joined or left, they are of everybody
 * but the teams that changed, or else but all teams that are not shown by themselves: so one who joins hides one team alone.
 */
function mostTelling(
  input: PublishInput,
  {
    columns,
    all,
    crowded,
    needed,
  }: {
    readonly columns: readonly string[];
    readonly all: readonly Contributor[];
    readonly crowded: ReadonlySet<string>;
    readonly needed: number;
  },
): { readonly table: Table; readonly pattern: Pattern; readonly leftOut: ReadonlySet<string> } {
  const { roster, earlier } = input;
  const teams = [...roster.keys()].sort();
  const without = (leftOut: ReadonlySet<string>) => {
    const contributors = all.filter(({ team }) => !leftOut.has(team));
    const table = { columns, teams, contributors, groups: groupsOf(contributors, teams, columns) };
    return { table, leftOut, pattern: findPattern(table, { ...input, leftOut }, needed) };
  };
  const whyNoTotal = ({ pattern }: { readonly pattern: Pattern }) => pattern[teams.length]?.[columns.length];
  const usual = without(new Set([...crowded, ...teamsLeftOut(teams, all, needed)]));
  if (whyNoTotal(usual) !== "changed") return usual;
  const changed = without(new Set([...usual.leftOut, ...changedTeams(roster, earlier, needed)]));
  if (whyNoTotal(changed) === undefined) return changed;
  const hidden = teams.filter((_, row) => usual.pattern[row]?.[columns.length] !== undefined);
  const shownAlone = without(new Set([...usual.leftOut, ...hidden]));
  if (whyNoTotal(shownAlone) !== undefined) return usual;
  // Teams that are left out say why they are hidden, and not that nobody is left in them.
  const pattern = shownAlone.pattern.map((row, at) =>
    usual.pattern[at]?.[columns.length] === undefined || at === teams.length ? row : usual.pattern[at],
  );
  return { ...shownAlone, pattern };
}

/**
 * The teams with too few people, where all of these together are too few as well: were they in the sums of everybody,
 * other teams would have to be hidden so that these cannot be worked out. A team in which nobody counts is one of them, so
 * that being left out does not tell the two apart.
 */
function teamsLeftOut(
  teams: Iterable<string>,
  contributors: readonly Contributor[],
  needed: number,
): Set<string> {
  const people = new Map<string, number>([...teams].map((team) => [team, 0]));
  for (const { team } of contributors) people.set(team, (people.get(team) ?? 0) + 1);
  const small = new Set([...people].filter(([, count]) => count < needed).map(([team]) => team));
  const together = contributors.filter(({ team }) => small.has(team)).map(allOf);
  return whyUnsafe(new Map(together.entries()), needed) === undefined ? new Set() : small;
}

function allOf({ amounts }: Contributor): Amounts {
  return sumOf(new Map([...amounts.values()].entries()));
}

interface Table {
  readonly columns: readonly string[];
  readonly teams: readonly string[];
  readonly contributors: readonly Contributor[];
  readonly groups: Groups;
}

/** The most telling pattern of those tried that the audit lets pass. */
function findPattern(
  table: Table,
  { roster, earlier, leftOut }: PublishInput & { readonly leftOut: ReadonlySet<string> },
  needed: number,
): Pattern {
  const patternWith = (hasColumnSums: boolean): Pattern => {
    const changed = changedTeams(roster, earlier, needed);
    // What is hidden for one reason changes what the rest of a total is about, so it is looked at again.
    for (let isTotalHidden = false; ;) {
      const changedRows = new Set(
        [...table.teams.keys()].filter((row) => changed.has(table.teams[row] ?? "")),
      );
      const pattern = suppress(table.groups, {
        ...{ needed, changedRows, hasColumnSums },
        isTotalChanged: isTotalHidden,
      });
      const shownTeams = new Set(
        table.teams.filter((_, row) => pattern[row]?.[table.columns.length] === undefined),
      );
      const now = { roster, shownTeams, leftOut };
      const telling = tellingTeams(now, earlier, needed);
      for (const team of telling) changed.add(team);
      if (telling.size > 0) continue;
      if (isTotalHidden || !isTotalChanged(now, earlier, needed)) return pattern;
      isTotalHidden = true;
    }
  };
  for (const hasColumnSums of [true, false]) {
    const pattern = patternWith(hasColumnSums);
    if (isProven(table, pattern, needed)) return pattern;
  }
  return table.groups.map((row) => row.map(() => "notProven"));
}

function isProven({ contributors, teams, columns }: Table, pattern: Pattern, needed: number): boolean {
  const isShown = (row: number, column: number) => pattern[row]?.[column] === undefined;
  const { passes } = audit({
    contributors: contributors.map(({ team, amounts }) => ({
      row: teams.indexOf(team),
      shares: new Map(
        [...amounts].map(([column, { edits, insertedChars, keptChars }]) => [
          columns.indexOf(column),
          [edits, insertedChars, keptChars],
        ]),
      ),
    })),
    rows: teams.length,
    columns: columns.length,
    needed,
    shown: {
      cell: isShown,
      rowSum: (row) => isShown(row, columns.length),
      columnSum: (column) => isShown(teams.length, column),
      total: isShown(teams.length, columns.length),
    },
  });
  return passes;
}

function groupsOf(
  contributors: readonly Contributor[],
  teams: readonly string[],
  columns: readonly string[],
): Groups {
  const byTeam = new Map<string, [number, Contributor][]>();
  for (const [index, contributor] of contributors.entries()) {
    const known = byTeam.get(contributor.team) ?? [];
    known.push([index, contributor]);
    byTeam.set(contributor.team, known);
  }
  const rows = teams.map((team) => {
    const cells = columns.map((column): Group => {
      const shares = (byTeam.get(team) ?? []).flatMap(([index, { amounts }]) => {
        const amount = amounts.get(column);
        return amount === undefined ? [] : [[index, amount] as const];
      });
      return new Map(shares);
    });
    return [...cells, joinGroups(cells)];
  });
  const sums = [...columns, ""].map((_, column) => joinGroups(rows.map((row) => row[column] as Group)));
  return [...rows, sums];
}
