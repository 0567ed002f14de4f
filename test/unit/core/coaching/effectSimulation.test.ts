import assert from "node:assert/strict";
import { effectOfRule, effectOfTip } from "../../../../core/coaching/effect.ts";
import { guards } from "../../../../core/coaching/guards.ts";
import { proportionOf } from "../../../../core/summary/ratio.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { TipRecord } from "../../../../protocol/coaching.ts";
import type { MeasuredShare } from "../../../../protocol/share.ts";

const falseRate = 0.05;

/** Some days of work: what one day holds is alike by `correlation`. */
function timeOf(random: () => number, share: number, correlation: number): MeasuredShare {
  let [cases, of] = [0, 0];
  const days = 3 + Math.floor(random() * 12);
  const follows = Math.sqrt(correlation);
  for (let day = 0; day < days; day++) {
    const coin = random() < share;
    for (let edits = 1 + Math.floor(random() * 12); edits > 0; edits--, of++)
      if (random() < follows ? coin : random() < share) cases++;
  }
  return proportionOf(cases, of);
}

/** Before a tip: rules speak when a share is low, so the same person does better afterwards without any advice. */
function lowTime(random: () => number, share: number, correlation: number): MeasuredShare {
  for (;;) {
    const before = timeOf(random, share, correlation);
    if (before.value! <= share * 0.5 + 0.1) return before;
  }
}

suite("Whether advice helped, by simulation", function () {
  this.timeout(0);

  test("is claimed falsely of fewer than 5 % of single tips, though they come when a share happens to be low", () => {
    for (const correlation of [0, 0.2, 0.4]) {
      const random = seededRandom(11);
      const claims = (times: number, better: number, told = { helped: 0, told: 0 }) => {
        for (let tip = 0; tip < times; tip++) {
          const share = 0.3 + 0.4 * random();
          const before = lowTime(random, share, correlation);
          const effect = effectOfTip(
            before,
            timeOf(random, Math.min(0.99, share + better), correlation),
            "higher",
          );
          if (effect !== "cannotTell") told.told++;
          if (effect === "helped") told.helped++;
        }
        assert.ok(told.told > times / 2, "most have enough data");
        return told.helped / times;
      };
      const [wrong, right] = [claims(800, 0), claims(200, 0.4)];
      assert.ok(wrong < falseRate, `${wrong} with a correlation of ${correlation}`);
      assert.ok(right > 0.4, `${right} of those that did help, with a correlation of ${correlation}`);
    }
  });

  test("is claimed falsely of fewer than 5 % of rules by their hold-outs, however often one looks", () => {
    const random = seededRandom(12);
    const everClaims = (rules: number, better: number) => {
      let claimed = 0;
      for (let rule = 0; rule < rules; rule++) {
        const records: TipRecord[] = [];
        for (let tip = 0; tip < 250; tip++) {
          const share = 0.3 + 0.4 * random();
          const isHeldOut = random() < guards.heldOut;
          const before = lowTime(random, share, 0.2);
          const after = timeOf(random, share + (isHeldOut ? 0 : better), 0.2);
          records.push({ isHeldOut, before, after } as TipRecord);
          if (tip % 5 !== 0 || effectOfRule(records, "higher") !== "helped") continue;
          claimed++;
          break;
        }
      }
      return claimed / rules;
    };
    const [wrong, right] = [everClaims(160, 0), everClaims(20, 0.25)];
    assert.ok(wrong < falseRate, String(wrong));
    assert.ok(right > 0.8, String(right));
  });
});
