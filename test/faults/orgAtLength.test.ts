import { passAtLength, type AtLength } from "../support/atLength.ts";

/** The short tests of the org service, as long as their promises are. */
const atLength: Record<string, AtLength> = {
  "H1: 10,000 malformed bodies of every kind": {
    file: "test/wire/orgMalformed.test.ts",
    environment: { KEPT_MALFORMED_PER_KIND: "320" },
  },
  "H2 to H5: a thousand of each that mean no good, and bombs of a gibibyte": {
    file: "test/wire/orgHardening.test.ts",
    environment: { KEPT_HARDENING: "1000", KEPT_BOMB_MEBIBYTES: "1024" },
  },
};

suite("The org service at length", function () {
  this.timeout(1_800_000);
  for (const [what, each] of Object.entries(atLength)) test(what, () => passAtLength(each));
});
