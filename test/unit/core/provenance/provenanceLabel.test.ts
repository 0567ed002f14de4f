import assert from "node:assert/strict";
import { labelledOrigin, labelTargets } from "../../../../core/provenance/provenanceLabel.ts";
import { Spans } from "../../../../core/spans/spans.ts";
import type { Evidence, Origin } from "../../../../protocol/origin.ts";
import { claude, noon } from "./provenanceEdits.ts";

const edit = { at: noon };

function says(origin: Origin, strength: Evidence["strength"], at = noon): Evidence {
  return { source: strength === "labelled" ? "label" : "test", strength, origin, at };
}

suite("A label", () => {
  test("says whether AI wrote the text, and keeps what is known of which", () => {
    assert.deepEqual(labelledOrigin("ai", edit, []), { kind: "ai" });
    assert.deepEqual(labelledOrigin("ai", edit, [says(claude, "exact")]), claude);
    assert.deepEqual(labelledOrigin("human", edit, [says(claude, "exact")]), { kind: "human" });
  });

  test("takes what a heuristic supposes, which was not enough by itself", () => {
    const hint: Origin = { kind: "ai", tool: "cursor" };
    assert.deepEqual(labelledOrigin("ai", edit, [says(hint, "inferred")]), hint);
  });

  test("does not take an earlier label for what is known", () => {
    const evidence = [says(claude, "exact"), says({ kind: "human" }, "labelled", noon + 1)];
    assert.deepEqual(labelledOrigin("ai", edit, evidence), claude);
  });
});

suite("The edits a label is meant for", () => {
  const spans = Spans.ofRuns([
    { owner: "one", length: 10, restored: false },
    { owner: undefined, length: 5, restored: false },
    { owner: "two", length: 4, restored: false },
    { owner: "one", length: 10, restored: true },
  ]);

  const targets = (ranges: readonly { start: number; end: number }[], known = ["one", "two"]) =>
    labelTargets(spans, ranges, (id) => known.includes(id));

  test("are those at least half of whose text is selected", () => {
    assert.deepEqual(targets([{ start: 0, end: 10 }]), {
      inside: ["one"],
      beyond: [],
      unknownChars: 0,
    });
    assert.deepEqual(targets([{ start: 1, end: 17 }]), {
      inside: ["two"],
      beyond: ["one"],
      unknownChars: 5,
    });
  });

  test("are not found by counting overlapping selections twice", () => {
    const overlapping = [
      { start: 2, end: 8 },
      { start: 0, end: 6 },
    ];
    assert.deepEqual(targets(overlapping), { inside: [], beyond: ["one"], unknownChars: 0 });
  });

  test("are none where nobody is known, or no longer", () => {
    assert.deepEqual(targets([{ start: 15, end: 19 }], ["one"]), { inside: [], beyond: [], unknownChars: 4 });
    assert.deepEqual(targets([{ start: 11, end: 14 }]), {
      inside: [],
      beyond: [],
      unknownChars: 3,
    });
  });
});
