import assert from "node:assert/strict";
import { auditPartition, type AuditPartitionInput } from "../../../../core/protection/auditPartition.ts";
import { withheldSums } from "../../../../core/protection/breakdowns.ts";
import { partition, type Share } from "../../../../core/protection/partition.ts";
import { publishTally } from "../../../../core/protection/publishTally.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { PublishedTable } from "../../../../protocol/protection.ts";
import { publishedTallySchema, tallies, type TallyName } from "../../../../protocol/tallies.ts";

const edits: PublishedTable = {
  ...{ week: "2026-W46", floor: 5, columns: [], teams: [] },
  total: { all: { state: "hidden", why: "fewPeople" }, cells: [] },
};
const editsOf = (tool: string): PublishedTable => {
  const shown = { state: "shown", people: null, edits: 1, insertedChars: 1, keptChars: 1 } as const;
  const line = { all: shown, cells: [shown] };
  return { ...edits, columns: [tool], total: line, teams: [{ team: "a", line }] };
};
const roster = (teams: Record<string, number>) =>
  new Map(
    Object.entries(teams).map(([team, size]) => [
      team,
      new Set(Array.from({ length: size }, (_, place) => `${team}${place}`)),
    ]),
  );

let numbers = 0;
/** So many people of a team, each with one share. */
function people(count: number, team: string, keys: Record<string, string>, sums = { requests: 10 }): Share[] {
  return Array.from({ length: count }, () => ({
    ...{ who: numbers++, team, at: JSON.stringify(Object.values(keys)), keys, sums },
  }));
}
const requests = (tool: string, tier: string, type: string) => ({ tool, tier, "task.type": type });

function published(shares: readonly Share[], change: Partial<Parameters<typeof publishTally>[0]> = {}) {
  const table = publishTally({
    ...{ name: "kept.requests", edits, shares, earlier: [], floor: 5, devicesEach: 1 },
    roster: roster({ a: 20, b: 20, c: 20 }),
    ...change,
  });
  publishedTallySchema.parse(table);
  const at = table.sums.indexOf("requests");
  return {
    table,
    cells: table.cells.map(({ team, keys, sums }) => `${team ?? "all"} ${keys.join("/")}: ${sums[at]}`),
  };
}

suite("What is published of a table besides edits", () => {
  test("is about five people at least, and what is left of several teams is told together", () => {
    const keys = requests("codex", "heavy", "fix");
    const { cells, table } = published([
      ...people(6, "a", keys),
      ...people(3, "b", keys),
      ...people(4, "c", keys),
    ]);
    assert.deepEqual(cells, ["a codex/heavy/fix: 60", "all codex/heavy/fix: 70"]);
    assert.deepEqual(table.hidden, []);
    assert.deepEqual(published(people(4, "a", keys)).cells, []);
    assert.deepEqual(published(people(4, "a", keys)).table.hidden, ["fewPeople"]);
    assert.deepEqual(published(people(8, "a", keys), { devicesEach: 2 }).cells, []);
    assert.deepEqual(published(people(9, "a", keys), { floor: 10 }).cells, []);
  });

  test("gives up what tells least, as the table's declaration has it", () => {
    const some = [
      ...people(3, "a", requests("codex", "heavy", "fix")),
      ...people(3, "a", requests("codex", "heavy", "docs")),
      ...people(3, "b", requests("codex", "heavy", "fix")),
    ];
    assert.deepEqual(published(some).cells, ["all codex/heavy/fix: 60"]);
    assert.deepEqual(published(some).table.hidden, ["fewPeople"]);
    const survival = (tool: string) => ({ "origin.kind": "ai", tool, age: "30" });
    const lines = [
      ...people(3, "a", survival("codex"), { lines: 10 } as never),
      ...people(3, "a", survival("amp"), { lines: 10 } as never),
      ...people(3, "b", survival("codex"), { lines: 10 } as never),
    ];
    const { cells } = publishTally({
      ...{ name: "kept.survival", edits, shares: lines, earlier: [], floor: 5, devicesEach: 1 },
      roster: roster({ a: 9, b: 9 }),
    });
    assert.deepEqual(
      cells.map(({ team, keys }) => [team, ...keys]),
      [["a", "ai", "*", "30"]],
    );
  });

  test("is nobody's for the most part", () => {
    const keys = requests("codex", "heavy", "fix");
    // Elsewhere there are many who ask as much, so that it is counted whole.
    const { cells, table } = published([
      ...people(5, "a", keys),
      ...people(1, "a", keys, { requests: 900 }),
      ...people(20, "b", keys, { requests: 900 }),
    ]);
    assert.deepEqual(cells, ["b codex/heavy/fix: 18000"]);
    assert.deepEqual(table.hidden, ["dominated"]);
  });

  test("is told although one member sends the largest numbers there can be", () => {
    const keys = requests("codex", "heavy", "fix");
    const most = { requests: 1e9, input: 1e9, output: 1e9, unpriced: 1e9 } as never;
    const some = { requests: 10, input: 500, output: 500, unpriced: 5 } as never;
    const { cells, table } = published([...people(9, "a", keys, some), ...people(1, "a", keys, most)], {
      devicesEach: 2,
    });
    assert.deepEqual([cells, table.hidden], [["a codex/heavy/fix: 100"], []]);
    const sumOf = (name: string) => table.cells[0]?.sums[table.sums.indexOf(name)];
    assert.deepEqual([sumOf("input"), sumOf("unpriced")], [5000, 55]);
  });

  test("tells of days with AI only where five have some and five have days without", () => {
    const days = (count: number, team: string, ai: number, without: number) =>
      people(count, team, {}, { ai, without } as never);
    const of = (shares: readonly Share[]) => {
      const { cells, hidden } = published(shares, { name: "kept.days" }).table;
      return [...cells.map(({ team, sums }) => `${team ?? "all"} ${sums.join("+")}`), ...hidden];
    };
    assert.deepEqual(of([...days(5, "a", 3, 0), ...days(5, "a", 0, 4)]), ["a 15+20"]);
    assert.deepEqual(of(days(6, "a", 3, 2)), ["a 18+12"]);
    // All of them, or nearly all, use it each day: that is something of each.
    assert.deepEqual(of(days(9, "a", 5, 0)), ["complement"]);
    assert.deepEqual(of([...days(9, "a", 5, 0), ...days(4, "a", 3, 2)]), ["complement"]);
    assert.deepEqual(of([...days(9, "a", 0, 5), ...days(4, "a", 3, 2)]), ["complement"]);
    assert.deepEqual(of([...days(9, "a", 5, 0), ...days(9, "b", 4, 1)]), ["b 36+9", "complement"]);
    assert.deepEqual(of([...days(9, "a", 5, 0), ...days(5, "b", 0, 1)]), ["all 45+5"]);
  });

  test("remembers which teams were in no cell, so that a later week is compared with what was told", () => {
    const keys = requests("codex", "heavy", "fix");
    const shares = (a: number) => [...people(a, "a", keys), ...people(4, "b", keys), ...people(4, "c", keys)];
    const sizes = { a: 20, b: 20, c: 20 };
    const earlier = [{ roster: roster(sizes), shownTeams: new Set(["a"]), isTotalShown: true }];
    const joined = { roster: roster({ ...sizes, a: 21 }), earlier };
    const first = published(shares(9), joined);
    assert.deepEqual([first.cells, first.table.leftOut], [["all codex/heavy/fix: 80"], ["a"]]);
    const then = { roster: joined.roster, shownTeams: new Set<string>(), isTotalShown: true };
    const grown = { roster: roster({ ...sizes, a: 26 }) };
    const at = (leftOut: string[]) =>
      published(shares(4), { ...grown, earlier: [...earlier, { ...then, leftOut: new Set(leftOut) }] }).cells;
    assert.deepEqual(at(["a"]), ["all codex/heavy/fix: 120"]);
    const crowded = published(people(4, "b", keys), { crowded: new Set(["a"]) });
    assert.deepEqual(crowded.table.leftOut, ["a"]);
  });

  test("is not told of a team that few joined since it was shown, nor together with others", () => {
    const keys = requests("codex", "heavy", "fix");
    const now = roster({ a: 21, b: 20, c: 20 });
    const shares = [...people(9, "a", keys), ...people(9, "b", keys), ...people(4, "c", keys)];
    const before = { roster: roster({ a: 20, b: 20, c: 20 }), isTotalShown: false };
    const shownBefore = [{ ...before, shownTeams: new Set(["a", "b"]) }];
    const { cells, table } = published(shares, { earlier: shownBefore, roster: now });
    assert.deepEqual(cells, ["b codex/heavy/fix: 90"]);
    assert.deepEqual(table.hidden, ["changed"]);
    const togetherBefore = [{ ...before, shownTeams: new Set(["b"]), isTotalShown: true }];
    const small = [...people(4, "a", keys), ...people(9, "b", keys), ...people(4, "c", keys)];
    const again = published(small, { earlier: togetherBefore, roster: now });
    assert.deepEqual([again.cells, again.table.hidden], [["b codex/heavy/fix: 90"], ["changed"]]);
    const unchanged = published(small, { earlier: togetherBefore, roster: before.roster });
    assert.deepEqual(unchanged.cells, ["b codex/heavy/fix: 90", "all codex/heavy/fix: 80"]);
  });

  test("tells of the funnel nothing that is hidden of the same edits", () => {
    const shown = { state: "shown", people: null, edits: 1, insertedChars: 1, keptChars: 1 } as const;
    const hidden = { state: "hidden", why: "complement" } as const;
    const told: PublishedTable = {
      ...{ week: "2026-W46", floor: 5, columns: ["amp", "codex", "other"] },
      total: { all: shown, cells: [hidden, shown, shown] },
      teams: [
        { team: "a", line: { all: shown, cells: [shown, hidden, shown] } },
        { team: "b", line: { all: shown, cells: [hidden, hidden, shown] } },
      ],
    };
    const shares = ["a", "b"].flatMap((team) =>
      ["amp", "codex", "other"].flatMap((tool) =>
        people(9, team, { tool, mode: "agent" }, { accepted: 10, undone: 5 } as never),
      ),
    );
    const { cells } = publishTally({
      ...{ name: "kept.funnel", edits: told, shares, earlier: [], floor: 5, devicesEach: 1 },
      roster: roster({ a: 9, b: 9 }),
    });
    assert.deepEqual(
      cells.map(({ team, keys, sums }) => [team, ...keys, sums[0]]),
      [
        ["a", "amp", "*", 90],
        [null, "codex", "*", 180],
      ],
    );
  });

  test("P1: has nobody in two cells and never fewer than five in one, in 300 made-up organisations", () => {
    let shown = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const random = seededRandom(seed);
      const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
      const shares: Share[] = Array.from({ length: 60 }, (_, who) => {
        const team = pick(["a", "b", "c", "d"]);
        const places = new Map(
          Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
            const keys = requests(pick(["amp", "codex"]), pick(["fast", "heavy"]), pick(["fix", "docs"]));
            return [JSON.stringify(keys), keys];
          }),
        );
        return [...places].map(([at, keys]) => ({
          ...{ who, team, at, keys, sums: { requests: 1 + Math.floor(random() * 9), input: 5 } },
        }));
      }).flat();
      const options = { needed: 5, roster: roster({ a: 20, b: 20, c: 20, d: 4 }), earlier: [] };
      for (const name of ["kept.requests", "kept.tip"] satisfies TallyName[]) {
        const { cells } = partition(shares, { ...options, table: tallies[name] });
        const seen = cells.flatMap((cell) => cell.shares.map(({ who, at }) => `${who} ${at}`));
        assert.equal(new Set(seen).size, seen.length);
        for (const cell of cells) assert.ok(new Set(cell.shares.map(({ who }) => who)).size >= 5);
        shown += cells.length;
      }
    }
    assert.ok(shown > 1000, `only ${shown} cells`);
  });

  test("P1: tells of no part what each, or what a few, did, nor lets it be worked out", () => {
    const told = (name: TallyName, keys: Record<string, string>, given: readonly [number, object][]) => {
      const shares = given.flatMap(([count, sums]) => people(count, "a", keys, sums as never));
      const { table } = published(shares, { name, edits: editsOf(keys["tool"] ?? "") });
      const shown = table.sums.flatMap((sum, at) => {
        const value = table.cells[0]?.sums[at];
        return value === 0 || value === undefined ? [] : [`${sum} ${value ?? "hidden"}`];
      });
      return [...shown, ...table.hidden].join(", ");
    };
    const tip = { tip: "C01", tool: "any", language: "any" };
    const answered = "shown 9, helped hidden, not.for.me hidden, complement";
    // What everybody answered, what all but one did, and what all but too few did look the same.
    assert.equal(told("kept.tip", tip, [[9, { shown: 1, helped: 1 }]]), answered);
    assert.equal(told("kept.tip", tip, [[9, { shown: 1, "not.for.me": 1 }]]), answered);
    const nearly = [8, { shown: 1, helped: 1 }] as const;
    assert.equal(told("kept.tip", tip, [[...nearly], [1, { shown: 1, "not.for.me": 1 }]]), answered);
    const few = [5, { shown: 1, helped: 1 }] as const;
    assert.equal(told("kept.tip", tip, [[...few], [4, { shown: 1 }]]), answered);
    // Enough of both; of a few who answered otherwise, beside enough who said nothing.
    assert.equal(
      told("kept.tip", tip, [[...few], [6, { shown: 1, "not.for.me": 1 }]]),
      "shown 11, helped 5, not.for.me 6",
    );
    assert.equal(
      told("kept.tip", tip, [[...few], [2, { shown: 1, "not.for.me": 1 }], [5, { shown: 1 }]]),
      "shown 12, helped 5, not.for.me hidden, fewPeople",
    );
    // Without the second, the few would be what is left of all.
    const funnel = { tool: "codex", mode: "agent" };
    assert.equal(
      told("kept.funnel", funnel, [
        [8, { accepted: 60, partly: 40 }],
        [1, { accepted: 50, undone: 50 }],
      ]),
      "accepted 530, partly hidden, undone hidden, complement, fewPeople",
    );
    const lines = { "origin.kind": "ai", tool: "codex", age: "30" };
    const others = [9, { lines: 100, surviving: 80, self: 20 }] as const;
    assert.equal(
      told("kept.survival", lines, [
        [...others],
        [6, { lines: 100, surviving: 90, others: 10, corrective: 1 }],
      ]),
      "lines 1500, surviving 1260, self 180, others 60, corrective 6",
    );
    assert.equal(
      told("kept.survival", lines, [
        [8, { lines: 100, surviving: 100 }],
        [1, { lines: 100, surviving: 10, self: 90, corrective: 90 }],
      ]),
      "lines 900, surviving hidden, self hidden, others hidden, corrective hidden, complement, fewPeople",
    );
    // Enough people, and nearly all of it one person's.
    assert.equal(
      told("kept.survival", lines, [
        [12, { lines: 100, surviving: 98, self: 1, others: 1 }],
        [1, { lines: 100, surviving: 10, self: 89, others: 1 }],
      ]),
      "lines 1300, surviving hidden, self hidden, others 13, corrective hidden, complement, dominated",
    );
  });

  test("P1: has no part told by any sum and difference of parts, in 2,000 made-up groups", () => {
    let told = 0;
    for (let seed = 1; seed <= 2000; seed++) {
      const random = seededRandom(seed);
      const some = (most: number) => (random() < 0.5 ? 0 : Math.floor(random() * most));
      const members = Array.from({ length: 5 + Math.floor(random() * 12) }, () => {
        const [first, second, third] = [some(9), some(9), some(random() < 0.1 ? 90 : 4)];
        return { a: first, b: second, c: third, rest: some(3) };
      });
      const whole = ["a", "b", "c", "rest"];
      const parts = ["a", "b", "c"];
      const withheld = withheldSums(members, [{ whole, parts }], 5);
      const has = (names: readonly string[]) =>
        members.map((own) => names.reduce((sum, name) => sum + own[name as "a"], 0)).filter((sum) => sum > 0);
      const isSafe = (amounts: readonly number[]) => {
        const [first = 0, second = 0] = amounts.toSorted((x, y) => y - x);
        const sum = amounts.reduce((x, y) => x + y, 0);
        return sum === 0 || (amounts.length >= 5 && first <= 0.5 * sum && first + second <= 0.75 * sum);
      };
      const shown = parts.filter((part) => !withheld.has(part));
      told += shown.length;
      if (shown.length === 0) continue;
      for (let choice = 0; choice < 1 << shown.length; choice++) {
        const chosen = shown.filter((_, at) => (choice & (1 << at)) !== 0);
        const others = whole.filter((name) => !chosen.includes(name));
        assert.ok(isSafe(has(chosen)) && isSafe(has(others)), `seed ${seed}: ${chosen.join("+")}`);
      }
      for (const part of shown) {
        const others = has(whole.filter((name) => name !== part));
        assert.ok(has([part]).length === 0 || others.length >= 5, `seed ${seed}: all but few have ${part}`);
      }
    }
    assert.ok(told > 1000, `only ${told} parts`);
  });

  test("P2: is not shown where a part tells of few or of everybody, by itself or by what is left", () => {
    const findingOf = (
      people: readonly (readonly number[])[],
      withheld: readonly number[] = [],
      breakdown = { whole: [0], parts: [1, 2] },
    ) => {
      const totals = [0, 1, 2].map((at) => people.reduce((sum, own) => sum + (own[at] ?? 0), 0));
      const result = auditPartition({
        ...{ needed: 5, sizes: [], eachOfEnough: [], breakdowns: [breakdown] },
        cells: [
          {
            shares: people.map((sums, who) => ({ who, place: "x", sums })),
            shown: totals.map((sum, at) => (withheld.includes(at) ? null : sum)),
          },
        ],
      });
      return result.passes ? "passes" : result.finding;
    };
    const many = (count: number, ...sums: readonly number[]) => Array.from({ length: count }, () => sums);
    assert.equal(findingOf([...many(5, 2, 2, 0), ...many(5, 2, 0, 2)]), "passes");
    assert.equal(findingOf(many(9, 2, 2, 0)), "telling");
    assert.equal(findingOf(many(9, 2, 2, 0), [1, 2]), "passes");
    // The only one that is not shown, where the others are 0 and there is nothing else.
    assert.equal(findingOf(many(9, 2, 2, 0), [1], { whole: [1, 2], parts: [1, 2] }), "telling");
    const few = [...many(8, 2, 2, 0), ...many(4, 2, 0, 2)];
    assert.equal(findingOf(few), "telling");
    assert.equal(findingOf(few, [2]), "telling");
    assert.equal(findingOf(few, [1, 2]), "passes");
    const ofOne = [...many(6, 9, 1, 1), [99, 1, 98], ...many(6, 9, 8, 1)];
    assert.equal(findingOf(ofOne, [2]), "telling");
    assert.equal(findingOf([[900, 0, 0], ...many(8, 1, 0, 0)]), "telling");
    assert.equal(findingOf([[900, 0, 0], ...many(8, 1, 0, 0)], [0, 1, 2]), "passes");
  });

  test("P2: is not shown where the proof finds somebody twice, too few, one who made most, or another sum", () => {
    const share = (who: number, sum = 2) => ({ who, place: "x", sums: [sum] });
    const sound = (): AuditPartitionInput => ({
      ...{ needed: 5, sizes: [[0]], eachOfEnough: [0], breakdowns: [] },
      cells: [{ shares: [0, 1, 2, 3, 4].map((who) => share(who)), shown: [10] }],
    });
    assert.deepEqual(auditPartition(sound()), { passes: true });
    const findingOf = (change: (input: AuditPartitionInput) => Partial<AuditPartitionInput>) => {
      const result = auditPartition({ ...sound(), ...change(sound()) });
      return result.passes ? "passes" : result.finding;
    };
    assert.deepEqual(
      [
        findingOf(({ cells }) => ({ cells: [...cells, ...cells] })),
        findingOf(() => ({ needed: 6, eachOfEnough: [] })),
        findingOf(({ cells: [cell] }) => ({
          cells: [{ shares: [share(9, 0), ...cell!.shares.slice(1)], shown: [8] }],
        })),
        findingOf(({ cells: [cell] }) => ({
          cells: [{ shares: [share(9, 11), ...cell!.shares], shown: [21] }],
        })),
        findingOf(({ cells: [cell] }) => ({
          cells: [{ shares: [share(8, 16), share(9, 16), ...cell!.shares], shown: [42] }],
        })),
        findingOf(({ cells: [cell] }) => ({ cells: [{ ...cell!, shown: [11] }] })),
      ],
      ["overlap", "smallGroup", "smallGroup", "dominated", "dominated", "otherSum"],
    );
  });
});
