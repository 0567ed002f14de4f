import assert from "node:assert/strict";
import { effectOf } from "../../../../org/console/coaching/effects.ts";
import { budgetWords, costParts, paceOf } from "../../../../org/console/parts/cost.ts";
import { funnelPart, stepsOf } from "../../../../org/console/parts/funnel.ts";
import { survivalPart } from "../../../../org/console/parts/survival.ts";
import { perHundred, taskTypePart } from "../../../../org/console/parts/taskTypes.ts";
import { viewOf } from "../../../../org/console/period.ts";
import { scorecardOf } from "../../../../org/console/scorecard.ts";
import { readTally, shareOf, total, type TallyReading } from "../../../../org/console/tallyReading.ts";
import {
  publishedTables as tallies,
  type PublishedTally,
  type PublishedName,
} from "../../../../protocol/tallies.ts";
import { textOf } from "../../../org/support/visitor.ts";

type Sums = Readonly<Record<string, number>>;
type Given = readonly [team: string | null, keys: readonly string[], sums: Sums];

function published(
  table: PublishedName,
  week: string,
  cells: readonly Given[],
  hidden: PublishedTally["hidden"] = [],
) {
  const sums = Object.keys(tallies[table].sums);
  return {
    ...{ table, week, floor: 5, keys: Object.keys(tallies[table].keys), sums, hidden },
    cells: cells.map(([team, keys, own]) => ({
      ...{ team, keys: [...keys], sums: sums.map((sum) => own[sum] ?? 0) },
    })),
  } satisfies PublishedTally;
}

const weeks = ["2026-W41", "2026-W42", "2026-W43", "2026-W44", "2026-W45"];
const everyWeek = (table: PublishedName, cells: readonly Given[]): TallyReading =>
  readTally(
    weeks.map((week) => published(table, week, cells)),
    table,
    null,
  );
const budget = { currency: "USD", monthly: 1000, teams: {} };

suite("What the console draws of tables besides edits", () => {
  test("adds up every cell for everybody, and those of one team alone for that team", () => {
    const tables = [
      published("kept.requests", "2026-W45", [
        ["a", ["codex", "fast", "fix"], { requests: 10 }],
        ["b", ["codex", "fast", "fix"], { requests: 20 }],
        [null, ["codex", "*", "*"], { requests: 5 }],
      ]),
      published("kept.funnel", "2026-W45", [["a", ["codex", "*"], { accepted: 7 }]], ["fewPeople"]),
    ];
    assert.equal(total(readTally(tables, "kept.requests", null).rows, "requests"), 35);
    assert.equal(total(readTally(tables, "kept.requests", "a").rows, "requests"), 10);
    assert.deepEqual(readTally(tables, "kept.requests", "nobody's").rows, []);
    assert.deepEqual(readTally(tables, "kept.funnel", null).hidden, ["fewPeople"]);
  });

  test("says on the scorecard how much was read from a cache and went to heavy models, of tiers that are told", () => {
    const now = everyWeek("kept.requests", [
      ["a", ["codex", "heavy", "fix"], { requests: 30, input: 20, "cache.read": 60, "cache.write": 20 }],
      ["a", ["codex", "fast", "fix"], { requests: 90, input: 100 }],
      ["a", ["codex", "unknown", "fix"], { requests: 500 }],
      [null, ["codex", "*", "*"], { requests: 500 }],
    ]);
    const before = readTally([], "kept.requests", null);
    const cards = scorecardOf(viewOf([], 13, null), { C6: 0.5 }, (_, when) =>
      when === "before" ? before : now,
    );
    const cardOf = (id: string) => cards.find((card) => card.id === id);
    assert.deepEqual(
      [cardOf("C6")?.now, cardOf("C6")?.verdict, cardOf("C6")?.target],
      ["30 %", "misses", "at least 50 %"],
    );
    assert.deepEqual([cardOf("C7")?.now, cardOf("C7")?.verdict], ["25 %", undefined]);
    assert.equal(cardOf("C7")?.evidence, "600 requests, 5 weeks, sure to the percent");
    const nothing = scorecardOf(viewOf([], 13, null), {}, () => before);
    assert.equal(nothing.find(({ id }) => id === "C6")?.evidence, "Needs 4 more complete weeks.");
  });

  test("says on the scorecard what is left, rejected, reworked and alive of what AI wrote", () => {
    const readings: Partial<Record<PublishedName, TallyReading>> = {
      "kept.funnel": everyWeek("kept.funnel", [
        ["a", ["codex", "*"], { accepted: 45, unasked: 50, undone: 5, kept: 80, gone: 20 }],
      ]),
      "kept.survival": everyWeek("kept.survival", [
        ["a", ["ai", "codex", "30"], { lines: 100, surviving: 88, self: 6, others: 2, corrective: 4 }],
        ["a", ["ai", "codex", "90"], { lines: 100, surviving: 70 }],
        ["a", ["human", "none", "30"], { lines: 900, surviving: 100, self: 800 }],
      ]),
    };
    const tally = (table: PublishedName) => readings[table] ?? readTally([], table, null);
    const cards = scorecardOf(viewOf([], 13, null), {}, tally);
    const told = (id: string) => {
      const card = cards.find((each) => each.id === id);
      return [card?.dimension, card?.now, card?.target, card?.verdict];
    };
    assert.deepEqual(told("Q2"), ["quality", "80 %", undefined, undefined]);
    assert.deepEqual(told("Q4"), ["quality", "12 %", "at most 10 %", "misses"]);
    assert.deepEqual(told("Q5"), ["quality", "70 %", undefined, undefined]);
    assert.deepEqual(told("rejected"), ["reliability", "5 %", undefined, undefined]);
  });

  test("says on how many days of people AI wrote something, against what is aimed at", () => {
    const days = everyWeek("kept.days", [["a", [], { ai: 72, without: 28 }]]);
    const tally = (table: PublishedName) => (table === "kept.days" ? days : readTally([], table, null));
    const [card, ...others] = scorecardOf(viewOf([], 13, null), {}, tally).filter(({ id }) => id === "A1");
    assert.deepEqual(
      [card?.dimension, card?.now, card?.target, card?.verdict, card?.evidence],
      ["adoption", "72 %", "at least 60 %", "meets", "500 days of people, 5 weeks, sure to the percent"],
    );
    assert.deepEqual(others, []);
    const hidden = { rows: [], weeks: 0, hidden: ["complement"] } as const;
    const [none] = scorecardOf(viewOf([], 13, null), {}, (table) =>
      table === "kept.days" ? hidden : tally(table),
    ).filter(({ id }) => id === "A1");
    assert.equal(none?.now, undefined);
    assert.match(none?.evidence ?? "", /^Hidden to protect others/);
  });

  test("has a share only from four weeks on, and its interval holds it", () => {
    const cells: Given[] = [["a", ["codex", "*"], { kept: 30, gone: 10 }]];
    const { rows } = everyWeek("kept.funnel", cells);
    const share = shareOf(rows, ["kept"], ["kept", "gone"]);
    assert.equal(share.value, 0.75);
    assert.ok(share.interval && share.interval.low <= 0.75 && share.interval.high >= 0.75);
    const few = rows.filter(({ week }) => week > "2026-W42");
    assert.deepEqual(
      [shareOf(few, ["kept"], ["kept", "gone"]).value, shareOf([], ["kept"], ["gone"]).weeks],
      [...[undefined, 0]],
    );
  });

  test("each step of the funnel is a part of what it is known for", () => {
    const sums = { accepted: 50, unasked: 40, undone: 10, kept: 30, gone: 20, committed: 25 };
    const { rows } = readTally(
      [published("kept.funnel", "2026-W45", [["a", ["codex", "*"], sums]])],
      "kept.funnel",
      null,
    );
    assert.deepEqual(
      stepsOf(rows).map(({ edits, of }) => [edits, of]),
      [
        ...[
          [100, 100],
          [90, 100],
          [30, 50],
          [25, 100],
        ],
      ],
    );
  });

  test("a month at the pace of the last four weeks is compared with a budget in the same currency alone", () => {
    const { rows } = everyWeek("kept.requests", [
      ["a", ["codex", "heavy", "fix"], { requests: 10, "cost.cents": 10_000 }],
    ]);
    const pace = paceOf(rows);
    assert.equal(Math.round(pace?.monthly ?? 0), 43_482);
    assert.equal(Math.round(100 * (budgetWords(pace, budget).share ?? 0)), 43);
    assert.match(budgetWords(pace, budget).words, /^● .*43 % of the budget of \$1,000\./);
    assert.match(budgetWords(pace, { ...budget, monthly: 100 }).words, /^▲/);
    assert.match(budgetWords(pace, { ...budget, currency: "EUR" }).words, /not compared/);
    assert.equal(budgetWords(pace, { ...budget, currency: "EUR" }).share, undefined);
    assert.match(budgetWords(pace, { ...budget, monthly: null }).words, /No budget is set/);
    assert.equal(paceOf(rows.filter(({ week }) => week > "2026-W42")), undefined);
  });

  test("what has no price is neither free nor in the price of the others", () => {
    const of = (sums: Sums) => [{ week: "2026-W45", keys: {}, sums }];
    assert.equal(perHundred(of({ requests: 40, unpriced: 20, "cost.cents": 100 })), 500);
    assert.equal(perHundred(of({ requests: 20, unpriced: 20 })), undefined);
  });

  test("a tip helps where it did so more often than where it was held out, and not before both are known", () => {
    const of = (sums: Sums) => effectOf([{ week: "2026-W45", keys: {}, sums }]).verdict;
    const said = { improved: 180, unchanged: 20 };
    assert.equal(of({ ...said, "improved.held.out": 10, "unchanged.held.out": 30 }), "helps");
    assert.equal(
      of({ improved: 20, unchanged: 180, "improved.held.out": 30, "unchanged.held.out": 10 }),
      "harms",
    );
    assert.equal(of({ ...said, "improved.held.out": 35, "unchanged.held.out": 5 }), "noneSeen");
    assert.equal(of({ ...said, "improved.held.out": 1, "unchanged.held.out": 3 }), "notEnoughData");
  });

  test("what is withheld is neither 0 nor in a share, and is said to be hidden", () => {
    const tables = ["2026-W44", "2026-W45"].map((week) =>
      published(
        "kept.tip",
        week,
        [[null, ["C01", "any", "any"], { shown: 20, helped: 8, "not.for.me": 6 }]],
        ["complement"],
      ),
    );
    const withheld = (names: readonly string[], from: number): PublishedTally[] =>
      tables.map((table, at) => ({
        ...table,
        cells: table.cells.map((cell) => ({
          ...cell,
          sums: cell.sums.map((sum, place) =>
            at >= from && names.includes(table.sums[place]!) ? null : sum,
          ),
        })),
      }));
    const rowsOf = (names: readonly string[], from: number) =>
      readTally(withheld(names, from), "kept.tip", null).rows;
    const answers = ["helped", "not.for.me"];
    const some = effectOf(rowsOf(answers, 1));
    assert.deepEqual([some.shown, some.helped, some.notForMe], ["40", "at least 8", "at least 6"]);
    const none = effectOf(rowsOf(answers, 0));
    assert.deepEqual([none.shown, none.helped, none.notForMe], ["40", "hidden", "hidden"]);
    assert.equal(effectOf(rowsOf(["improved"], 0)).said.known, 0);
    const funnel = published(
      "kept.funnel",
      "2026-W45",
      [["a", ["codex", "*"], { kept: 5, gone: 4 }]],
      ["complement"],
    );
    const applied = ["accepted", "partly", "unasked", "undone", "untold"];
    const cells = funnel.cells.map((cell) => ({
      ...cell,
      sums: cell.sums.map((sum, place) => (applied.includes(funnel.sums[place]!) ? null : sum)),
    }));
    const words = textOf(funnelPart(readTally([{ ...funnel, cells }], "kept.funnel", null)).text);
    assert.match(words.replaceAll(/\s+/g, " "), /applied hidden hidden .*56 % of 9/);
    const unseen = published("kept.funnel", "2026-W45", [["a", ["codex", "*"], { accepted: 20 }]]);
    const unlooked = textOf(funnelPart(readTally([unseen], "kept.funnel", null)).text);
    assert.match(unlooked.replaceAll(/\s+/g, " "), /something left after 15 minutes – – something/);
  });

  test("every picture says what it waits for while there is nothing, and that there is more than it shows", () => {
    const nothing: TallyReading = { rows: [], weeks: 0, hidden: [] };
    const some = (table: PublishedName, keys: readonly string[], sums: Sums): TallyReading => ({
      ...everyWeek(table, [["a", keys, sums]]),
      hidden: ["fewPeople"],
    });
    const requests = some("kept.requests", ["codex", "heavy", "fix"], { requests: 10, "cost.cents": 50 });
    for (const [draw, reading] of [
      [funnelPart, some("kept.funnel", ["codex", "*"], { accepted: 9, kept: 5, gone: 4 })],
      [survivalPart, some("kept.survival", ["human", "none", "30"], { lines: 90, surviving: 80, self: 10 })],
      [taskTypePart, requests],
      [(each: TallyReading) => costParts(each, budget), requests],
    ] as const) {
      assert.match(textOf(draw(nothing).text), /◌ Not enough data\. It is drawn /);
      const words = textOf(draw(reading).text);
      assert.doesNotMatch(words, /Not enough data|NaN|undefined|Infinity/);
      assert.match(words, /There is more than what is shown here.*too few people/);
    }
  });
});
