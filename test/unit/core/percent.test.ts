import assert from "node:assert/strict";
import { percent, unbroken } from "../../../core/percent.ts";

suite("A share", () => {
  test("is nothing or all of it only where it is exactly that", () => {
    assert.deepEqual([0, 0.0001, 0.005, 0.44, 0.9949, 0.9999, 1].map(percent), [
      ...["0 %", "<1 %", "1 %", "44 %", "99 %", ">99 %", "100 %"],
    ]);
  });

  test("stays on one line with its unit, and nothing else does", () => {
    assert.equal(unbroken("44 % is left after 15 min."), "44\u00a0% is left after 15\u00a0min.");
    assert.equal(unbroken("612 AI lines in 18 minutes, 3 s"), "612 AI lines in 18 minutes, 3\u00a0s");
    assert.equal(unbroken("a % b, 7 sessions, 2 dé"), "a % b, 7 sessions, 2 dé");
  });
});
