import { eachIsMissed } from "../support/mutations/missed.ts";
import { peopleMutations } from "../support/mutations/people.ts";

suite("A promise to people is missed by its test without", function () {
  this.timeout(600_000);
  eachIsMissed(peopleMutations);
});
