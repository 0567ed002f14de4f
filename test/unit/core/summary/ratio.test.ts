import assert from "node:assert/strict";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { differingShares } from "../../../../core/summary/differingShares.ts";
import { measureShare, measureShareOver, type RatioSums } from "../../../../core/summary/ratio.ts";

/** So many characters of one edit are kept whole or not at all. */
function sumsOf(edits: readonly { readonly chars: number; readonly isKept: boolean }[]): RatioSums {
  const chars = edits.reduce((sum, edit) => sum + edit.chars, 0);
  const squares = edits.reduce((sum, edit) => sum + edit.chars ** 2, 0);
  const kept = edits.filter(({ isKept }) => isKept);
  const keptChars = kept.reduce((sum, edit) => sum + edit.chars, 0);
  const keptSquares = kept.reduce((sum, edit) => sum + edit.chars ** 2, 0);
  return {
    ...{ n: edits.length, part: keptChars, whole: chars },
    ...{ partSquared: keptSquares, wholeSquared: squares, partTimesWhole: keptSquares },
  };
}

/** Days of up to 24 edits, of which two of one day are alike by `correlation`. */
function madeDays(
  random: () => number,
  { days, share, correlation }: { days: number; share: number; correlation: number },
): RatioSums[] {
  const follows = Math.sqrt(correlation);
  return Array.from({ length: days }, () => {
    const coin = random() < share;
    const count = 1 + Math.floor(random() * 24);
    return sumsOf(
      Array.from({ length: count }, () => ({
        chars: 10 + Math.floor(random() * 90),
        isKept: random() < follows ? coin : random() < share,
      })),
    );
  });
}

const day = (kept: number, gone: number): RatioSums =>
  sumsOf([
    ...Array.from({ length: kept }, () => ({ chars: 10, isKept: true })),
    ...Array.from({ length: gone }, () => ({ chars: 10, isKept: false })),
  ]);

suite("A share of edits of several days", function () {
  this.timeout(0);

  test("is never surer than the same edits taken each by itself", () => {
    const days = [day(10, 0), day(0, 10), day(10, 0), day(10, 0), day(0, 10), day(10, 0)];
    const alone = measureShare(day(40, 20));
    const over = measureShareOver(days);
    assert.equal(over.value, alone.value);
    assert.equal(over.n, 60);
    assert.ok(over.low! < alone.low! - 0.1 && over.high! > alone.high! + 0.1);
    const alike = measureShareOver(Array.from({ length: 6 }, () => day(4, 2)));
    assert.ok(alike.low! <= measureShare(day(24, 12)).low!);
  });

  test("of one day says little of the next, however many edits it holds", () => {
    const { value, low, high } = measureShareOver([day(150, 50)]);
    assert.equal(value, 0.75);
    assert.ok(low! < 0.25 && high! > 0.95, `${low} to ${high}`);
  });

  test("stays a share, and needs as many edits as any", () => {
    assert.deepEqual(measureShareOver([]), { value: null, low: null, high: null, n: 0, needsMore: 20 });
    assert.equal(measureShareOver([day(3, 1)]).low, null);
    assert.equal(measureShareOver([day(3, 1), day(0, 0)]).needsMore, 16);
    for (const days of [[day(30, 0)], Array.from({ length: 9 }, () => day(5, 0))]) {
      const { value, low, high } = measureShareOver(days);
      assert.equal(value, 1);
      assert.ok(low! < 1 && low! >= 0 && high === 1);
    }
  });

  for (const correlation of [0, 0.2, 0.4]) {
    for (const days of [2, 6, 20]) {
      test(`is called different in no more than 5 % of rounds in which six tools are alike: ${days} days, correlation ${correlation}`, () => {
        const random = seededRandom(23);
        const rounds = 400;
        let wrong = 0;
        for (let round = 0; round < rounds; round++) {
          const alike = Array.from({ length: 6 }, () =>
            measureShareOver(madeDays(random, { days, share: 0.75, correlation })),
          );
          if (differingShares(alike).pairs.length > 0) wrong++;
        }
        assert.ok(wrong <= rounds * 0.05, `${wrong} of ${rounds}`);
      });
    }
  }

  test("does call different what is", () => {
    const random = seededRandom(29);
    const of = (share: number) => measureShareOver(madeDays(random, { days: 30, share, correlation: 0.2 }));
    const found = Array.from({ length: 40 }, () => differingShares([of(0.9), of(0.5)]).pairs.length);
    assert.ok(found.filter((pairs) => pairs === 1).length >= 36);
  });
});
