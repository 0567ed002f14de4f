import assert from "node:assert/strict";
import { auditPartition, type AuditPartitionInput } from "../../../../core/protection/auditPartition.ts";
import { partition, type Share } from "../../../../core/protection/partition.ts";
import { publishTally } from "../../../../core/protection/publishTally.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { PublishedTable } from "../../../../protocol/protection.ts";
import { publishedTallySchema, tallies, type TallyName } from "../../../../protocol/tallies.ts";

const edits: PublishedTable = {
  ...{ week: "2026-W46", floor: 5, columns: [], teams: [] },
  total: { all: { state: "hidden", why: "fewPeople" }, cells: [] },
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
    const most = { requests: 1e9, input: 1e9, unpriced: 1e9 } as never;
    const some = { requests: 10, input: 500 } as never;
    const { cells, table } = published([...people(9, "a", keys, some), ...people(1, "a", keys, most)], {
      devicesEach: 2,
    });
    assert.deepEqual([cells, table.hidden], [["a codex/heavy/fix: 100"], []]);
    const sumOf = (name: string) => table.cells[0]?.sums[table.sums.indexOf(name)];
    assert.deepEqual([sumOf("input"), sumOf("unpriced")], [5000, 10]);
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
        people(9, team, { tool, mode: "agent" }, { accepted: 10 } as never),
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

  test("P2: is not shown where the proof finds somebody twice, too few, one who made most, or another sum", () => {
    const share = (who: number, sum = 2) => ({ who, place: "x", sums: [sum] });
    const sound = (): AuditPartitionInput => ({
      ...{ needed: 5, sizes: [[0]], eachOfEnough: [0] },
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
