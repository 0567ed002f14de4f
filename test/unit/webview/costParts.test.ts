import assert from "node:assert/strict";
import type { Language } from "../../../webview/language.ts";
import { dayBars, filled, unpricedTiers, type RequestDay } from "../../../webview/views/costParts.ts";

const language = {
  day: (day: string) => day,
  longDay: (day: string) => day,
  period: (from: string, to: string) => `${from} to ${to}`,
} as Language;
const none = { standard: 0, fast: 0, heavy: 0, unknown: 0 };

function day(
  ofTiers: Partial<RequestDay["byTier"]>,
  dollars: Partial<RequestDay["byTier"]>,
  unpriced: number,
) {
  const byTier = { ...none, ...ofTiers };
  const spend = { nanoUsd: null, unpricedRequests: unpriced } as RequestDay["spend"];
  return { day: "2026-11-02", requests: 1, spend, byTier, spendByTier: { ...none, ...dollars } };
}
const spendOf = ({ spendByTier }: RequestDay) => Object.values(spendByTier);

suite("What requests cost, by tier", () => {
  test("is not nothing where no request of a tier has a price", () => {
    assert.deepEqual(unpricedTiers(day({ standard: 2, unknown: 3 }, { standard: 5 }, 3)), [
      false,
      false,
      false,
      true,
    ]);
    assert.deepEqual(unpricedTiers(day({ standard: 2, fast: 1 }, { standard: 5 }, 0)), [
      false,
      false,
      false,
      false,
    ]);
  });

  test("lacks the price of a week's tier that lacked it on a day, and that day has a column", () => {
    const days = Array.from({ length: 35 }, (_, place) => day({ unknown: place === 34 ? 1 : 0 }, {}, 1));
    const bars = dayBars(language, days, spendOf, unpricedTiers);
    assert.deepEqual(
      bars.map(({ lacking }) => lacking?.[3]),
      [false, false, false, false, true],
    );
    assert.equal(filled(bars).length, 1);
  });
});
