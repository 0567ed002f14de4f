import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ArcTracker } from "../../../../core/retention/arc.ts";
import { RetentionTracker } from "../../../../core/retention/retention.ts";
import type { Retention } from "../../../../core/retention/retention.ts";
import {
  applyReplacements,
  withRemoved,
  type TextReplacement,
} from "../../../../core/text/textReplacement.ts";

const edit = (start: number, end: number, text: string): TextReplacement => ({ start, end, text });

/** ARC, deleted and inserted lines. */
type Counts = readonly [arc: number, linesDeleted: number, linesInserted: number];

interface Scenario {
  readonly name: string;
  readonly initial: string;
  readonly ai: readonly TextReplacement[];
  readonly counts: Counts;
  readonly later: readonly (readonly [readonly TextReplacement[], Counts])[];
  readonly final: string;
}

const crlf = "abcd\r\nefgh\r\nijkl\r\nmnop";

const scenarios: readonly Scenario[] = [
  {
    name: "a line moved to the end of a list that becomes bullets",
    initial: "TODO: Add Charlie\nAlpha\nBravo\nDelta",
    ai: [edit(0, 18, ""), edit(35, 35, "\nCharlie")],
    counts: [8, 1, 1],
    later: [
      [
        [edit(0, 0, "* "), edit(6, 6, "* "), edit(12, 12, "* "), edit(18, 18, "* ")],
        [8, 0, 1],
      ],
      [[edit(0, 0, "ICAO spelling alphabet:\n")], [8, 0, 1]],
    ],
    final: "ICAO spelling alphabet:\n* Alpha\n* Bravo\n* Delta\n* Charlie",
  },
  {
    name: "a new line that is edited",
    initial: crlf,
    ai: [edit(12, 12, "aitext\n")],
    counts: [7, 0, 1],
    later: [
      [
        [edit(2, 2, "123"), edit(8, 8, "\r\n"), edit(12, 14, "AI")],
        [5, 0, 1],
      ],
    ],
    final: "ab123cd\r\nef\r\ngh\r\nAItext\nijkl\r\nmnop",
  },
  {
    name: "a changed line that is broken in two and then deleted",
    initial: crlf,
    ai: [edit(9, 9, "aitext")],
    counts: [6, 1, 1],
    later: [
      [[edit(13, 13, "\n")], [6, 1, 1]],
      [[edit(6, 18, "")], [0, 0, 0]],
    ],
    final: "abcd\r\n\nijkl\r\nmnop",
  },
  {
    name: "three new lines, two of which are joined",
    initial: crlf,
    ai: [edit(12, 12, "aitext1\naitext2\naitext3\n")],
    counts: [24, 0, 3],
    later: [[[edit(27, 28, "")], [23, 0, 2]]],
    final: "abcd\r\nefgh\r\naitext1\naitext2aitext3\nijkl\r\nmnop",
  },
];

suite("ARC", () => {
  for (const { name, initial, ai, counts, later, final } of scenarios) {
    test(name, () => {
      const tracker = new ArcTracker(initial, ai);
      assert.deepEqual(countsOf(tracker), counts);
      let text = applyReplacements(initial, ai);
      for (const [step, expected] of later) {
        tracker.apply(step);
        text = applyReplacements(text, step);
        assert.deepEqual(countsOf(tracker), expected);
      }
      assert.equal(text, final);
    });
  }

  const cases: readonly [string, TextReplacement, number][] = [
    ["typing inside AI text costs nothing", edit(5, 5, "xyz"), 6],
    ["typing next to it costs nothing", edit(8, 8, "xyz"), 6],
    ["an edit elsewhere costs nothing", edit(0, 1, "xyz"), 6],
    ["deleting costs each character", edit(3, 6, ""), 3],
    ["a replacement with the same text costs all of it", edit(2, 8, "abcdef"), 0],
  ];
  for (const [name, step, arc] of cases) {
    test(name, () => {
      const tracker = new ArcTracker("12345", [edit(2, 2, "abcdef")]);
      tracker.apply([step]);
      assert.equal(tracker.arc, arc);
    });
  }

  test("what is deleted and typed again stays lost", () => {
    const tracker = new ArcTracker("12345", [edit(2, 2, "abcdef")]);
    tracker.apply([edit(4, 6, "")]);
    tracker.apply([edit(4, 4, "cd")]);
    assert.equal(tracker.arc, 4);
  });

  test("counts only what the edit really inserted", () => {
    assert.equal(new ArcTracker("hello world", [edit(0, 11, "hello brave world")]).insertedChars, 6);
    assert.equal(new ArcTracker("hello", [edit(0, 5, "")]).insertedChars, 0);
  });
});

interface RandomCase {
  readonly initial: string;
  readonly edit: readonly TextReplacement[];
  readonly later: readonly (readonly TextReplacement[])[];
  readonly insertedChars: number;
  readonly expected: readonly Retention[];
}

suite("Retention", () => {
  test("is what VS Code's trackers answer to random edits", () => {
    const file = new URL("../../../fixtures/replay/vscode-trackers.json", import.meta.url);
    const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: RandomCase[] };
    assert.equal(cases.length, 80);
    for (const { initial, edit: ai, later, insertedChars, expected } of cases) {
      const tracker = new RetentionTracker(initial, ai);
      let text = applyReplacements(initial, ai);
      assert.equal(tracker.insertedChars, insertedChars);
      assert.deepEqual(rounded(tracker.retention(text)), expected[0]);
      later.forEach((step, index) => {
        tracker.apply(withRemoved(text, step));
        text = applyReplacements(text, step);
        assert.deepEqual(rounded(tracker.retention(text)), expected[index + 1]);
      });
    }
  });
});

function countsOf(tracker: ArcTracker): Counts {
  return [tracker.arc, tracker.lines.linesDeleted, tracker.lines.linesInserted];
}

function rounded({ fourGram, noRevert, ...counts }: Retention): Retention {
  return { ...counts, fourGram: Number(fourGram.toFixed(6)), noRevert: Number(noRevert.toFixed(6)) };
}
