import { type Flavour, flavours } from "../../../scripts/test/flavour.ts";

/** The package under test; set by the one that runs the host suites. */
export function packageUnderTest(): { readonly vsix: string; readonly flavour: Flavour } {
  const vsix = process.env["KEPT_TEST_VSIX"];
  const flavour = flavours.find((each) => each === process.env["KEPT_TEST_FLAVOUR"]);
  if (vsix === undefined || flavour === undefined) {
    throw new Error("No package is named. Run these tests with: npm run test:host");
  }
  return { vsix, flavour };
}
