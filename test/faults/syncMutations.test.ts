import { eachIsMissed } from "../support/mutations/missed.ts";
import { syncMutations } from "../support/mutations/sync.ts";

suite("A promise of sending is missed by its test without", function () {
  this.timeout(900_000);
  eachIsMissed(syncMutations);
});
