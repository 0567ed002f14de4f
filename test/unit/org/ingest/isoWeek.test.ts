import assert from "node:assert/strict";
import { dateOf, isoWeekOf, mondayOf } from "../../../../org/ingest/isoWeek.ts";

const epochDay = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

suite("An ISO week", () => {
  test("belongs to the year of its Thursday", () => {
    const weeks = {
      "1970-01-01": "1970-W01",
      "2020-12-31": "2020-W53",
      "2021-01-03": "2020-W53",
      "2021-01-04": "2021-W01",
      "2024-12-30": "2025-W01",
      "2026-01-01": "2026-W01",
      "2026-11-20": "2026-W47",
      "2026-12-31": "2026-W53",
      "2027-01-03": "2026-W53",
      "2027-01-04": "2027-W01",
    };
    assert.deepEqual(
      Object.fromEntries(Object.keys(weeks).map((date) => [date, isoWeekOf(epochDay(date))])),
      weeks,
    );
  });

  test("has seven days, and is followed by the next", () => {
    let previous = isoWeekOf(epochDay("1999-12-26"));
    for (let day = epochDay("1999-12-27"); day < epochDay("2040-01-01"); day++) {
      const week = isoWeekOf(day);
      const isMonday = new Date(dateOf(day)).getUTCDay() === 1;
      assert.equal(week !== previous, isMonday, dateOf(day));
      assert.ok(week >= previous, dateOf(day));
      if (isMonday) {
        assert.equal(mondayOf(week), day, week);
      }
      previous = week;
    }
  });
});
