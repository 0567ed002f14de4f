import assert from "node:assert/strict";
import { fatesOf } from "../../../../core/fate/fates.ts";
import { fateLines } from "../../../../core/fate/fateWords.ts";
import { revertedCommits } from "../../../../core/fate/reverts.ts";
import { fatesSchema, type FateRecord } from "../../../../protocol/fates.ts";

const dayMs = 24 * 60 * 60_000;
const at = Date.parse("2026-03-31T12:00:00Z");
const daysAgo = (days: number) => at - days * dayMs;

type Group = FateRecord["groups"][number];

function record(change: Partial<FateRecord>): FateRecord {
  return {
    format: 1,
    repository: "file:///project",
    at,
    unknown: null,
    linesSetApart: 3,
    origins: [
      { kind: "ai", tool: "codex", mode: "agent", model: "m" },
      { kind: "human" },
      { kind: "unknown" },
    ],
    commits: [],
    groups: [],
    ...change,
  };
}

/** Forty commits, one a day from 100 days ago, of ten AI lines and ten of a person's; AI loses one in five. */
const commits = Array.from({ length: 40 }, (_, index): [number, number | null] => [
  daysAgo(100 - index),
  index === 7 ? 10 : null,
]);
const groups = commits.flatMap((_, index): Group[] => [
  [0, index, 8, 100 - index, "alive", false],
  [0, index, 1, 5, "self", false],
  [0, index, 1, 25, "others", true],
  [1, index, 10, 100 - index, "alive", false],
]);

suite("What became of lines, for screens and reports", () => {
  const fates = fatesOf([record({ commits, groups })], 0)!;
  const [ai, human] = fates.kinds;

  test("is what the contract says", () => {
    fatesSchema.parse(JSON.parse(JSON.stringify(fates)));
    assert.deepEqual(
      fates.kinds.map(({ origin, lines, commits: of }) => [origin.kind, lines, of]),
      [
        ["ai", 400, 40],
        ["human", 400, 40],
      ],
    );
    assert.deepEqual([fates.from, fates.to, fates.coverage], ["2025-12-21", "2026-03-31", 1]);
  });

  test("tells rework at each age, by whom, and how sure that is", () => {
    const told = ai!.rework.map(({ days, observed, self, others, corrective, share }) => [
      days,
      observed,
      self,
      others,
      corrective,
      share?.value,
    ]);
    assert.deepEqual(told, [
      [14, 400, 40, 0, 0, 0.1],
      [21, 400, 40, 0, 0, 0.1],
      [30, 400, 40, 40, 40, 0.2],
      // Of the last thirty commits nobody knows yet.
      [90, 110, 11, 11, 11, 0.2],
    ]);
    for (const { share } of ai!.rework) assert.ok(share!.low < share!.value && share!.value < share!.high);
    assert.ok(
      ai!.rework[3]!.share!.high - ai!.rework[3]!.share!.low >
        ai!.rework[2]!.share!.high - ai!.rework[2]!.share!.low,
    );
  });

  test("has survival of both, never rising, as far as it was watched", () => {
    for (const { survival } of [ai!, human!]) {
      for (const [index, { value, low, high }] of survival.entries()) {
        assert.ok(low <= value && value <= high);
        assert.ok(index === 0 || value <= survival[index - 1]!.value);
      }
    }
    assert.equal(ai!.survival.find(({ days }) => days === 30)!.value, 0.8);
    assert.equal(human!.survival.at(-1)!.value, 1);
    assert.ok(human!.survival.at(-1)!.low < 1, "nothing is certain of forty commits");
  });

  test("counts a commit with a line of AI as one of AI, and reverts by the commit that was named", () => {
    assert.deepEqual(ai!.reverts[2], { days: 30, reverted: 1, of: 40 });
    assert.deepEqual(human!.reverts[2], { days: 30, reverted: 0, of: 0 });
  });

  test("has AI by tool and model, and the weeks in which its lines went", () => {
    assert.deepEqual(
      fates.tools.map(({ origin, lines }) => [origin, lines]),
      [[{ kind: "ai", tool: "codex", model: "m" }, 400]],
    );
    const sum = (of: "self" | "others" | "corrective") =>
      fates.weeks.reduce((total, week) => total + week[of], 0);
    assert.deepEqual([sum("self"), sum("others"), sum("corrective")], [40, 40, 40]);
    assert.ok(fates.weeks.every(({ week }) => new Date(`${week}T00:00:00Z`).getUTCDay() === 1));
  });

  test("says when half is gone, and how much sooner AI's lines go, of enough commits on both sides", () => {
    const gone = (origin: number, index: number, lines: number, days: number): Group => [
      ...([origin, index, lines, days, "self", false] as const),
    ];
    const both = commits.flatMap((_, index): Group[] => [
      ...[10 + (index % 5), 20, 30, 40].map((days) => gone(0, index, 5, days)),
      gone(1, index, 5, 15 + (index % 7)),
      [1, index, 15, 100 - index, "alive", false],
    ]);
    const { lives } = fatesOf([record({ commits, groups: both })], 0)!;
    const [ofAi, ofPeople] = lives.halfLives;
    assert.deepEqual([ofAi!.kind, ofAi!.commits, ofAi!.days], ["ai", 40, 20]);
    assert.deepEqual([ofPeople!.days, ofPeople!.high], [null, null]);
    assert.ok(lives.hazardRatio!.low > 1 && lives.hazardRatio!.value > 3);
    const lines = fateLines(fatesOf([record({ commits, groups: both })], 0)).join("\n");
    assert.match(
      lines,
      /Half of the lines of AI is gone after: 20 days \(20 days to 30 days, 40 commits\)\./,
    );
    assert.match(lines, /Half of the lines of people is gone after: not reached \(40 commits\)/);
    const ratio = lives.hazardRatio!.value.toFixed(2);
    assert.ok(lines.includes(`so many times as fast as lines of people: ${ratio} (`), lines);
    const few = fatesOf(
      [record({ commits: commits.slice(0, 9), groups: both.filter(([, of]) => of < 9) })],
      0,
    );
    const ofFew = fateLines(few).join("\n");
    assert.match(ofFew, /is gone after: not enough data \(9 commits\)/);
    assert.match(ofFew, /as lines of people: not enough data\./);
  });

  test("stands in the report, AI beside people", () => {
    const text = fateLines(fates).join("\n");
    assert.match(text, /^\| AI \| 400 \| 40 \| 10 % \(\d+ % to \d+ %\): 40 by their author, 0 by others/m);
    assert.match(text, /^\| people \| 400 \| 40 \| 0 % /m);
    assert.deepEqual(fateLines(null), []);
    const few = fatesOf([record({ commits: commits.slice(0, 3), groups: groups.slice(0, 12) })], 0);
    assert.match(fateLines(few).join("\n"), /not enough data \(3 commits\)/);
  });

  test("adds repositories up, and says of how many nothing is known and why", () => {
    const both = fatesOf(
      [
        record({ commits, groups }),
        record({ repository: "file:///other", commits, groups }),
        record({ repository: "file:///cut", unknown: "shallow", linesSetApart: 0 }),
      ],
      0,
    )!;
    assert.deepEqual([both.repositories, both.unknown], [2, [{ reason: "shallow", count: 1 }]]);
    assert.equal(both.kinds[0]!.commits, 80);
    assert.equal(both.linesSetApart, 6);
    const width = ({ rework }: typeof ai & object) => rework[0]!.share!.high - rework[0]!.share!.low;
    assert.ok(width(both.kinds[0]!) < width(ai!), "more commits, more certainty");
  });

  test("compares only what was written since AI wrote anything", () => {
    const early: FateRecord = record({
      commits: [[daysAgo(300), null], ...commits],
      groups: [
        [1, 0, 5000, 1, "others", true],
        ...groups.map(([origin, commit, ...rest]): Group => [origin, commit + 1, ...rest]),
      ],
    });
    assert.deepEqual(fatesOf([early], 0), fates);
  });

  test("of nothing is nothing, and of an empty history no number", () => {
    assert.equal(fatesOf([], 0), null);
    const empty = fatesSchema.parse(fatesOf([record({ unknown: "noCommit" })], 0));
    assert.deepEqual([empty.coverage, empty.kinds, empty.repositories], [null, [], 0]);
  });

  test("has no age below nothing where a clock was wrong", () => {
    const wrong = fatesOf(
      [record({ commits: [[at + 9 * dayMs, null]], groups: [[0, 0, 4, 0, "alive", false]] })],
      0,
    );
    fatesSchema.parse(wrong);
  });
});

suite("Commits that were taken back", () => {
  const id = (letter: string) => letter.repeat(40);
  const commit = (letter: string) => ({ id: id(letter), at: 0, parents: [], isApart: false });

  test("are found by the name a message gives, in full or in part, and not where that was taken back too", () => {
    const commits = ["a", "b", "c", "d", "e", "f"].map(commit);
    const reverts = [[], [], [id("a")], [id("b").slice(0, 8)], [id("c")], [id("9")]];
    const all = new Uint8Array(6).fill(1);
    assert.deepEqual([...revertedCommits({ commits, reverts, isIncluded: all })].sort(), [
      [1, 3],
      [2, 4],
    ]);
    const withoutLast = Uint8Array.from([1, 1, 1, 1, 0, 0]);
    assert.deepEqual([...revertedCommits({ commits, reverts, isIncluded: withoutLast })].sort(), [
      [0, 2],
      [1, 3],
    ]);
  });
});
