import assert from "node:assert/strict";
import { addDays } from "../../../../core/day.ts";
import {
  changeOfAll,
  watchedDueMs,
  watchedFrom,
  watchModels,
  type ModelRow,
} from "../../../../core/requests/modelWatch.ts";
import { addRetention, noSamples, sumsOfSample } from "../../../../core/retention/retentionCurve.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";

const today = "2026-06-26";
const first = watchedFrom(today);
const from = addDays(today, -29);

interface Made {
  readonly model?: string;
  readonly days?: number;
  readonly edits?: number;
  /** What is left of an edit on a day, on average. */
  readonly leftOn?: (day: string, chance: () => number) => number;
}

/** Edits on each weekday up to today; those of one day are somewhat alike. */
function made(
  chance: () => number,
  { model = "opus", days = 182, edits = 6, leftOn = () => 0.75 }: Made = {},
): ModelRow[] {
  return Array.from({ length: days }, (_, ago) => addDays(today, -ago))
    .filter((day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))
    .map((day) => {
      const mood = leftOn(day, chance) + 0.2 * (chance() - 0.5);
      let sums = noSamples;
      for (let edit = 0; edit < edits; edit++) {
        const insertedChars = 20 + Math.floor(chance() * 400);
        const arc = Math.round(insertedChars * Math.min(1, Math.max(0, mood + 0.6 * (chance() - 0.5))));
        const sample = { arc, insertedChars, fourGram: 1, noRevert: 1, late: false, otherBranch: false };
        sums = addRetention(sums, sumsOfSample(sample));
      }
      return { ...sums, day, dueMs: watchedDueMs, kind: "ai", tool: "claude-code", model };
    });
}

suite("Models against their own past", function () {
  this.timeout(0);

  test("say in which week one became worse, and that it did", () => {
    const since = addDays(first, 16 * 7);
    const [found] = watchModels(
      made(seededRandom(1), { leftOn: (day) => (day < since ? 0.85 : 0.55) }),
      from,
    );
    assert.equal(found!.says, "falling");
    assert.equal(found!.change!.week, since);
    assert.ok(found!.change!.shift < -0.2 && found!.now.value! < found!.before.value!);
    assert.equal(found!.weeks.length, 26);
  });

  test("see no change where there is none, and cannot tell of a few days", () => {
    const rested = made(seededRandom(3)).filter(({ day }) => day < addDays(today, -8));
    const [now] = watchModels(rested, addDays(today, -6));
    assert.deepEqual([now!.now.value, now!.says], [null, "cannotTell"]);
    const rows = [...made(seededRandom(2)), ...made(seededRandom(3), { model: "new", days: 4 })];
    const found = watchModels(rows, from);
    assert.deepEqual(
      found.map(({ model, says }) => [model, says]),
      [
        ["opus", "noChangeSeen"],
        ["new", "cannotTell"],
      ],
    );
    assert.equal(found[1]!.now.low, null);
    assert.ok(found[1]!.now.needsMore > 0);
    assert.equal(found[1]!.before.n, 0);
  });

  test("take nothing of other times, of typing, and of what no sample says", () => {
    const [row] = made(seededRandom(4));
    const others: ModelRow[] = [
      { ...row!, dueMs: 60_000 },
      { ...row!, kind: "human" },
      { ...row!, ...noSamples, apart: 3 },
    ];
    assert.deepEqual(watchModels(others, from), []);
  });

  test("are the same each time, in any order", () => {
    const rows = made(seededRandom(5));
    assert.deepEqual(watchModels([...rows].reverse(), from), watchModels(rows, from));
  });

  for (const models of [1, 4]) {
    test(`name a change falsely in no more than 5 %: ${models} models that stayed as they were`, () => {
      const chance = seededRandom(31);
      const trials = 100;
      let named = 0;
      for (let trial = 0; trial < trials; trial++) {
        const rows = Array.from({ length: models }, (_, index) =>
          made(chance, { model: `m${index}` }),
        ).flat();
        if (watchModels(rows, from).some(({ says }) => says === "rising" || says === "falling")) named++;
      }
      assert.ok(named / trials <= 0.05, `${named} of ${trials}`);
    });
  }
});

suite("What is left of all AI edits", function () {
  this.timeout(0);

  test("changed in the week it changed in, between weeks that may as well have been it", () => {
    const since = addDays(first, 16 * 7);
    const leftOn = (day: string) => (day < since ? 0.85 : 0.55);
    const rows = [...made(seededRandom(1), { leftOn }), ...made(seededRandom(2), { leftOn, model: "other" })];
    const { weeks, change } = changeOfAll(rows);
    assert.deepEqual([weeks, change!.week], [26, since]);
    assert.ok(change!.earliest <= since && change!.latest >= since && change!.shift < -0.2);
  });

  test("did not change where there are too few weeks, or nothing", () => {
    const leftOn = (day: string) => (day < from ? 0.9 : 0.3);
    assert.deepEqual(changeOfAll(made(seededRandom(1), { leftOn, days: 70 })), { weeks: 10, change: null });
    assert.deepEqual(changeOfAll([]), { weeks: 0, change: null });
  });

  test("is falsely said to have changed in no more than 5 %, weeks being like their neighbours", () => {
    const chance = seededRandom(12);
    const trials = 200;
    let claimed = 0;
    for (let trial = 0; trial < trials; trial++) {
      let drift = 0;
      let week = "";
      const leftOn = (day: string, random: () => number) => {
        const monday = addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
        if (monday !== week) drift = 0.3 * drift + 0.1 * (random() - 0.5);
        week = monday;
        return 0.7 + drift;
      };
      if (changeOfAll(made(chance, { leftOn, edits: 2 })).change) claimed++;
    }
    assert.ok(claimed / trials <= 0.05, `${claimed} of ${trials}`);
  });
});
