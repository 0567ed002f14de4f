import assert from "node:assert/strict";
import { explainChange } from "../../../../core/tools/explainedChange.ts";
import type { ToolText } from "../../../../core/tools/toolRecords.ts";
import { readingsOf, writtenText } from "../../../../core/tools/toolText.ts";
import { changedLinesOf } from "../../../../core/text/changedLines.ts";
import { applyReplacements } from "../../../../core/text/textReplacement.ts";

const pieces = (...all: [string, string][]): ToolText => ({
  kind: "pieces",
  pieces: all.map(([before, after]) => ({ before, after })),
});
const whole = (after: string, before?: string): ToolText => ({
  kind: "whole",
  after,
  ...(before !== undefined && { before }),
});

/** The records that take part, by their place in the list, and whether they account for all. */
function explained(before: string, after: string, ...told: ToolText[]): [number[], boolean] {
  const records = told.map((text, index) => ({ text, index }));
  const { records: used, isWhole } = explainChange(before, after, records);
  return [used.map(({ index }) => index), isWhole];
}

suite("A change that tools' records tell of", () => {
  test("is one record's where that leads from one text to the other", () => {
    assert.deepEqual(explained("a\nb\nc\n", "a\nB\nc\n", pieces(["b", "B"])), [[0], true]);
    assert.deepEqual(explained("", "new\n", whole("new\n")), [[0], true]);
  });

  test("is a chain of records that were read again at once", () => {
    const chain = [pieces(["b", "B"]), pieces(["B", "BB"]), pieces(["c", "C"])];
    assert.deepEqual(explained("a\nb\nc\n", "a\nBB\nC\n", ...chain), [[0, 1, 2], true]);
  });

  test("is not a proposal's that was never applied", () => {
    assert.deepEqual(explained("a\nb\n", "a\nB\n", pieces(["a", "Z"]), pieces(["b", "B"])), [[1], true]);
    assert.deepEqual(explained("a\nb\n", "a\nQ\n", pieces(["b", "B"]))[1], false);
  });

  test("is found where the same passage stands at several places", () => {
    const text = "x = 1\ny\nx = 1\n";
    assert.deepEqual(explained(text, "x = 1\ny\nx = 2\n", pieces(["x = 1", "x = 2"])), [[0], true]);
    assert.deepEqual(explained(text, "x = 2\ny\nx = 2\n", pieces(["x = 1", "x = 2"])), [[0], true]);
  });

  test("may have been formatted, and nothing else may be beside it", () => {
    const told = pieces(["b", "if(b){c}"]);
    assert.deepEqual(explained("a\nb\n", "a\nif (b) { c }\n", told), [[0], true]);
    assert.deepEqual(explained("a\nb\n", "a\nif(b){c} // mine\n", told), [[0], false]);
    assert.deepEqual(explained("a\nb\nmine\n", "a\nif(b){c}\n", told), [[0], false]);
  });

  test("has the line ends of the file, whatever the record's are", () => {
    assert.deepEqual(explained("a\r\nb\r\n", "a\r\nB\r\nC\r\n", pieces(["a\nb\n", "a\nB\nC\n"])), [
      [0],
      true,
    ]);
    assert.deepEqual(explained("a\nb\n", "a\nB\n", pieces(["a\r\nb", "a\r\nB"])), [[0], true]);
  });

  test("is nobody's without records, with records of other passages, and for a text that is too long", () => {
    assert.deepEqual(explained("a", "b"), [[], false]);
    assert.deepEqual(explained("a", "b", pieces(["q", "b"])), [[], false]);
    assert.deepEqual(explained("a", "b", { kind: "unsaid" }, { kind: "deleted" }), [[], false]);
    const long = "x\n".repeat(1_100_000);
    assert.deepEqual(explained(long, `${long}y`, whole(`${long}y`)), [[], false]);
  });

  test("has no reading where a passage stands too often to tell which was meant", () => {
    assert.deepEqual(readingsOf("x ".repeat(30), pieces(["x", "y"])), []);
    assert.deepEqual(readingsOf("abc", pieces(["", "y"])), []);
    const both = readingsOf("x, x", pieces(["x", "y"])).map((reading) => applyReplacements("x, x", reading));
    assert.deepEqual(both, ["y, x", "x, y", "y, y"]);
    assert.deepEqual(
      readingsOf("a b", pieces(["a", "b"], ["b b", "c"])).map((reading) => applyReplacements("a b", reading)),
      ["c"],
    );
  });
});

suite("What a tool wrote, in a text by now", () => {
  const at = (text: string, told: ToolText) => {
    const written = writtenText(text, told);
    const stands = written?.stretches.map(({ start, end }) => text.slice(start, end));
    return written && [written.insertedChars, written.deletedChars, stands];
  };

  test("is what it put in, without what it left as it was", () => {
    assert.deepEqual(at("one\ntwo\nthree\n", pieces(["one\nthree", "one\ntwo\nthree"])), [4, 0, ["two\n"]]);
    assert.deepEqual(at("one\ntwo\n", whole("one\ntwo\n", "one\nold\n")), [3, 3, ["two"]]);
  });

  test("was written all the same where it stands no more, or twice", () => {
    assert.deepEqual(at("two\ntwo\n", pieces(["", "two\n"])), [4, 0, []]);
    assert.deepEqual(at("three\n", pieces(["", "two\n"])), [4, 0, []]);
    assert.deepEqual(at("one\nand more\n", whole("one\n", "")), [4, 0, []]);
  });

  test("cannot be told where nobody knows what was there before", () => {
    assert.equal(at("one\n", whole("one\n")), undefined);
    // It may have stood there before a command that found nothing.
    const told: ToolText = { kind: "pieces", pieces: [{ before: "one", after: "two" }], isIfThere: true };
    assert.equal(at("two\n", told), undefined);
    assert.deepEqual(changedLinesOf(told), { linesAdded: null, linesDeleted: null });
    assert.equal(explainChange("one\n", "two\n", [{ text: told }]).isWhole, true);
    assert.equal(at("one\n", { kind: "pieces", pieces: [{ after: "one" }] }), undefined);
    assert.equal(at("one\n", { kind: "deleted" }), undefined);
  });
});
