import { eachIsMissed } from "../support/mutations/missed.ts";
import { bundleMutations } from "../support/mutations/bundles.ts";

suite("A guard of bundles is missed by its test without", function () {
  this.timeout(600_000);
  eachIsMissed(bundleMutations);
});
