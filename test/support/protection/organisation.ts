import type { Amounts, Contributor } from "../../../core/protection/contributors.ts";
import type { PublishInput } from "../../../core/protection/publish.ts";

export interface Member extends Contributor {
  readonly id: string;
}

export interface Shape {
  readonly people: number;
  readonly teamSizes: readonly [smallest: number, largest: number];
  readonly columns: number;
  /** Columns that one person has a share in, at most. */
  readonly most: number;
}

/** An organisation of made-up people: teams of odd sizes, a few common tools and some rare ones. */
export function randomMembers(random: () => number, shape: Shape): Member[] {
  const members: Member[] = [];
  const [smallest, largest] = shape.teamSizes;
  for (let team = 0; members.length < shape.people; team++) {
    const size = smallest + Math.floor(random() * (largest - smallest + 1));
    for (let place = 0; place < size && members.length < shape.people; place++) {
      members.push(randomMember(random, shape, `m${members.length}`, teamName(team)));
    }
  }
  return members;
}

export function randomMember(random: () => number, shape: Shape, id: string, team: string): Member {
  const amounts = new Map<string, Amounts>();
  const count = 1 + Math.floor(random() * shape.most);
  for (let index = 0; index < count; index++) {
    // The square makes the first columns common and the last ones rare.
    const column = Math.floor(random() ** 2 * shape.columns);
    const insertedChars = 1 + Math.floor((random() < 0.03 ? 100_000 : 1000) * (0.2 + random()));
    amounts.set(`tool${column}`, {
      edits: 1 + Math.floor(random() * 90),
      insertedChars,
      keptChars: Math.floor(insertedChars * random()),
    });
  }
  return { id, team, activeDays: random() < 0.1 ? 2 : 5, amounts };
}

export const teamName = (team: number): string => `team${String(team).padStart(3, "0")}`;

export function rosterOf(members: readonly Member[]): Map<string, Set<string>> {
  const roster = new Map<string, Set<string>>();
  for (const { id, team } of members) roster.set(team, (roster.get(team) ?? new Set()).add(id));
  return roster;
}

export const monday = 20_773;

export function inputOf(members: readonly Member[], more: Partial<PublishInput> = {}): PublishInput {
  return {
    week: { name: "2026-W47", monday },
    today: monday + 30,
    contributors: members,
    roster: rosterOf(members),
    earlier: [],
    floor: 5,
    devicesEach: 1,
    ...more,
  };
}
