import assert from "node:assert/strict";
import { eachIsMissed } from "../support/mutations/missed.ts";
import { protectionMutations } from "../support/mutations/protection.ts";
import { attackYear } from "../support/protection/attacker.ts";
import { tryEverySum } from "../support/protection/everySum.ts";

suite("What protects people", function () {
  this.timeout(1_800_000);

  test("P1: exposes nobody in 1,000 organisations of 20 to 2,000 people, each for a year", () => {
    for (let seed = 1; seed <= 1000; seed++) {
      // Most are small: that is where groups are. Every hundredth has 2,000 people.
      const people = seed % 100 === 0 ? 2000 : 20 + (seed % 19) * 10;
      assert.deepEqual(attackYear({ seed, people, weeks: 52 }), [], `seed ${seed}, ${people} people`);
    }
  });

  test("P1: exposes nobody by any sum of a week against any sum of another, in 2,000 organisations", () => {
    for (let seed = 1; seed <= 2000; seed++) assert.deepEqual(tryEverySum(seed), [], `seed ${seed}`);
  });

  suite("P2: is missed by its test without", () => {
    eachIsMissed(protectionMutations);
  });
});
