import assert from "node:assert/strict";
import { addDays } from "../../../../core/day.ts";
import { allowancePace, budgetPace } from "../../../../core/requests/pace.ts";
import type { AllowanceWindow } from "../../../../protocol/allowance.ts";

const hour = 3_600_000;
const at = Date.UTC(2026, 5, 15, 12);

/** Five hours of which so much was over when the tool said how much is used. */
function plan(elapsedHours: number, usedShare: number): AllowanceWindow {
  return {
    tool: "codex",
    windowMinutes: 300,
    usedShare,
    readAt: at,
    resetsAt: at + (5 - elapsedHours) * hour,
  };
}

suite("The pace of a plan", () => {
  test("says when it is used up, where that is before it is renewed", () => {
    const pace = allowancePace(plan(2, 0.5), at);
    assert.equal(pace.state, "runsOut");
    assert.equal(pace.elapsedShare, 0.4);
    assert.equal(pace.runsOutAt, at + 2 * hour, "half in two hours, so the other half in two more");
  });

  for (const [what, window, now, state] of [
    ["lasts where time goes faster", plan(2, 0.3), at, "lasts"],
    ["lasts where exactly all of it is used at the end", plan(2, 0.4), at, "lasts"],
    ["lasts where nothing is used", plan(3, 0), at, "lasts"],
    ["is used up", plan(2, 1), at, "usedUp"],
    ["says nothing of the first minutes", plan(0.2, 0.3), at, "early"],
    ["says nothing of a window that ended", plan(2, 0.5), at + 3 * hour, "over"],
    ["says nothing without an end", { ...plan(2, 0.5), resetsAt: null }, at, "unknown"],
  ] as const) {
    test(what, () => {
      const { state: is, runsOutAt } = allowancePace(window, now);
      assert.deepEqual([is, runsOutAt], [state, null]);
    });
  }

  test("is never beyond its window, whatever a clock says", () => {
    const { elapsedShare } = allowancePace({ ...plan(2, 0.5), resetsAt: at + 900 * hour }, at);
    assert.equal(elapsedShare, 0);
  });
});

suite("A budget's pace", () => {
  /** A dollar on each weekday, and nothing at weekends. */
  const today = "2026-06-15";
  const rows = Array.from({ length: 70 }, (_, ago) => addDays(today, -ago))
    .filter((day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))
    .map((day) => ({ day, requests: 4, unpriced: 1, costNano: 1e9 }));

  test("adds to what is spent what the same weekdays cost", () => {
    const pace = budgetPace(30, today, rows)!;
    assert.equal(pace.spentNanoUsd, 11e9, "eleven working days up to the fifteenth");
    assert.equal(pace.unpricedRequests, 11);
    assert.deepEqual([pace.monthShare, pace.state], [0.5, "within"]);
    assert.deepEqual(pace.forecast, { nanoUsd: 22e9, low: 22e9, high: 22e9 }, "eleven are left");
  });

  test("is as wide as the days differ", () => {
    const uneven = rows.map((row, index) => ({ ...row, costNano: index % 2 === 0 ? 0 : 2e9 }));
    const { low, nanoUsd, high } = budgetPace(30, today, uneven)!.forecast!;
    assert.ok(low < nanoUsd && nanoUsd < high && high - low > 4e9, `${low} ${nanoUsd} ${high}`);
  });

  test("foresees nothing from fewer than fourteen days, and is nothing without a budget", () => {
    const few = rows.filter(({ day }) => day >= addDays(today, -18));
    assert.deepEqual([budgetPace(30, today, few)!.forecast, budgetPace(30, today, few)!.days], [null, 12]);
    const enough = rows.filter(({ day }) => day >= addDays(today, -20));
    assert.deepEqual(
      [budgetPace(30, today, enough)!.days, budgetPace(30, today, enough)!.forecast?.nanoUsd],
      [14, 22e9],
    );
    assert.equal(budgetPace(0, today, rows), null);
  });

  test("is near from four fifths on, and over at all of it", () => {
    assert.equal(budgetPace(13, today, rows)!.state, "near");
    assert.equal(budgetPace(11, today, rows)!.state, "over");
  });
});
