import assert from "node:assert/strict";
import {
  acceptanceOf,
  followingOutcome,
  funnelOf,
  keptAtMs,
  keptOf,
} from "../../../../core/summary/funnel.ts";
import { funnelOutcomes, stages } from "../../../../protocol/funnel.ts";
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
    assert.deepEqual(funnel, {
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
      ],
    });
  });

  test("has words for every outcome, and one that is reached for every stage", () => {
    for (const stage of stages) {
      const outcomes = Object.values(funnelOutcomes[stage]);
      assert.ok(outcomes.some(({ standing }) => standing === "reached"));
      for (const { words } of outcomes) assert.match(words, /^[a-z].*[a-z0-9]$/);
    }
  });
});
