import assert from "node:assert/strict";
import { attackYear } from "../support/protection/attacker.ts";
import { passesOnCopy, type Mutation } from "../support/store/mutation.ts";

const core = "core/protection";
const published = "test/unit/core/protection/publish.test.ts";
const audited = "test/unit/core/protection/audit.test.ts";

/** For each protection, what the code is without it, and the short test that must then fail. */
const mutations: Record<string, Mutation> = {
  "no setting lowers the floor": {
    file: `${core}/floor.ts`,
    from: "Math.max(smallestGroup, Number.isFinite(people) ? people : smallestGroup)",
    to: "people",
    tests: published,
    test: "P3: is never about fewer than five",
  },
  "nobody asks for less": {
    file: `${core}/floor.ts`,
    from: "asked < smallestGroup || ",
    to: "",
    tests: published,
    test: "P3: is never about fewer than five",
  },
  "few people are hidden": {
    file: `${core}/group.ts`,
    from: 'if (group.size < needed) return "fewPeople";',
    to: "",
    tests: published,
    test: "leaves teams that are too small out of every sum",
  },
  "what one person dominates is hidden": {
    file: `${core}/group.ts`,
    from: 'isDominated(group) ? "dominated" : undefined',
    to: "isDominated(group) ? undefined : undefined",
    tests: published,
    test: "hides what one person dominates",
  },
  "what is left of a sum is protected": {
    file: `${core}/suppress.ts`,
    from: "for (let isStable = false; !isStable;)",
    to: "for (let isStable = true; !isStable;)",
    tests: published,
    test: "hides a second team where one that is hidden would be the rest",
  },
  "the audit looks at all cuts": {
    file: `${core}/audit.ts`,
    from: "isCutSmall(input) ?",
    to: "isCutSmall(input) && false ?",
    tests: audited,
    test: "agrees with linear algebra",
  },
  "the audit looks at each number": {
    file: `${core}/audit.ts`,
    from: "findBareSum(input) ?? ",
    to: "(findBareSum(input) && undefined) ?? ",
    tests: audited,
    test: "refuses a shown number about too few",
  },
  "the audit stands without the suppression": {
    file: `${core}/publish.ts`,
    from: "if (isProven(table, pattern, needed)) return pattern;",
    to: "if (isProven(table, pattern, needed) || true) return pattern.map((row) => row.map(() => undefined));",
    tests: published,
    test: "P1: exposes nobody in a dozen people",
  },
  "a team that changed a little is left out": {
    file: `${core}/membership.ts`,
    from: "changed.add(team);",
    to: "changed.delete(team);",
    tests: published,
    test: "P1: exposes nobody to whoever keeps every week of a year",
  },
  "a total whose rest changed a little is left out": {
    file: `${core}/membership.ts`,
    from: "return isFew(difference, needed);",
    to: "return isFew(difference, needed) && false;",
    tests: published,
    test: "P1: exposes nobody to whoever keeps every week of a year",
  },
  "teams that are too small are in no sum": {
    file: `${core}/publish.ts`,
    from: "all.filter(({ team }) => !leftOut.has(team))",
    to: "all.filter(({ team }) => team !== undefined || leftOut.has(team))",
    tests: published,
    test: "leaves teams that are too small out of every sum",
  },
  "a total that a small team fell out of is left out": {
    file: `${core}/membership.ts`,
    from: "isOutNow ? undefined : now.roster.get(team)",
    to: "now.roster.get(team)",
    tests: published,
    test: "does not show a total again that a small team came into or fell out of",
  },
  "a week is complete": {
    file: `${core}/publish.ts`,
    from: "today >= monday + 7 + waitDays",
    to: "today >= monday + waitDays",
    tests: published,
    test: "is nothing before the week is over",
  },
  "what is true of nearly all is not counted": {
    file: `${core}/people.ts`,
    from: "size >= 0.9 * all || ",
    to: "",
    tests: published,
    test: "does not say how many where nearly all are in it",
  },
  "the few others are not counted": {
    file: `${core}/people.ts`,
    from: " || (others > 0 && others < needed)",
    to: " || (others > 0 && others < 0 * needed)",
    tests: published,
    test: "does not say how many where nearly all are in it",
  },
  "who was hardly there does not count": {
    file: `${core}/contributors.ts`,
    from: "activeDays >= fewestActiveDays",
    to: "activeDays >= 0 * fewestActiveDays",
    tests: published,
    test: "counts nobody who was there on two days only",
  },
  "two devices can be one person": {
    file: `${core}/floor.ts`,
    from: "2 * floor - 1",
    to: "floor",
    tests: published,
    test: "takes two devices for one person",
  },
  "those who did not join cannot be counted off": {
    file: `${core}/participation.ts`,
    from: " && of - joined >= needed",
    to: "",
    tests: published,
    test: "says how many joined only where five did and five did not",
  },
};

suite("What protects people", function () {
  this.timeout(1_800_000);

  test("P1: exposes nobody in 1,000 organisations of 20 to 2,000 people, each for a year", () => {
    for (let seed = 1; seed <= 1000; seed++) {
      // Most are small: that is where groups are. Every hundredth has 2,000 people.
      const people = seed % 100 === 0 ? 2000 : 20 + (seed % 19) * 10;
      assert.deepEqual(attackYear({ seed, people, weeks: 52 }), [], `seed ${seed}, ${people} people`);
    }
  });

  suite("P2: is missed by its test without", () => {
    for (const [what, mutation] of Object.entries(mutations)) {
      test(what, () => {
        assert.equal(passesOnCopy(mutation, false), true, "the test fails without the mutation too");
        assert.equal(passesOnCopy(mutation, true), false);
      });
    }
  });
});
