import assert from "node:assert/strict";
import { survivalTallies, survivalWeeks } from "../../../../core/sync/survival.ts";
import type { FateRecord, HeldCommit } from "../../../../protocol/fates.ts";

const dayMs = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const at = (day: string, second = 0) => Date.parse(`${day}T10:00:00Z`) + second * 1000;
/** Monday to Sunday. */
const week = "2026-W10";
const monday = "2026-03-02";
const sunday = "2026-03-08";

const commitOf = (id: string, moment: number, isMine: boolean | null): HeldCommit => ({
  ...{ id, at: moment, isMine, isMerge: false, subject: "feature", hasBody: false, namesAi: false },
  ...{ isCorrective: false, revertedAfter: null, files: 1, filesApart: 0, added: 1, removed: 0 },
  ...{ sourceFiles: 1, testFiles: 0, languages: [], lines: 1, known: 1, ai: {} },
});

const recordOf = (change: Partial<FateRecord>): FateRecord => ({
  ...{ format: 1, repository: "file:///work", at: at("2026-03-09"), unknown: null, linesSetApart: 0 },
  origins: [{ kind: "ai", tool: "claude-code" }, { kind: "human" }, { kind: "ai", tool: "own-secret-tool" }],
  commits: [],
  groups: [],
  ...change,
});

const all = { week, since: () => 0, dayOf };

suite("What survives of a person's commits", () => {
  test("is told of lines that became 14, 30 or 90 days old in the week, by who took them away", () => {
    const born = at("2026-02-18");
    const tallies = survivalTallies(
      [
        recordOf({
          commits: [[born, null]],
          held: [commitOf("a", born, true)],
          groups: [
            [0, 0, 50, 19, "alive", false],
            [0, 0, 20, 3, "self", false],
            [0, 0, 10, 14, "others", true],
            [0, 0, 5, 15, "self", true],
            [0, 0, 3, 13, "lost", false],
            [0, 0, 2, 14, "lost", false],
            [1, 0, 7, 19, "alive", false],
            [2, 0, 9, 19, "alive", false],
          ],
        }),
      ],
      all,
    );
    const sums = (lines: number, surviving: number, self = 0, others = 0, corrective = 0) => ({
      ...{ lines, surviving, self, others, corrective },
    });
    assert.deepEqual(
      tallies.map(({ table, day, keys, sums: found }) => [
        table,
        day,
        keys["kind"],
        keys["tool"],
        keys["age"],
        found,
      ]),
      [
        // 15 days after the commit is not yet at 14: the five lines were still there.
        ["kept.survival", sunday, "ai", "claude-code", "14", sums(87, 57, 20, 10, 10)],
        ["kept.survival", sunday, "human", null, "14", sums(7, 7)],
        ["kept.survival", sunday, "ai", "other", "14", sums(9, 9)],
      ],
    );
  });

  test("is of each day's commits in one week alone, at each age", () => {
    const told = new Map<string, string[]>();
    for (let ago = 0; ago < 130; ago++) {
      const born = at(sunday) - ago * dayMs;
      const record = recordOf({
        commits: [[born, null]],
        held: [commitOf("a", born, true)],
        groups: [[0, 0, 1, ago, "alive", false]],
      });
      for (const { keys } of survivalTallies([record], all)) {
        const age = keys["age"]!;
        told.set(age, [...(told.get(age) ?? []), dayOf(born)]);
      }
    }
    for (const [age, days] of told) {
      assert.equal(days.length, 7);
      const reached = days.map((day) => dayOf(at(day) + Number(age) * dayMs)).sort();
      assert.deepEqual([reached[0], reached.at(-1)], [monday, sunday]);
    }
    assert.deepEqual([...told.keys()], ["14", "30", "90"]);
  });

  const born = at("2026-02-18");
  const one = (change: Partial<FateRecord>) =>
    recordOf({ commits: [[born, null]], groups: [[1, 0, 4, 19, "alive", false]], ...change });
  const linesIn = (records: readonly FateRecord[], options = all) =>
    survivalTallies(records, options).reduce((sum, { sums }) => sum + sums["lines"]!, 0);

  for (const [what, held, lines] of [
    ["the person's own", [commitOf("a", born, true)], 4],
    ["somebody else's", [commitOf("a", born, false)], 0],
    ["nobody known", [commitOf("a", born, null)], 0],
    [
      "the person's and somebody else's of the same moment",
      [commitOf("a", born, true), commitOf("b", born, false)],
      0,
    ],
    ["what an earlier version left", undefined, 0],
  ] as const)
    test(`counts ${lines} lines of a commit that is ${what}`, () =>
      assert.equal(linesIn([one({ held: held && [...held] })]), lines));

  test("counts a commit once that two working trees hold", () => {
    const held = [commitOf("a", born, true)];
    assert.equal(linesIn([one({ held }), one({ held, repository: "file:///work-tree" })]), 4);
  });

  test("counts nothing of a repository that is not work, or from before it was", () => {
    const held = [commitOf("a", born, true)];
    assert.equal(linesIn([one({ held })], { ...all, since: () => undefined as never }), 0);
    assert.equal(linesIn([one({ held })], { ...all, since: () => born + 1 }), 0);
    assert.equal(linesIn([one({ held })], { ...all, since: () => born }), 4);
  });
});

suite("The weeks of which it is told", () => {
  const due = { through: undefined, givenOn: "2026-03-04", today: "2026-03-16", lookedOn: ["2026-03-16"] };

  test("are over, begin with the one in which the person agreed, and none comes twice", () => {
    assert.deepEqual(survivalWeeks(due), ["2026-W10", "2026-W11"]);
    assert.deepEqual(survivalWeeks({ ...due, through: "2026-W10" }), ["2026-W11"]);
    assert.deepEqual(survivalWeeks({ ...due, through: "2026-W11" }), []);
    assert.deepEqual(survivalWeeks({ ...due, today: "2026-03-15" }), ["2026-W10"]);
  });

  test("wait for a look after their end, for two days", () => {
    const late = { ...due, lookedOn: ["2026-03-16", "2026-03-12"] };
    assert.deepEqual(survivalWeeks(late), ["2026-W10"]);
    assert.deepEqual(survivalWeeks({ ...late, today: "2026-03-17" }), ["2026-W10"]);
    assert.deepEqual(survivalWeeks({ ...late, today: "2026-03-18" }), ["2026-W10", "2026-W11"]);
  });

  test("are no older than what may still be sent", () => {
    assert.deepEqual(survivalWeeks({ ...due, givenOn: "2025-01-01" }), ["2026-W09", "2026-W10", "2026-W11"]);
  });
});
