import assert from "node:assert/strict";
import type { EarlierWeek } from "../../../../core/protection/membership.ts";
import { publishJoined } from "../../../../core/protection/participation.ts";
import { tryEveryJoining } from "../../../support/protection/everySum.ts";

const rosterOf = (teams: Record<string, number>) =>
  new Map(
    Object.entries(teams).map(([team, size]) => [
      team,
      new Set(Array.from({ length: size }, (_, place) => `${team}${place}`)),
    ]),
  );
const sizes = new Map([
  ["a", 20],
  ["b", 20],
]);
const published = (
  teams: Record<string, number>,
  change: Partial<Parameters<typeof publishJoined>[0]> = {},
) => publishJoined({ roster: rosterOf(teams), sizes, earlier: [], floor: 5, devicesEach: 1, ...change });
const told = (...given: Parameters<typeof published>) => {
  const { everybody, teams } = published(...given);
  return [...teams.map(({ team, joined, of }) => `${team} ${joined}/${of}`), everybody];
};
const after = (teams: Record<string, number>, of = sizes): EarlierWeek => {
  const then = publishJoined({ roster: rosterOf(teams), sizes: of, earlier: [], floor: 5, devicesEach: 1 });
  const shownTeams = new Set(then.teams.map(({ team }) => team));
  return { roster: rosterOf(teams), shownTeams, isTotalShown: then.everybody !== null };
};

suite("How many joined", () => {
  test("is told of a team only where five did and five did not", () => {
    assert.deepEqual(told({ a: 5, b: 15 }), ["a 5/20", "b 15/20", 20]);
    for (const joined of [0, 4, 16, 20]) {
      assert.deepEqual(told({ a: joined, b: 10 })[0], "b 10/20", `${joined} of 20`);
    }
    assert.deepEqual(told({ a: 9 }, { sizes: new Map() }), [9]);
    assert.deepEqual(told({ a: 8, b: 9 }, { devicesEach: 2 }), ["b 9/20", null]);
  });

  test("is told of everybody only where the teams of which nothing is told are not few", () => {
    assert.deepEqual(told({ a: 10, b: 4 }), ["a 10/20", null]);
    assert.deepEqual(told({ a: 10, c: 5 }), ["a 10/20", 15]);
    assert.deepEqual(told({ c: 4 }), [null]);
  });

  test("is not told again of a team that fewer than five joined or left, nor of everybody", () => {
    const earlier = [after({ a: 8, b: 10 })];
    assert.deepEqual(told({ a: 8, b: 10 }, { earlier }), ["a 8/20", "b 10/20", 18]);
    for (const now of [7, 9, 12]) assert.deepEqual(told({ a: now, b: 10 }, { earlier }), ["b 10/20", null]);
    assert.deepEqual(told({ a: 13, b: 10 }, { earlier }), ["a 13/20", "b 10/20", 23]);
    // The other team's people are in a sum with these.
    const hidden = [after({ a: 13, b: 10 }, new Map([["b", 20]]))];
    assert.deepEqual(told({ a: 13, b: 11 }, { earlier: hidden }), ["a 13/20", null]);
  });

  test("P1: tells of nobody by any sum of a week against any sum of another, in 300 organisations", () => {
    let numbers = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const { found, told: some } = tryEveryJoining(seed);
      assert.deepEqual(found, [], `seed ${seed}`);
      numbers += some;
    }
    assert.ok(numbers > 1000, `only ${numbers} numbers were told`);
  });
});
