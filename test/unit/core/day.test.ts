import assert from "node:assert/strict";
import { localDay } from "../../../core/day.ts";
import { seededRandom } from "../../../core/seededRandom.ts";

suite("The local day of a moment", () => {
  test("is what a calendar says, before 1970 too", () => {
    const random = seededRandom(5);
    for (let round = 0; round < 20_000; round++) {
      const at = Math.trunc((random() - 0.2) * 4e12);
      const utcOffsetMinutes = Math.trunc((random() - 0.5) * 1680);
      const local = new Date(at + utcOffsetMinutes * 60_000);
      const expected = { day: local.toISOString().slice(0, 10), hour: local.getUTCHours() };
      assert.deepEqual(localDay({ at, utcOffsetMinutes }), expected);
    }
  });

  test("is none for a moment that no calendar has", () => {
    assert.throws(() => localDay({ at: Number.NaN, utcOffsetMinutes: 0 }), RangeError);
  });
});
