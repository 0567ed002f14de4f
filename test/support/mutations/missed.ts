import assert from "node:assert/strict";
import { failuresOnCopy, type Mutations } from "./mutation.ts";

/** Each mutation as a test: what must notice it passes on a copy of the code as it is, and fails on one without the guard. */
export function eachIsMissed(mutations: Mutations): void {
  for (const [what, mutation] of Object.entries(mutations)) {
    test(what, () => {
      assert.deepEqual(failuresOnCopy(mutation, false), [], "the test fails without the mutation too");
      assert.notDeepEqual(failuresOnCopy(mutation, true), [], "nothing misses it");
    });
  }
}
