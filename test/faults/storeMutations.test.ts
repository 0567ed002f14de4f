import { eachIsMissed } from "../support/mutations/missed.ts";
import { storeMutations } from "../support/mutations/store.ts";

suite("A promise of the store is missed by its test without", function () {
  this.timeout(900_000);
  eachIsMissed(storeMutations);
});
