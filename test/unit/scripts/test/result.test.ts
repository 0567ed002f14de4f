import assert from "node:assert/strict";
import { addResults, closingLine, couldNotRun, describe } from "../../../../scripts/test/result.ts";

suite("The closing line", () => {
  test("adds up the suites, and counts one that could not run as a failure", () => {
    const passed = { passed: 3, failures: [], skipped: ["a test that needs Windows"], notes: [] };
    const total = addResults([passed, couldNotRun("The wire suite could not run", new Error("no port"))]);
    assert.equal(closingLine(total), "3 passed, 1 failed, 1 skipped");
  });

  test("is there when nothing ran", () => {
    assert.equal(closingLine(addResults([])), "0 passed, 0 failed, 0 skipped");
  });
});

test("A failure is described with its causes", () => {
  const error = new Error("The server did not start.", { cause: new Error("The port is taken.") });
  assert.match(describe(error), /The server did not start\.[^]*caused by Error: The port is taken\./);
});
