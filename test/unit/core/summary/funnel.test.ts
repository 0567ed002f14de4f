import assert from "node:assert/strict";
import {
  acceptanceOf,
  followingOutcome,
  funnelOf,
  keptAtMs,
  keptOf,
  wayOf,
  type OutcomeCount,
} from "../../../../core/summary/funnel.ts";
import { funnelOutcomes, stages, steps, wayStage } from "../../../../protocol/funnel.ts";
import { sampleTimes } from "../../../../core/retention/sampleTimes.ts";

const exact = (source: string) => ({ source, strength: "exact" }) as const;

suite("The way of an AI edit", () => {
  test("begins with how it was accepted, as far as anybody says", () => {
    const ai = (mode?: string) => ({ kind: "ai", mode }) as const;
    const told = [exact("detailedReason")];
    const rows = [
      [ai("completion"), told, "accepted"],
      [ai("nextEdit"), told, "accepted"],
      [ai("completion"), [exact("acceptPart")], "partly"],
      [ai("completion"), [exact("detailedReason.part")], "partly"],
      [ai("agent"), told, "auto"],
      [ai("chat"), told, "auto"],
      [ai("inlineChat"), told, "auto"],
      [ai(), told, "notTold"],
      [ai("completion"), [{ source: "label", strength: "labelled" }], "notTold"],
      [ai("agent"), [], "notTold"],
      [{ kind: "human" }, told, undefined],
      [{ kind: "unknown" }, [], undefined],
    ] as const;
    for (const [origin, evidence, expected] of rows) {
      assert.equal(acceptanceOf(origin, evidence), expected, JSON.stringify([origin, evidence]));
    }
  });

  test("asks after fifteen minutes whether anything is left", () => {
    assert.ok(sampleTimes.includes(keptAtMs));
    const sample = (change: object) => keptOf({ dueMs: keptAtMs, arc: 1, late: false, ...change });
    assert.deepEqual(
      [sample({}), sample({ arc: 0 }), sample({ late: true }), sample({ dueMs: 0 })],
      ["kept", "gone", "late", undefined],
    );
  });

  test("keeps what was seen, whatever is not seen later", () => {
    assert.equal(followingOutcome("committed", undefined, "noGit"), "noGit");
    assert.equal(followingOutcome("committed", "noGit", "committed"), "committed");
    assert.equal(followingOutcome("committed", "committed", "noGit"), "committed");
    assert.equal(followingOutcome("keptAt15", "notRead", "gone"), "gone");
    assert.equal(followingOutcome("keptAt15", "gone", "kept"), "kept");
    assert.equal(followingOutcome("keptAt15", "kept", "gone"), "kept");
    assert.equal(followingOutcome("accepted", "auto", "rejected"), "rejected");
    assert.equal(followingOutcome("accepted", "partly", "notTold"), "partly");
  });

  test("adds up to all edits at every stage", () => {
    const funnel = funnelOf(10, [
      { stage: "accepted", outcome: "auto", edits: 6 },
      { stage: "accepted", outcome: "rejected", edits: 1 },
      { stage: "accepted", outcome: "partly", edits: 1 },
      { stage: "accepted", outcome: "partly", edits: 1 },
      { stage: "committed", outcome: "noRepository", edits: 2 },
      { stage: "committed", outcome: "of a later version", edits: 1 },
      { stage: "committed", outcome: "committed", edits: 3 },
    ]);
    const { way, ...rest } = funnel;
    assert.equal(way.length, steps.length);
    assert.deepEqual(rest, {
      edits: 10,
      proposed: null,
      stages: [
        {
          stage: "accepted",
          reached: 8,
          left: 1,
          pending: 1,
          unseen: [],
          outcomes: [
            { outcome: "auto", edits: 6 },
            { outcome: "partly", edits: 2 },
            { outcome: "rejected", edits: 1 },
          ],
        },
        { stage: "keptAt15", reached: 0, left: 0, pending: 10, unseen: [], outcomes: [] },
        { stage: "saved", reached: 0, left: 0, pending: 10, unseen: [], outcomes: [] },
        {
          stage: "committed",
          reached: 3,
          left: 0,
          pending: 4,
          unseen: [
            { outcome: "noRepository", edits: 2 },
            { outcome: "of a later version", edits: 1 },
          ],
          outcomes: [{ outcome: "committed", edits: 3 }],
        },
        { stage: "aliveAt30", reached: 0, left: 0, pending: 10, unseen: [], outcomes: [] },
      ],
    });
  });

  type Ways = readonly (readonly [string, number])[];
  const ways = (...all: Ways): OutcomeCount[] =>
    all.map(([outcome, edits]) => ({ stage: wayStage, outcome, edits }));
  const told = (edits: number, ...all: Ways) =>
    funnelOf(edits, ways(...all)).way.map(({ stage, reached, left, pending, unseen }) => {
      const unknown = unseen.map(({ outcome, edits: some }) => `${outcome} ${some}`).join(" ");
      return `${stage} ${reached}/${left}/${pending} ${unknown}`.trim();
    });

  test("is a funnel: whoever left at one step is in none after it", () => {
    assert.deepEqual(
      told(
        20,
        ["rejected/kept/saved/committed/", 1],
        ["auto/gone/saved/committed/alive", 2],
        ["auto/kept///", 3],
        ["auto/kept/saved/committed/gone", 4],
        ["auto/kept/saved/committed/", 4],
        ["auto/kept/saved/committed/alive", 6],
      ),
      ["accepted 19/1/0", "keptAt15 17/2/0", "saved 14/0/3", "committed 14/0/3", "aliveAt30 6/4/7"],
    );
  });

  test("says of no step what an earlier one does not let it know", () => {
    assert.deepEqual(told(3, ["auto/late/saved//", 2], ["auto//saved/committed/", 1]), [
      "accepted 3/0/0",
      "keptAt15 0/0/1 late 2",
      "saved 0/0/1 earlier 2",
      "committed 0/0/3",
      "aliveAt30 0/0/3",
    ]);
    assert.deepEqual(told(1, ["auto/kept/noFile/noFile/", 1]), [
      "accepted 1/0/0",
      "keptAt15 1/0/0",
      "saved 0/0/0 noFile 1",
      "committed 0/0/0 noFile 1",
      "aliveAt30 0/0/1",
    ]);
  });

  test("takes from a later step what it says of those before", () => {
    assert.deepEqual(told(1, ["notTold/kept///", 1])[0], "accepted 1/0/0");
    assert.deepEqual(told(1, ["notTold///committed/", 1]), [
      "accepted 1/0/0",
      "keptAt15 0/0/1",
      "saved 0/0/1",
      "committed 0/0/1",
      "aliveAt30 0/0/1",
    ]);
    const alive = told(1, ["notTold/late//committed/alive", 1]);
    assert.deepEqual(
      alive,
      steps.map((step) => `${step} 1/0/0`),
    );
  });

  test("does not take for pending what was counted before steps were counted together", () => {
    for (const line of told(5, ["auto/kept/saved/committed/alive", 2]))
      assert.match(line, / 2\/0\/0 apart 3$/);
  });

  test("never rises, and adds up to all edits at every step, whatever the ways", () => {
    const outcomesOf = (step: (typeof steps)[number]) => [
      "",
      ...Object.keys(funnelOutcomes[step]),
      "of a later version",
    ];
    let all: string[] = [""];
    for (const step of steps)
      all = all.flatMap((way) => outcomesOf(step).map((outcome) => `${way}/${outcome}`));
    let checked = 0;
    for (const way of all.map((each) => each.slice(1))) {
      const funnel = funnelOf(1, ways([way, 1])).way;
      const reached = funnel.map((step) => step.reached);
      for (const [at, step] of funnel.entries()) {
        assert.ok(at === 0 || reached[at]! <= reached[at - 1]!, way);
        const leftBefore = funnel.slice(0, at).reduce((sum, { left }) => sum + left, 0);
        const unseen = step.unseen.reduce((sum, { edits }) => sum + edits, 0);
        assert.equal(leftBefore + step.reached + step.left + step.pending + unseen, 1, way);
      }
      checked += 1;
    }
    assert.ok(checked > 5000, String(checked));
  });

  test("is one line of outcomes for each edit, and none for what nobody took for AI's", () => {
    assert.equal(wayOf({ accepted: "auto", saved: "saved", committed: null }), "auto//saved//");
    assert.equal(wayOf({ saved: "saved" }), undefined);
    assert.equal(wayOf({ accepted: null, saved: "saved" }), undefined);
  });

  test("has words for every outcome, and one that is reached for every stage", () => {
    for (const stage of stages) {
      const outcomes = Object.values(funnelOutcomes[stage]);
      assert.ok(outcomes.some(({ standing }) => standing === "reached"));
      for (const { words } of outcomes) assert.match(words, /^[a-z].*[a-z0-9]$/);
    }
  });
});
