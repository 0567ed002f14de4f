import assert from "node:assert/strict";
import { passesOnCopy, type Mutations } from "./mutation.ts";

/** Each mutation as a test: what must notice it passes on a copy of the code as it is, and fails on one without the guard. */
export function eachIsMissed(mutations: Mutations): void {
  for (const [what, mutation] of Object.entries(mutations)) {
    test(what, () => {
      assert.equal(passesOnCopy(mutation, false), true, "the test fails without the mutation too");
      assert.equal(passesOnCopy(mutation, true), false);
    });
  }
}
