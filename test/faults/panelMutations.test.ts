import { eachIsMissed } from "../support/mutations/missed.ts";
import { pageMutations } from "../support/mutations/pages.ts";

suite("A promise of pages is missed by its test without", function () {
  this.timeout(900_000);
  eachIsMissed(pageMutations);
});
