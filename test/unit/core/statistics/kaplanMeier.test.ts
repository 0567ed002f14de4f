import assert from "node:assert/strict";
import fc from "fast-check";
import {
  halfLife,
  survivalAt,
  survivalCurve,
  type Lifetime,
} from "../../../../core/statistics/kaplanMeier.ts";
import { seed } from "../randomEdits.ts";

/** Weeks of remission under 6-MP, Freireich and others 1963: the example of most textbooks on survival. */
const remissions: readonly Lifetime[] = [
  ...[6, 6, 6, 7, 10, 13, 16, 22, 23].map((days) => ({ days, died: true })),
  ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((days) => ({ days, died: false })),
];

suite("Kaplan and Meier's survival", () => {
  test("is that of the textbooks for the remissions of Freireich, with Greenwood's errors", () => {
    assert.deepEqual(
      survivalCurve(remissions).map(({ days, atRisk, share, standardError }) => [
        days,
        atRisk,
        Number(share.toFixed(4)),
        Number(standardError.toFixed(4)),
      ]),
      [
        [6, 21, 0.8571, 0.0764],
        [7, 17, 0.8067, 0.0869],
        [10, 15, 0.7529, 0.0963],
        [13, 12, 0.6902, 0.1068],
        [16, 11, 0.6275, 0.1141],
        [22, 7, 0.5378, 0.1282],
        [23, 6, 0.4482, 0.1346],
      ],
    );
    assert.equal(halfLife(survivalCurve(remissions)), 23);
  });

  test("counts many of one age as it counts them one by one", () => {
    const counted = [
      { days: 6, died: true, count: 3 },
      ...remissions.filter(({ days, died }) => !(days === 6 && died)),
    ];
    assert.deepEqual(survivalCurve(counted), survivalCurve(remissions));
  });

  test("does not go further than anybody was watched", () => {
    assert.equal(survivalAt(remissions, 36), undefined);
    assert.equal(survivalAt([], 1), undefined);
    assert.equal(survivalAt(remissions, 21)!.share.toFixed(4), "0.6275");
    assert.equal(survivalAt(remissions, 21)!.observed, 7 + 7);
  });

  test("says of what is all alive that it is all alive, and how sure that is", () => {
    const alive = Array.from({ length: 10 }, () => ({ days: 30, died: false }));
    const { share, low } = survivalAt(alive, 21)!;
    assert.equal(share, 1);
    assert.ok(low < 0.8);
    assert.equal(halfLife(survivalCurve(alive)), undefined);
  });

  test("says of what is all dead that nothing is left, and how sure that is", () => {
    const dead = [{ days: 3, died: true, count: 10 }];
    const { share, low, high } = survivalAt(dead, 21)!;
    assert.deepEqual([share, low], [0, 0]);
    assert.ok(high > 0.2);
  });

  test(`falls, stays between its bounds, and is never NaN (KEPT_SEED=${seed})`, () => {
    const lifetime = fc.record({ days: fc.nat(100), died: fc.boolean(), count: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(lifetime, { maxLength: 40 }), (lifetimes) => {
        let last = 1;
        for (const { share, low, high, standardError } of survivalCurve(lifetimes)) {
          assert.ok(share <= last && low <= share && share <= high && low >= 0 && high <= 1);
          assert.ok(standardError >= 0);
          last = share;
        }
      }),
      { seed },
    );
  });
});
