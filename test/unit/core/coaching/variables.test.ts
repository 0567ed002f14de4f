import assert from "node:assert/strict";
import { fillMessage } from "../../../../core/coaching/variables.ts";

suite("Numbers in a tip", () => {
  const values = new Map<string, number | string>([
    ["C2", 0.0182],
    ["C2.low", 0.0173],
    ["C1", 20_848_491],
    ["S5", 6596],
    ["P4", 1.25],
    ["Q4", 0.14],
    ["Q4.n", 1550],
    ["checkpoint.minutes", 618],
    ["branch.minutes", 1],
  ]);

  test("are written with their unit, as screens and reports write them", () => {
    const text = fillMessage("{C2} from {C2.low}, {C1}, {S5}, {P4}, {Q4} of {Q4.n}", values);
    assert.equal(text?.replace(/\s/g, " "), "$0.0182 from $0.0173, 20,848,491, 6.6 s, 1.25, 14 % of 1,550");
  });

  test("say hours where there are many minutes", () => {
    const text = fillMessage(
      "{checkpoint.minutes|minute|minutes} and {branch.minutes|minute|minutes}",
      values,
    );
    assert.equal(text, "10 h 18 min and 1 minute");
  });
});
