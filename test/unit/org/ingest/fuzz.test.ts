import assert from "node:assert/strict";
import { readWord } from "../../../support/fuzz/readWord.ts";
import { fuzz } from "../../../support/fuzz/fuzz.ts";
import { fuzzBatches } from "../../../support/fuzz/fuzzBatches.ts";

suite("The reader of batches, led by the code it reaches", function () {
  this.timeout(120_000);

  test("H7: does what it must with a thousand inputs that nobody thought of", () => {
    const { tried, kept, reached } = fuzzBatches(20_261_121, (count) => count >= 1_000);
    assert.equal(tried, 1_000);
    assert.ok(kept > 50 && reached > 300, `${kept} inputs were kept, which reached ${reached} places`);
  });

  test("H7: finds what lies behind conditions that chance alone would not meet together", () => {
    const find = () =>
      fuzz({
        seeds: [Buffer.from("what")],
        seed: 1,
        isMeant: (url) => url.endsWith("/readWord.ts"),
        attempt: (input) => assert.notEqual(readWord(input), "all of it"),
        isOver: (tried) => tried >= 20_000,
        longestInput: 16,
      });
    assert.throws(find, /seed 1/);
  });
});
