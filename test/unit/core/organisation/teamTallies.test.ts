import assert from "node:assert/strict";
import { tallyRows, type TallyRow } from "../../../../core/organisation/teamTallies.ts";
import type { TeamState } from "../../../../protocol/heeding.ts";
import { tallies, type PublishedTally, type TallyName } from "../../../../protocol/tallies.ts";

type Own = TeamState["ownTallies"];
type Cell = readonly [team: string | null, keys: readonly string[], sums: Readonly<Record<string, number>>];

const tableOf = (
  table: TallyName,
  cells: readonly Cell[],
  hidden: PublishedTally["hidden"] = [],
): PublishedTally => ({
  ...{ table, week: "2026-W10", floor: 5, hidden: [...hidden] },
  keys: Object.keys(tallies[table].keys),
  sums: Object.keys(tallies[table].sums),
  cells: cells.map(([team, keys, sums]) => ({
    team,
    keys: [...keys],
    sums: Object.keys(tallies[table].sums).map((name) => sums[name] ?? 0),
  })),
});
const rowOf = (measure: TallyRow["measure"], published: readonly PublishedTally[], own: Own = []) =>
  tallyRows(published, "Payments", own).find((row) => row.measure === measure)!;
const shown = (value: number, of: number) => ({ state: "shown", value, of });

suite("The team's numbers besides edits", () => {
  test("add up the team's cells, and nobody else's", () => {
    const table = tableOf("kept.funnel", [
      ["Payments", ["cursor", "agent"], { kept: 30, gone: 10, accepted: 50, undone: 10, committed: 30 }],
      ["Payments", ["claude-code", "chat"], { kept: 50, gone: 10, untold: 40 }],
      ["Other", ["cursor", "agent"], { kept: 1000 }],
      [null, ["cursor", "agent"], { kept: 1000 }],
    ]);
    assert.deepEqual(rowOf("keptAt15", [table]).team, shown(0.8, 100));
    assert.deepEqual(rowOf("committed", [table]).team, shown(0.3, 100));
    assert.deepEqual(rowOf("undone", [table]).team, shown(0.1, 100));
  });

  test("tell lines of AI and of people apart, at each age, in whatever order the keys were published", () => {
    const table = tableOf("kept.survival", [
      ["Payments", ["ai", "cursor", "14"], { lines: 100, surviving: 60 }],
      ["Payments", ["ai", "*", "14"], { lines: 100, surviving: 40 }],
      ["Payments", ["ai", "*", "30"], { lines: 10, surviving: 1 }],
      ["Payments", ["human", "none", "14"], { lines: 50, surviving: 45 }],
    ]);
    const turned = {
      ...table,
      keys: table.keys.toReversed(),
      cells: table.cells.map((cell) => ({ ...cell, keys: cell.keys.toReversed() })),
    };
    for (const each of [table, turned]) {
      assert.deepEqual(rowOf("alive14Ai", [each]).team, shown(0.5, 200));
      assert.deepEqual(rowOf("alive30Ai", [each]).team, shown(0.1, 10));
      assert.deepEqual(rowOf("alive14Human", [each]).team, shown(0.9, 50));
      assert.deepEqual(rowOf("alive90Ai", [each]).team, { state: "nothing" });
    }
  });

  test("take requests without a known price out of what a request costs", () => {
    const table = tableOf("kept.requests", [
      [
        "Payments",
        ["cursor", "*", "*"],
        { requests: 110, unpriced: 10, "cost.cents": 500, input: 40, "cache.read": 60 },
      ],
    ]);
    assert.deepEqual(rowOf("costOfRequest", [table]).team, shown(0.05, 100));
    assert.deepEqual(rowOf("cacheShare", [table]).team, shown(0.6, 100));
  });

  test("are hidden with the reason where nothing of the team is shown, and nothing where nothing was", () => {
    const hidden = tableOf("kept.tip", [["Other", ["C01", "any", "any"], { helped: 9 }]], ["complement"]);
    assert.deepEqual(rowOf("helped", [hidden]).team, { state: "hidden", why: "complement" });
    assert.deepEqual(rowOf("helped", []).team, { state: "nothing" });
    assert.deepEqual(rowOf("helped", [tableOf("kept.tip", [])]).team, { state: "nothing" });
  });

  test("are of cells that tell both sums alone, and hidden where none does", () => {
    const tip = { ...tableOf("kept.tip", [["Payments", ["C01", "any", "any"], {}]], ["complement"]) };
    const cell = (helped: number | null, notForMe: number | null) => ({
      ...tip.cells[0]!,
      sums: tip.sums.map((sum) => (sum === "helped" ? helped : sum === "not.for.me" ? notForMe : 9)),
    });
    const of = (...cells: PublishedTally["cells"]) => rowOf("helped", [{ ...tip, cells }])?.team;
    assert.deepEqual(of(cell(6, 2), cell(null, null)), { state: "shown", value: 0.75, of: 8 });
    assert.deepEqual(of(cell(6, null)), { state: "hidden", why: "complement" });
  });

  test("stand beside one's own, worked out in the same way", () => {
    const own: Own = [
      { table: "kept.funnel", keys: { tool: "x" }, sums: { kept: 3 } },
      { table: "kept.funnel", keys: { tool: "y" }, sums: { gone: 1 } },
      { table: "kept.requests", keys: {}, sums: { requests: 4, unpriced: 2, costNano: 1_000_000_000 } },
      { table: "kept.survival", keys: { kind: "human", age: "14" }, sums: { lines: 8, surviving: 6 } },
    ];
    assert.deepEqual(rowOf("keptAt15", [], own).own, shown(0.75, 4));
    assert.deepEqual(rowOf("costOfRequest", [], own).own, shown(0.5, 2));
    assert.deepEqual(rowOf("alive14Human", [], own).own, shown(0.75, 8));
    assert.deepEqual(rowOf("alive14Ai", [], own).own, { state: "nothing" });
  });
});
