import type { EarlierWeek } from "../../../core/protection/membership.ts";
import { publish, type PublishInput } from "../../../core/protection/publish.ts";
import { seededRandom } from "../../../core/seededRandom.ts";
import type { PublishedTable } from "../../../protocol/protection.ts";
import { inputOf, randomMember, randomMembers, rosterOf, teamName, type Member } from "./organisation.ts";

/** Somebody's share in a column: what an attacker wants to know, and does not. */
interface Unknown {
  readonly person: number;
  readonly team: string;
  readonly column: string;
}

/** A sum an attacker knows: the indices of the unknowns in it. */
type KnownSum = readonly number[];

/** A prime so small that products of two remainders stay exact. */
const prime = 67_108_859;

/**
 * Whether anything about 1 to `needed - 1` people follows from what is shown, by trying every such group with linear
 * algebra. It knows nothing of graphs, and is slow: for a dozen people.
 */
export function exposedGroup(
  people: readonly Member[],
  table: PublishedTable,
  needed: number,
): number[] | undefined {
  const unknowns = people.flatMap(({ team, amounts }, person) =>
    [...amounts.keys()].map((column): Unknown => ({ person, team, column })),
  );
  const sums = knownSums(unknowns, table);
  const rank = rankOf(sums, unknowns.length, () => true);
  for (const group of groupsBelow(people.length, needed)) {
    const outside = rankOf(
      sums,
      unknowns.length,
      (unknown) => !group.includes(unknowns[unknown]?.person ?? -1),
    );
    if (outside < rank) return group;
  }
  return undefined;
}

function knownSums(
  unknowns: readonly Unknown[],
  { teams, total, columns, leftOut = [] }: PublishedTable,
): KnownSum[] {
  const where = (wanted: (unknown: Unknown) => boolean): KnownSum =>
    unknowns.flatMap((unknown, index) => (wanted(unknown) ? [index] : []));
  const lines = [
    { line: total, isIn: ({ team }: Unknown) => !leftOut.includes(team) },
    ...teams.map(({ team, line }) => ({ line, isIn: (unknown: Unknown) => unknown.team === team })),
  ];
  return lines.flatMap(({ line, isIn }) => [
    ...(line.all.state === "shown" ? [where(isIn)] : []),
    ...line.cells.flatMap((cell, index) =>
      cell.state === "shown" ? [where((each) => isIn(each) && each.column === columns[index])] : [],
    ),
  ]);
}

function rankOf(sums: readonly KnownSum[], width: number, isCounted: (unknown: number) => boolean): number {
  const rows = sums.map((sum) => {
    const row = new Array<number>(width).fill(0);
    for (const unknown of sum) if (isCounted(unknown)) row[unknown] = 1;
    return row;
  });
  let rank = 0;
  for (let column = 0; column < width; column++) {
    const pivot = rows.findIndex((row, index) => index >= rank && row[column] !== 0);
    if (pivot < 0) continue;
    const [found] = rows.splice(pivot, 1) as [number[]];
    rows.splice(rank, 0, found);
    for (const row of rows.slice(rank + 1)) {
      const factor = row[column] ?? 0;
      const own = found[column] ?? 0;
      if (factor === 0) continue;
      for (let at = column; at < width; at++) {
        row[at] = ((row[at] ?? 0) * own - (found[at] ?? 0) * factor) % prime;
      }
    }
    rank++;
  }
  return rank;
}

function* groupsBelow(people: number, needed: number, from = 0, group: number[] = []): Generator<number[]> {
  if (group.length > 0) yield group;
  if (group.length + 1 >= needed) return;
  for (let person = from; person < people; person++) {
    yield* groupsBelow(people, needed, person + 1, [...group, person]);
  }
}

export function publishedOf(input: PublishInput): PublishedTable {
  const table = publish(input);
  if (table === undefined) throw new Error("The week is not complete.");
  return table;
}

/**
 * A year of an organisation in which people join and leave, teams begin and end, and everybody does the same each week,
 * which is the best an attacker can hope for. Answers what they found, in words: by looking at single numbers, by subtracting the shown
 * parts of a sum, and by comparing any two weeks.
 */
export function attackYear({
  seed,
  people,
  weeks,
}: {
  seed: number;
  people: number;
  weeks: number;
}): string[] {
  const random = seededRandom(seed);
  const shape = { people, teamSizes: [3, 12] as const, columns: 5, most: 3 };
  let members = randomMembers(random, shape);
  let joined = 0;
  const seen: SeenWeek[] = [];
  const findings: string[] = [];
  for (let week = 0; week < weeks; week++) {
    members = members.filter(() => random() > 0.003);
    for (const { team } of [...members]) {
      if (random() < 0.003) members.push(randomMember(random, shape, `j${joined++}`, team));
    }
    if (random() < 0.1) {
      const team = teamName(900 + week);
      const size = 3 + Math.floor(random() * 10);
      for (let place = 0; place < size; place++)
        members.push(randomMember(random, shape, `n${joined++}`, team));
    }
    if (random() < 0.1) {
      const ended = members[Math.floor(random() * members.length)]?.team;
      members = members.filter(({ team }) => team !== ended);
    }
    const roster = rosterOf(members);
    const table = publishedOf(inputOf(members, { roster, earlier: seen }));
    const shownTeams = new Set(
      table.teams.filter(({ line }) => line.all.state === "shown").map(({ team }) => team),
    );
    const leftOut = new Set(table.leftOut);
    const now = { roster, shownTeams, isTotalShown: table.total.all.state === "shown", leftOut };
    findings.push(...attackWeek(members, table).map((finding) => `week ${week}: ${finding}`));
    for (const [index, then] of seen.entries()) {
      findings.push(...compare(then, now).map((finding) => `weeks ${index} and ${week}: ${finding}`));
    }
    seen.push(now);
  }
  return findings;
}

type SeenWeek = EarlierWeek;

function attackWeek(
  members: readonly Member[],
  { teams, total, columns, leftOut = [] }: PublishedTable,
): string[] {
  const counted = members.filter(({ activeDays }) => activeDays >= 3);
  const findings: string[] = [];
  const check = (what: string, group: readonly Member[], mayBeEmpty = false) => {
    if (group.length < 5 && !(mayBeEmpty && group.length === 0))
      findings.push(`${what} is ${group.length} people`);
  };
  const lines = [
    { name: "everybody", line: total, group: counted.filter(({ team }) => !leftOut.includes(team)) },
    ...teams.map(({ team, line }) => ({
      name: team,
      line,
      group: counted.filter((each) => each.team === team),
    })),
  ];
  const using = (group: readonly Member[], isWanted: (column: string) => boolean) =>
    group.filter(({ amounts }) => [...amounts.keys()].some(isWanted));
  for (const { name, line, group } of lines) {
    const isCellShown = (column: string) => line.cells[columns.indexOf(column)]?.state === "shown";
    for (const column of columns.filter(isCellShown))
      check(
        `${name} ${column}`,
        using(group, (each) => each === column),
      );
    if (line.all.state !== "shown") continue;
    check(name, group);
    check(
      `${name} without its shown columns`,
      using(group, (column) => !isCellShown(column)),
      true,
    );
  }
  for (const [index, column] of ["", ...columns].entries()) {
    const cellOf = (line: PublishedTable["total"]) => (index === 0 ? line.all : line.cells[index - 1]);
    if (cellOf(total)?.state !== "shown") continue;
    const bare = new Set(teams.filter(({ line }) => cellOf(line)?.state !== "shown").map(({ team }) => team));
    const rest = counted.filter(({ team }) => bare.has(team) && !leftOut.includes(team));
    check(`the rest of all ${column}`, index === 0 ? rest : using(rest, (each) => each === column), true);
  }
  return findings;
}

/** What is known by itself: teams that are shown, and what is left of a shown total, each as the people it is about. */
function knownGroups({ roster, shownTeams, isTotalShown, leftOut }: SeenWeek): ReadonlySet<string>[] {
  const inSums = [...roster].filter(([team]) => !leftOut?.has(team));
  const rest = new Set(inSums.flatMap(([team, members]) => (shownTeams.has(team) ? [] : [...members])));
  const known = inSums.flatMap(([team, members]) => (shownTeams.has(team) ? [members] : []));
  return isTotalShown && rest.size > 0 ? [...known, rest] : known;
}

/**
 * Adds up groups that are known of one week, takes off groups that are known of another, and looks whether one to four
 * people are left. From each group it goes on by taking what makes the difference smaller, for as long as something does.
 */
function compare(then: SeenWeek, now: SeenWeek): string[] {
  const groups = [...knownGroups(then), ...knownGroups(now)];
  const holding = new Map<string, ReadonlySet<string>[]>();
  for (const group of groups) for (const id of group) holding.set(id, [...(holding.get(id) ?? []), group]);
  const findings = new Set<string>();
  for (const from of groups) {
    const left = new Set(from);
    const taken = new Set([from]);
    for (;;) {
      if (left.size > 0 && left.size < 5) findings.add(`${left.size} people are left of one of ${from.size}`);
      const next = [...new Set([...left].flatMap((id) => holding.get(id) ?? []))].find((group) => {
        const common = [...group].filter((id) => left.has(id)).length;
        return !taken.has(group) && 2 * common > group.size;
      });
      if (next === undefined) break;
      taken.add(next);
      for (const id of next) if (!left.delete(id)) left.add(id);
    }
  }
  return [...findings];
}
