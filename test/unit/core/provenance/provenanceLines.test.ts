import assert from "node:assert/strict";
import {
  kindRanges,
  leftOf,
  lineAt,
  linesOf,
  originShares,
  partAt,
  partsOfLine,
} from "../../../../core/provenance/provenanceLines.ts";
import { Spans } from "../../../../core/spans/spans.ts";
import { claude, human, knownEdit, noon, written } from "./provenanceEdits.ts";

const ai = knownEdit("ai-1", claude, 40);
const typed = knownEdit("typed-1", human, 5);

/** Each line's parts as "kind chars/visible". */
function partsOf({ text, spans, readEdit }: ReturnType<typeof written>): string[][] {
  return linesOf(text).map((line) =>
    partsOfLine(text, line, spans, readEdit).map(
      ({ origin, chars, visibleChars }) => `${origin.kind} ${chars}/${visibleChars}`,
    ),
  );
}

suite("Lines of a text", () => {
  test("end as editors end them, and the empty one behind a last line break is none", () => {
    const ends = (text: string) => linesOf(text).map(({ start, end, next }) => [start, end, next]);
    assert.deepEqual(ends(""), []);
    assert.deepEqual(ends("a"), [[0, 1, 1]]);
    assert.deepEqual(ends("a\n"), [[0, 1, 2]]);
    assert.deepEqual(ends("a\r\n\r\nb\rc"), [
      [0, 1, 3],
      [3, 3, 5],
      [5, 6, 7],
      [7, 8, 8],
    ]);
    assert.deepEqual(ends("\n"), [[0, 0, 1]]);
  });

  test("can be had one by one", () => {
    const text = "a\r\n\nb";
    assert.deepEqual(
      [0, 1, 2].map((number) => lineAt(text, number)),
      linesOf(text),
    );
    assert.equal(lineAt(text, 3), undefined);
    assert.equal(lineAt("", 0), undefined);
  });
});

suite("Who wrote a line", () => {
  test("is told of every origin on it, most visible first", () => {
    const file = written(["const ", typed], ["answer = 42;", ai], [" // ?", null], ["\n", typed]);
    assert.deepEqual(partsOf(file), [["ai 12/10", "human 6/5", "unknown 5/3"]]);
    const [parts] = linesOf(file.text).map((line) => partsOfLine(file.text, line, file.spans, file.readEdit));
    assert.deepEqual(
      parts!.map(({ share }) => share.toFixed(3)),
      ["0.556", "0.278", "0.167"],
    );
  });

  test("does not change by indentation or by the break behind it", () => {
    const formatter = knownEdit("format", { kind: "tooling" }, 100);
    const file = written(["                ", formatter], ["x", ai], ["\r\n", typed]);
    assert.deepEqual(partsOf(file), [["ai 1/1", "tooling 16/0"]]);
  });

  test("is the one who made the break of an empty line, and of the blanks of a blank one", () => {
    const file = written(["a\n", typed], ["\n", ai], ["  ", ai], ["\t", typed], ["\n", null]);
    assert.deepEqual(partsOf(file), [["human 1/1"], ["ai 1/0"], ["ai 2/0", "human 1/0"]]);
  });

  test("takes a CRLF for one break even where two edits made its halves", () => {
    const file = written(["one\r", typed], ["\ntwo", ai]);
    assert.deepEqual(partsOf(file), [["human 3/3"], ["ai 3/3"]]);
  });

  test("counts code units, and a surrogate pair that two edits share is each one's half", () => {
    const file = written(["\ud83d", typed], ["\ude00x", ai]);
    assert.deepEqual(partsOf(file), [["ai 2/2", "human 1/1"]]);
  });

  test("is told of a last line without a break", () => {
    const file = written(["a\n", typed], ["b", ai]);
    assert.deepEqual(partsOf(file), [["human 1/1"], ["ai 1/1"]]);
  });

  test("is one origin where many keys typed it, with the newest edit first", () => {
    const keys = [..."word"].map(
      (key, at) => [key, knownEdit(`key-${at}`, human, 1, { at: noon + at })] as const,
    );
    const file = written(...keys);
    const [line] = linesOf(file.text);
    const parts = partsOfLine(file.text, line!, file.spans, file.readEdit);
    assert.equal(parts.length, 1);
    assert.deepEqual(
      parts[0]!.edits.map(({ id }) => id),
      ["key-3", "key-2", "key-1", "key-0"],
    );
  });

  test("is unknown where the edit was pruned, where it said nothing and where there is none", () => {
    const silent = knownEdit("silent", { kind: "unknown" }, 3);
    const file = written(["aaa", silent], ["bb", null], ["c", ai]);
    const readEdit = (id: string) => (id === "ai-1" ? undefined : file.readEdit(id));
    const parts = partsOfLine(file.text, linesOf(file.text)[0]!, file.spans, readEdit);
    assert.equal(parts.length, 1);
    const { origin, chars, unclaimedChars, edits } = parts[0]!;
    assert.deepEqual(
      { kind: origin.kind, chars, unclaimedChars, edits: edits.map(({ id }) => id) },
      { kind: "unknown", chars: 6, unclaimedChars: 3, edits: ["silent"] },
    );
  });

  test("is asked by place: inside the text who is there, behind it who wrote most", () => {
    const file = written(["ab", typed], ["cdef", ai], [" ?", null], ["\n", typed]);
    const line = linesOf(file.text)[0]!;
    const parts = partsOfLine(file.text, line, file.spans, file.readEdit);
    const kinds = [0, 2, 7, 8].map(
      (offset) => partAt(offset, line, parts, file.spans, file.readEdit)?.origin.kind,
    );
    assert.deepEqual(kinds, ["human", "ai", "unknown", "ai"]);
  });
});

suite("A whole text", () => {
  test("is ranges of lines by kind, those of unknown origin left out", () => {
    const copilot = knownEdit("ai-2", { kind: "ai", tool: "github-copilot" }, 9);
    const file = written(
      ["a\n", ai],
      ["b\n", copilot],
      ["old\n", null],
      ["c\n", ai],
      ["typed", typed],
      ["d", ai],
    );
    assert.deepEqual(kindRanges(file.text, file.spans, file.readOrigin), [
      { firstLine: 0, lastLine: 1, kind: "ai" },
      { firstLine: 3, lastLine: 3, kind: "ai" },
      { firstLine: 4, lastLine: 4, kind: "human" },
    ]);
  });

  test("has a line's kind from all its tools together", () => {
    const copilot = knownEdit("ai-2", { kind: "ai", tool: "github-copilot" }, 9);
    const file = written(["aa", ai], ["bb", copilot], ["ccc", typed]);
    assert.deepEqual(kindRanges(file.text, file.spans, file.readOrigin), [
      { firstLine: 0, lastLine: 0, kind: "ai" },
    ]);
  });

  test("is shared out by origin to the last code unit", () => {
    const file = written(["ab", typed], ["cdef\n", ai], ["g", typed], ["hi", null]);
    assert.deepEqual(
      originShares(file.spans, file.readOrigin).map(({ origin, chars }) => [origin.kind, chars]),
      [
        ["ai", 5],
        ["human", 3],
        ["unknown", 2],
      ],
    );
  });
});

suite("What is left of edits", () => {
  test("is what was never removed; what came back is told apart", () => {
    const spans = Spans.ofRuns([
      { owner: "ai-1", length: 10, restored: false },
      { owner: "ai-1", length: 4, restored: true },
      { owner: "typed-1", length: 5, restored: false },
    ]);
    assert.deepEqual(leftOf([ai], spans), { inserted: 40, kept: 10, restored: 4 });
    assert.deepEqual(leftOf([ai, typed], spans), { inserted: 45, kept: 15, restored: 4 });
  });
});
