import assert from "node:assert/strict";
import { isLate, sampleTimes } from "../../../../core/retention/sampleTimes.ts";

suite("The times of samples", () => {
  test("are those that are promised, each once and in order", () => {
    assert.deepEqual(
      sampleTimes.map((time) => time / 1000),
      [0, 5, 30, 60, 120, 300, 600, 900, 3_600, 86_400],
    );
  });

  test("are missed by more than a tenth, and never by a second", () => {
    assert.deepEqual([isLate(0, 1_000), isLate(0, 1_001)], [false, true]);
    assert.deepEqual([isLate(5_000, 1_000), isLate(5_000, 1_001)], [false, true]);
    assert.deepEqual([isLate(60_000, 6_000), isLate(60_000, 6_001)], [false, true]);
    assert.equal(isLate(60_000, -5), false);
  });
});
