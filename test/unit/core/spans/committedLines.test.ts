import assert from "node:assert/strict";
import { committedRanges, spansOfOther } from "../../../../core/spans/committedLines.ts";
import { Spans } from "../../../../core/spans/spans.ts";

/** Each line is one edit's, `.` is nobody's. */
function owned(lines: readonly (readonly [string, string])[]): { text: string; spans: Spans } {
  const runs = lines.map(([line, owner]) => ({
    owner: owner === "." ? undefined : owner,
    length: line.length + 1,
    restored: false,
  }));
  return { text: lines.map(([line]) => `${line}\n`).join(""), spans: Spans.ofRuns(runs) };
}

suite("What a commit has of a document", () => {
  test("is every line that is found in it", () => {
    const { text, spans } = owned([
      ["one", "a"],
      ["two", "a"],
      ["three", "."],
      ["", "b"],
      ["four", "b"],
    ]);
    assert.deepEqual(committedRanges(text, spans), [
      { firstLine: 1, lastLine: 2, editId: "a" },
      { firstLine: 4, lastLine: 5, editId: "b" },
    ]);
    const committed = "zero\r\none\r\nthree\r\n\r\nfour\r\n";
    const other = spansOfOther(text, spans, committed);
    assert.equal(other.length, committed.length);
    assert.deepEqual(committedRanges(committed, other), [
      { firstLine: 2, lastLine: 2, editId: "a" },
      { firstLine: 4, lastLine: 5, editId: "b" },
    ]);
    assert.deepEqual(spans.ownedBy("a"), { kept: 8, restored: 0 }, "the document's own spans stay");
  });

  test("is nothing of a text that shares no line with it", () => {
    const { text, spans } = owned([["one", "a"]]);
    assert.deepEqual(spansOfOther(text, spans, "two\n").owners(), []);
  });

  test("is by line what most of it comes from", () => {
    const spans = Spans.ofRuns([
      { owner: "a", length: 2, restored: false },
      { owner: undefined, length: 3, restored: false },
      { owner: "b", length: 4, restored: true },
    ]);
    assert.deepEqual(committedRanges("abcdefghi", spans), [{ firstLine: 1, lastLine: 1, editId: "b" }]);
  });
});
