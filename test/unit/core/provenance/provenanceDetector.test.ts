import assert from "node:assert/strict";
import { detectorQuality } from "../../../../core/provenance/provenanceDetector.ts";
import type { Evidence, Origin } from "../../../../protocol/origin.ts";
import { claude, human, noon } from "./provenanceEdits.ts";

/** An edit that was labelled, and what the evidence says of it, if anything. */
function judged(label: Origin, evidence: Origin | undefined, labelledAt: number) {
  const all: Evidence[] = [{ source: "label", strength: "labelled", origin: label, at: labelledAt }];
  if (evidence) {
    const strength = evidence.kind === "human" ? "inferred" : "exact";
    all.push({ source: "test", strength, origin: evidence, at: noon });
  }
  return { at: noon, evidence: all };
}

function repeated<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

suite("The quality of the detector", () => {
  test("is precision and recall of each kind, with the counts behind them", () => {
    const quality = detectorQuality([
      ...repeated(30, (at) => judged(claude, claude, at)),
      ...repeated(10, (at) => judged(claude, human, 100 + at)),
      ...repeated(5, (at) => judged(human, claude, 200 + at)),
      ...repeated(25, (at) => judged(human, human, 300 + at)),
    ]);
    assert.equal(quality.n, 70);
    assert.deepEqual(quality.confusion, [
      { label: "ai", predicted: "ai", count: 30 },
      { label: "human", predicted: "human", count: 25 },
      { label: "ai", predicted: "human", count: 10 },
      { label: "human", predicted: "ai", count: 5 },
    ]);
    assert.equal(quality.ai.precision.value, 30 / 35);
    assert.equal(quality.ai.recall.value, 30 / 40);
    assert.equal(quality.ai.f1, 0.8);
    assert.equal(quality.human.precision.value, 25 / 35);
    assert.equal(quality.human.recall.value, 25 / 30);
    assert.ok(quality.ai.precision.low! < 30 / 35 && quality.ai.precision.high! > 30 / 35);
  });

  test("says that there is not enough data below twenty judgements", () => {
    const few = detectorQuality(repeated(19, (at) => judged(claude, claude, at)));
    assert.equal(few.ai.precision.needsMore, 1);
    assert.equal(few.ai.precision.low, null);
    assert.equal(few.ai.f1, null);
    const enough = detectorQuality(repeated(20, (at) => judged(claude, claude, at)));
    assert.equal(enough.ai.precision.needsMore, 0);
    assert.equal(enough.ai.f1, 1);
  });

  test("takes all keys that one act labelled for one judgement", () => {
    const quality = detectorQuality(repeated(30, () => judged(human, human, noon)));
    assert.deepEqual([quality.n, quality.edits], [1, 30]);
  });

  test("judges by what the person said last, and not by edits that nobody or nothing said anything of", () => {
    const changedMind = judged(human, claude, noon);
    changedMind.evidence.push({ source: "label", strength: "labelled", origin: claude, at: noon + 5 });
    const unlabelled = { at: noon, evidence: [changedMind.evidence[1]!] };
    const quality = detectorQuality([changedMind, unlabelled, judged(claude, undefined, noon)]);
    assert.deepEqual(quality.confusion, [{ label: "ai", predicted: "ai", count: 1 }]);
    assert.deepEqual([quality.n, quality.edits, quality.withoutEvidence], [1, 1, 1]);
  });

  test("counts what a heuristic supposes as not detected", () => {
    const supposed = judged(claude, undefined, noon);
    supposed.evidence.push({ source: "shape", strength: "inferred", origin: claude, at: noon });
    const quality = detectorQuality([supposed]);
    assert.deepEqual(quality.confusion, [{ label: "ai", predicted: "unknown", count: 1 }]);
    assert.equal(quality.ai.recall.value, 0);
  });
});
