import assert from "node:assert/strict";
import { contributorsNeeded, readFloor, smallestGroup } from "../../../../core/protection/floor.ts";
import { publish } from "../../../../core/protection/publish.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import {
  hiddenSentences,
  publishedTableSchema,
  type ProtectedCell,
} from "../../../../protocol/protection.ts";
import { attackYear, exposedGroup, publishedOf } from "../../../support/protection/attacker.ts";
import { tryEverySum } from "../../../support/protection/everySum.ts";
import { inputOf, monday, randomMembers, type Member } from "../../../support/protection/organisation.ts";

const steady = { edits: 10, insertedChars: 400, keptChars: 300 };
const team = (name: string, size: number, ...columns: string[]): Member[] =>
  Array.from({ length: size }, (_, place) => ({
    id: `${name}${place}`,
    team: name,
    activeDays: 5,
    amounts: new Map(columns.map((column) => [column, steady])),
  }));
const shown = (cell: ProtectedCell | undefined) => cell?.state === "shown";
const why = (cell: ProtectedCell | undefined) => (cell?.state === "hidden" ? cell.why : cell?.state);

suite("What is published of a week", () => {
  test("P1: exposes nobody in a dozen people, whatever is added and subtracted", function () {
    this.timeout(120_000);
    let numbers = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const random = seededRandom(seed);
      const shape = { people: 12, teamSizes: [2, 7] as const, columns: 3, most: 2 };
      const members = randomMembers(random, shape).map((member) => ({ ...member, activeDays: 5 }));
      const table = publishedOf(inputOf(members));
      assert.equal(exposedGroup(members, table, smallestGroup), undefined, `seed ${seed}`);
      numbers += [table.total, ...table.teams.map(({ line }) => line)]
        .flatMap(({ all, cells }) => [all, ...cells])
        .filter(shown).length;
    }
    assert.ok(numbers > 300, `only ${numbers} numbers were shown`);
  });

  test("P1: exposes nobody to whoever keeps every week of a year", function () {
    this.timeout(120_000);
    for (let seed = 1; seed <= 6; seed++) {
      assert.deepEqual(attackYear({ seed, people: 20 + 40 * seed, weeks: 52 }), [], `seed ${seed}`);
    }
  });

  test("P1: exposes nobody by any sum of a week against any sum of another", () => {
    for (let seed = 1; seed <= 60; seed++) assert.deepEqual(tryEverySum(seed), [], `seed ${seed}`);
  });

  test("P3: is never about fewer than five, whatever is asked for", () => {
    for (const asked of [-1, 0, 1, 2, 3, 4, 4.9, 5.5, Number.NaN, Number.POSITIVE_INFINITY, 1001]) {
      assert.equal(readFloor(asked).ok, false, String(asked));
    }
    for (const asked of [1, 2, 3, 4, Number.NaN]) {
      assert.equal(contributorsNeeded(asked, 1), 5);
      const table = publishedOf(inputOf(team("a", 4, "x"), { floor: asked }));
      assert.equal(table.floor, 5);
      assert.equal(why(table.teams[0]?.line.all), "fewPeople");
    }
    assert.deepEqual(readFloor(undefined), { ok: true, people: 5 });
    assert.deepEqual(readFloor(8), { ok: true, people: 8 });
    const raised = publishedOf(inputOf(team("a", 7, "x"), { floor: 8 }));
    assert.equal(why(raised.total.all), "fewPeople");
  });

  test("P8: tells a team of eight something of everything, or why not", () => {
    const table = publishedOf(
      inputOf([...team("a", 8, "human", "codex"), ...team("b", 9, "human", "codex")]),
    );
    publishedTableSchema.parse(table);
    const line = table.teams[0]?.line;
    assert.deepEqual([line?.all, ...(line?.cells ?? [])].map(why), ["shown", "shown", "shown"]);
    const hidden = publishedOf(inputOf([...team("a", 8, "human"), ...team("b", 3, "human")]));
    for (const { all, cells } of [hidden.total, ...hidden.teams.map((each) => each.line)]) {
      for (const cell of [all, ...cells]) {
        if (cell.state === "hidden") assert.ok(hiddenSentences[cell.why].length > 20);
      }
    }
  });

  test("hides a second team where one that is hidden would be the rest", () => {
    const huge = { edits: 900, insertedChars: 90_000, keptChars: 90_000 };
    const hidden = team("c", 6, "x").map((member, place) =>
      place === 0 ? { ...member, amounts: new Map([["x", huge]]) } : member,
    );
    const large = [...team("a", 30, "x"), ...team("b", 60, "x")];
    const calm = large.map((member) => ({
      ...member,
      amounts: new Map([["x", { edits: 100, insertedChars: 10_000, keptChars: 9_000 }]]),
    }));
    const table = publishedOf(inputOf([...calm, ...hidden]));
    assert.deepEqual(
      table.teams.map(({ line }) => why(line.all)),
      ["complement", "shown", "dominated"],
    );
    assert.ok(shown(table.total.all));
  });

  test("leaves teams that are too small out of every sum, and hides nobody else for them", () => {
    const large = [...team("a", 8, "x", "y"), ...team("b", 9, "x", "y")];
    const numberOf = (cell: ProtectedCell) => (cell.state === "shown" ? cell.edits : cell.why);
    const table = publishedOf(inputOf([...large, ...team("c", 3, "x")]));
    assert.deepEqual(
      table.teams.map(({ line }) => numberOf(line.all)),
      [160, 180, "fewPeople"],
    );
    assert.deepEqual([numberOf(table.total.all), numberOf(table.total.cells[0]!)], [340, 170]);
    assert.deepEqual(table.leftOut, ["c"]);
    const together = publishedOf(inputOf([...large, ...team("c", 3, "x"), ...team("d", 3, "x")]));
    assert.deepEqual([numberOf(together.total.all), together.leftOut], [400, []]);
    const alone = publishedOf(inputOf(team("c", 3, "x")));
    assert.deepEqual([numberOf(alone.total.all), alone.leftOut], ["fewPeople", ["c"]]);
  });

  test("shows everybody's sums beside a team in which nobody worked, week after week", () => {
    const large = [...team("a", 12, "x"), ...team("b", 12, "x")];
    const { roster } = inputOf([...large, ...team("idle", 1, "x")]);
    const first = publishedOf(inputOf(large, { roster }));
    const leftOut = new Set(first.leftOut);
    const earlier = [{ roster, shownTeams: new Set(["a", "b"]), isTotalShown: true, leftOut }];
    const second = publishedOf(inputOf(large, { roster, earlier }));
    assert.deepEqual([why(first.total.all), why(second.total.all)], ["shown", "shown"]);
    assert.deepEqual(second.leftOut, ["idle"]);
  });

  test("does not show a total again that a small team came into or fell out of", () => {
    const large = [...team("a", 8, "x"), ...team("b", 9, "x")];
    const small = [...team("c", 3, "x"), ...team("d", 2, "x")];
    const rosterWith = (members: readonly Member[]) => inputOf(members).roster;
    const earlier = [
      {
        roster: rosterWith([...large, ...small]),
        ...{ shownTeams: new Set(["a", "b"]), isTotalShown: true, leftOut: new Set<string>() },
      },
    ];
    const smaller = [...large, ...small.slice(1)];
    const now = publishedOf(inputOf(smaller, { earlier, roster: rosterWith([...large, ...small]) }));
    assert.deepEqual([why(now.total.all), now.leftOut], ["shown", ["c", "d"]]);
    const one = [{ ...earlier[0]!, leftOut: new Set(["c"]) }];
    const again = publishedOf(inputOf(smaller, { earlier: one, roster: rosterWith([...large, ...small]) }));
    assert.equal(why(again.total.all), "changed");
  });

  test("hides what one person dominates, and what two do", () => {
    const sizes = (name: string, ...kept: number[]) =>
      kept.map((insertedChars, place): Member => ({
        id: `${name}${place}`,
        team: name,
        activeDays: 5,
        amounts: new Map([["x", { edits: 1, insertedChars, keptChars: 0 }]]),
      }));
    // Elsewhere there are many who write as much, so that it is counted whole.
    const others = sizes("b", ...Array.from({ length: 40 }, () => 60));
    const of = (...kept: number[]) =>
      why(publishedOf(inputOf([...sizes("a", ...kept), ...others])).teams[0]?.line.all);
    assert.equal(of(60, 10, 10, 10, 9), "dominated");
    assert.equal(of(45, 45, 4, 3, 3), "dominated");
    assert.equal(of(30, 20, 20, 15, 15), "shown");
  });

  test("has a week told although one member sends the largest numbers there can be", () => {
    const honest = [...team("a", 9, "human", "codex"), ...team("b", 9, "human", "codex")];
    const most = { edits: 1e9, insertedChars: 1e9, keptChars: 1e9 };
    const hostile = { ...team("a", 10, "human")[9]!, amounts: new Map([["human", most]]) };
    const table = publishedOf(inputOf([...honest, hostile], { devicesEach: 2 }));
    const numbers = (line: (typeof table)["total"]) =>
      [line.all, ...line.cells].map((cell) => (cell.state === "shown" ? cell.edits : cell.why));
    assert.deepEqual(table.columns, ["codex", "human"]);
    assert.deepEqual(
      table.teams.map(({ line }) => numbers(line)),
      [
        [190, 90, 100],
        [180, 90, 90],
      ],
    );
    assert.deepEqual(numbers(table.total), [370, 180, 190]);
  });

  test("keeps the part that was kept where less is counted than somebody sent", () => {
    const large = { edits: 900, insertedChars: 90_000, keptChars: 22_500 };
    const quarter = { edits: 100, insertedChars: 10_000, keptChars: 2_500 };
    const members = team("a", 12, "x").map((member, place) => ({
      ...member,
      amounts: new Map([["x", place === 0 ? large : quarter]]),
    }));
    const { all } = publishedOf(inputOf(members)).total;
    assert.deepEqual(
      all.state === "shown" && [all.edits, all.insertedChars, all.keptChars],
      [1200, 120_000, 30_000],
    );
  });

  test("does not say how many where nearly all are in it, or where the others are few", () => {
    const mixed = [...team("a", 9, "x", "y"), ...team("a2", 3, "y").map((each) => ({ ...each, team: "a" }))];
    const line = publishedOf(inputOf(mixed)).teams[0]?.line;
    const people = line?.cells.map((cell) => (cell.state === "shown" ? cell.people : why(cell)));
    assert.deepEqual(people, [null, null]);
    const half = [...team("a", 6, "x"), ...team("a2", 6, "y").map((each) => ({ ...each, team: "a" }))];
    const halves = publishedOf(inputOf(half)).teams[0]?.line;
    assert.deepEqual(
      halves?.cells.map((cell) => (cell.state === "shown" ? cell.people : why(cell))),
      [6, 6],
    );
  });

  test("P1: does not say which tool it is where a team has no other, nor lets it be worked out", () => {
    const both = team("b", 9, "x", "y");
    const also = team("c", 9, "x", "y");
    const lines = (members: Parameters<typeof inputOf>[0]) => {
      const { teams, total } = publishedOf(inputOf(members));
      return [...teams.map(({ line }) => line), total].map(({ all, cells }) => [all, ...cells].map(why));
    };
    assert.deepEqual(lines([...team("a", 9, "x"), ...both, ...also]), [
      ["shown", "complement", "complement"],
      ["shown", "complement", "shown"],
      ["shown", "shown", "shown"],
      ["shown", "shown", "shown"],
    ]);
  });

  test("counts nobody who was there on two days only", () => {
    const idle = team("b", 4, "x").map((each) => ({ ...each, team: "a", activeDays: 2 }));
    const table = publishedOf(inputOf([...team("a", 1, "x"), ...idle]));
    assert.equal(why(table.total.all), "fewPeople");
  });

  test("P1: tells nothing of a team in which more contribute than belong to it", () => {
    const four = team("a", 4, "x");
    const invented = team("a", 14, "x").slice(4);
    const others = team("b", 9, "x");
    const { roster } = inputOf([...four, ...others]);
    const table = publishedOf(inputOf([...four, ...invented, ...others], { roster }));
    assert.deepEqual(
      table.teams.map(({ line }) => why(line.all)),
      ["fewPeople", "shown"],
    );
    const { all } = table.total;
    assert.deepEqual([all.state === "shown" && all.edits, table.leftOut], [90, ["a"]]);
  });

  test("takes two devices for one person where nobody can tell", () => {
    const of = (size: number) =>
      why(publishedOf(inputOf(team("a", size, "x"), { devicesEach: 2 })).total.all);
    assert.equal(of(8), "fewPeople");
    assert.equal(of(9), "shown");
  });

  test("is nothing before the week is over and its records had time to come", () => {
    const members = team("a", 8, "x");
    assert.equal(publish(inputOf(members, { today: monday + 9 })), undefined);
    assert.notEqual(publish(inputOf(members, { today: monday + 10 })), undefined);
  });

  test("leaves out a team that one person joined since any week it was shown in", () => {
    const before = team("a", 8, "x");
    const now = team("a", 9, "x");
    const roster = inputOf(before).roster;
    const earlier = [{ roster, shownTeams: new Set(["a"]), isTotalShown: true }];
    const table = publishedOf(inputOf([...now, ...team("b", 9, "x")], { earlier }));
    assert.equal(why(table.teams[0]?.line.all), "changed");
    // A total with it would be it, without the other team: so it is of the other team alone.
    assert.deepEqual([table.leftOut, why(table.teams[1]!.line.all)], [["a"], "shown"]);
    assert.deepEqual(table.total, table.teams[1]!.line);
    const alone = publishedOf(inputOf(now, { earlier }));
    assert.equal(why(alone.total.all), "changed");
  });

  test("shows no total that is the changed team once the others are taken off, whatever else began or ended", () => {
    const whole = [...team("a", 12, "x"), ...team("b", 12, "x"), ...team("c", 12, "x")];
    const first = [...whole, ...team("d", 9, "x")];
    const shownTeams = new Set(["a", "b", "c", "d"]);
    const earlier = [{ roster: inputOf(first).roster, shownTeams, isTotalShown: true }];
    const ended = publishedOf(inputOf([...whole, ...team("a", 13, "x").slice(12)], { earlier }));
    const begun = publishedOf(
      inputOf([...first, ...team("a", 13, "x").slice(12), ...team("e", 8, "x")], { earlier }),
    );
    // One that was only in the rest of the total is gone.
    const withRest = [{ ...earlier[0]!, shownTeams: new Set(["a", "b", "c"]) }];
    const gone = publishedOf(inputOf([...whole, ...team("a", 13, "x").slice(12)], { earlier: withRest }));
    for (const { total, teams } of [ended, begun, gone]) {
      assert.equal(why(teams[0]!.line.all), "changed");
      const others = teams.slice(1).map(({ line: { all } }) => (all.state === "shown" ? all.edits : 0));
      assert.equal(
        total.all.state === "shown" && total.all.edits,
        others.reduce((sum, edits) => sum + edits, 0),
      );
      assert.deepEqual([...new Set(teams.slice(1).map(({ line }) => why(line.all)))], ["shown"]);
    }
  });

  test("hides no more than the team that somebody joined, in a large organisation or a small one", () => {
    const names = ["a", "b", "c", "d"];
    const members = names.flatMap((name) => team(name, 12, "x", "y"));
    const first = publishedOf(inputOf(members));
    const earlier = [{ roster: inputOf(members).roster, shownTeams: new Set(names), isTotalShown: true }];
    const joined = publishedOf(inputOf([...members, ...team("a", 13, "x", "y").slice(12)], { earlier }));
    const hiddenIn = ({ total, teams }: typeof first) =>
      [total, ...teams.map(({ line }) => line)]
        .flatMap(({ all, cells }) => [all, ...cells])
        .filter((cell) => !shown(cell));
    assert.deepEqual([hiddenIn(first).length, hiddenIn(joined).length], [0, 3]);
    // Small teams that are told of together, which one of them changes.
    const small = [...team("e", 3, "x"), ...team("f", 3, "x")];
    const before = inputOf([...members, ...small]).roster;
    const grown = [...members, ...small, ...team("e", 4, "x").slice(3)];
    const now = publishedOf(
      inputOf(grown, { earlier: [{ ...earlier[0]!, roster: before, leftOut: new Set<string>() }] }),
    );
    assert.deepEqual([now.leftOut, why(now.total.all)], [["e", "f"], "shown"]);
  });

  test("P8: tells nearly all of everybody's sums from some eighty people on, and most teams' own sums", () => {
    const told = new Map<string, number>();
    for (const devicesEach of [1, 2] as const) {
      for (const people of [12, 20, 40, 80, 200]) {
        const tables = Array.from({ length: 40 }, (_, seed) =>
          publishedOf(
            inputOf(
              randomMembers(seededRandom(seed + 1), { people, teamSizes: [3, 14], columns: 6, most: 3 }),
              { devicesEach },
            ),
          ),
        );
        const shareOf = (cells: readonly ProtectedCell[]) => cells.filter(shown).length / cells.length;
        const shares = {
          everybody: shareOf(tables.flatMap(({ total }) => [total.all, ...total.cells])),
          teams: shareOf(tables.flatMap(({ teams }) => teams.map(({ line }) => line.all))),
          cells: shareOf(tables.flatMap(({ teams }) => teams.flatMap(({ line }) => line.cells))),
        };
        const words = Object.entries(shares).map(([what, share]) => `${what} ${Math.round(100 * share)} %`);
        console.log(`      [found] P8: ${people} people, ${devicesEach} devices each: ${words.join(", ")}`);
        for (const [what, share] of Object.entries(shares))
          told.set(`${what} ${people} ${devicesEach}`, share);
      }
    }
    assert.ok((told.get("everybody 200 1") ?? 0) > 0.95 && (told.get("everybody 200 2") ?? 0) > 0.95);
    assert.ok((told.get("everybody 80 1") ?? 0) > 0.7 && (told.get("teams 80 1") ?? 0) > 0.5);
  });

  test("shows no team with which few people follow from what was left of an earlier total", () => {
    const before = [...team("a", 12, "x"), ...team("b", 9, "x"), ...team("c", 8, "x")];
    const earlier = [{ roster: inputOf(before).roster, shownTeams: new Set(["c"]), isTotalShown: true }];
    const now = [...team("a", 13, "x"), ...team("b", 9, "x"), ...team("c", 8, "x")];
    const of = (members: readonly Member[]) =>
      publishedOf(inputOf(members, { earlier })).teams.map(({ line }) => why(line.all));
    assert.deepEqual(of(before), ["shown", "shown", "shown"]);
    assert.ok(of(now).slice(0, 2).includes("changed"));
  });
});
