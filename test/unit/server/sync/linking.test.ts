import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { pseudonymOf, weekKeyOf } from "../../../../server/sync/pseudonym.ts";

const groups = 400;
const people = 6;
const org = "an organisation";

/** What everybody at the org can see of people who did the same: their pseudonyms in a week, in no order that tells. */
const pseudonymsIn = (group: number, week: string) =>
  Array.from({ length: people }, (_, person) => {
    const secret = createHash("sha256").update(`${group} ${person}`).digest("hex");
    return { person, pseudonym: pseudonymOf(weekKeyOf(secret, org, week)) };
  }).sort((a, b) => (a.pseudonym < b.pseudonym ? -1 : 1));

function differingBits(a: string, b: string): number {
  const difference = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  return difference.toString(2).replaceAll("0", "").length;
}

/** Ways to say who of this week is who of the next: for each place of the first week one of the second. */
type Pseudonyms = readonly string[];
const guesses: Record<string, (first: Pseudonyms, second: Pseudonyms) => number[]> = {
  "the same pseudonym, else the same place": (first, second) =>
    first.map((pseudonym, place) => (second.includes(pseudonym) ? second.indexOf(pseudonym) : place)),
  "the same place": (first) => first.map((_, place) => place),
  "the pseudonym that is nearest": (first, second) =>
    first.map((a) => {
      const distances = second.map((b) => differingBits(a, b));
      return distances.indexOf(Math.min(...distances));
    }),
  "the same beginning": (first, second) =>
    first.map((a) => {
      const shared = second.map((b) => [...a].findIndex((digit, index) => digit !== b[index]));
      return shared.indexOf(Math.max(...shared.map((length) => (length === -1 ? 32 : length))));
    }),
};

suite("People who did the same in two weeks", () => {
  for (const [how, guess] of Object.entries(guesses)) {
    test(`P5: are not told apart by ${how}`, () => {
      let right = 0;
      for (let group = 0; group < groups; group++) {
        const [first, second] = [pseudonymsIn(group, "2026-W46"), pseudonymsIn(group, "2026-W47")];
        const guessed = guess(
          first.map(({ pseudonym }) => pseudonym),
          second.map(({ pseudonym }) => pseudonym),
        );
        right += guessed.filter((place, index) => second[place]?.person === first[index]?.person).length;
      }
      assert.ok(right / (groups * people) <= 1 / people + 0.05, `${right} of ${groups * people}`);
    });
  }

  test("P5: are known by the secret alone, so that the test could find them", () => {
    const week = (name: string) => pseudonymOf(weekKeyOf("ab".repeat(32), org, name));
    assert.equal(week("2026-W46"), week("2026-W46"));
    assert.notEqual(week("2026-W46"), week("2026-W47"));
  });
});
