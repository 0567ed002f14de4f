import { eachIsMissed } from "../support/mutations/missed.ts";
import { orgMutations } from "../support/mutations/org.ts";

suite("A promise of the org service is missed by its test without", function () {
  this.timeout(900_000);
  eachIsMissed(orgMutations);
});
