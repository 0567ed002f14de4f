import assert from "node:assert/strict";
import { toCompact } from "../../../../core/spans/compactSpans.ts";
import { linesOfEdits } from "../../../../core/spans/editLines.ts";
import { outlineOf } from "../../../../core/text/outline.ts";
import { Spans } from "../../../../core/spans/spans.ts";

function linesIn(parts: readonly (readonly [string | undefined, string])[]) {
  const text = parts.map(([, part]) => part).join("");
  const runs = parts.map(([owner, part]) => ({ owner, length: part.length, restored: false }));
  const outline = outlineOf(text, (line) => line);
  return Object.fromEntries(linesOfEdits(toCompact(Spans.ofRuns(runs)), outline));
}

suite("Between which lines edits lie", () => {
  test("is told from lengths alone", () => {
    assert.deepEqual(
      linesIn([
        ["a", "one\n"],
        [undefined, "two\n"],
        ["b", "three\r\nfour"],
        ["c", " more"],
      ]),
      { a: { first: 0, last: 0 }, b: { first: 2, last: 3 }, c: { first: 3, last: 3 } },
    );
  });

  test("goes from the first stretch of an edit to its last", () => {
    assert.deepEqual(
      linesIn([
        ["a", "x\ny"],
        ["b", "z\n"],
        ["a", "end\n"],
      ]),
      { a: { first: 0, last: 2 }, b: { first: 1, last: 1 } },
    );
  });

  test("does not count the line that a break at the end begins", () => {
    assert.deepEqual(linesIn([["a", "x\n"]]), { a: { first: 0, last: 0 } });
  });
});
