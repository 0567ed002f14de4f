import assert from "node:assert/strict";
import { daysWriter, weekDays } from "../../../core/weekDays.ts";

suite("The name of a week", () => {
  const inEnglish = (locale: string) => (week: string) => weekDays(week, daysWriter(locale));

  test("is its days, what both ends have in common said once", () => {
    assert.deepEqual(["2026-W47", "2026-W49", "2027-W01"].map(inEnglish("en-GB")), [
      "16–22 Nov",
      "30 Nov – 6 Dec",
      "4–10 Jan",
    ]);
    assert.deepEqual(["2026-W47", "2026-W49"].map(inEnglish("en")), ["Nov 16–22", "Nov 30 – Dec 6"]);
  });

  test("has the years where it lies in two", () => {
    assert.equal(inEnglish("en-GB")("2026-W53"), "28 Dec 2026 – 3 Jan 2027");
  });

  test("is the same by its Monday", () => {
    assert.equal(inEnglish("en")("2026-11-16"), inEnglish("en")("2026-W47"));
  });

  test("stays what it is where it is none", () => {
    assert.deepEqual(["never", ""].map(inEnglish("en")), ["never", ""]);
  });
});
